import { setTimeout as wait } from 'node:timers/promises'
import { createNetworkReader } from '../../../lib/host/network/reader.ts'

// Run inside a network namespace: what the reader finds there, twice, the second time a moment later.
const reader = createNetworkReader()
const states = [await reader.read()]
await wait(200)
states.push(await reader.read())
reader.close()
process.stdout.write(JSON.stringify(states))
