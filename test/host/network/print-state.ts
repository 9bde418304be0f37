import { execFileSync } from 'node:child_process'
import { createNetworkReader } from '../../../lib/host/network/reader.ts'
import { passTime } from '../../support/waiting.ts'

// Run inside a network namespace: what the reader finds there, twice, the second time a moment later, before which it
// does what it is told.
const [, , ...command] = process.argv
const reader = createNetworkReader()
const states = [await reader.read()]
if (command.length > 0) execFileSync(command[0]!, command.slice(1))
// A rate needs a span.
await passTime(200)
states.push(await reader.read())
reader.close()
process.stdout.write(JSON.stringify(states))
