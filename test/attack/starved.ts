import { closeSync, openSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openAuthStore } from '../../lib/storage/auth-store.ts'
import { createFileLock } from '../../lib/storage/file-lock.ts'
import { comes } from '../support/waiting.ts'

// Run with few files allowed (ulimit -n): auth.json changes while there is no descriptor left to read it with, as when
// somebody holds a thousand connections open. Prints what the store thinks before, meanwhile and afterwards.
const folder = process.argv[2]!
const path = join(folder, 'auth.json')
const store = await openAuthStore({ path, lock: createFileLock(join(folder, '.auth.lock')) })
const modes: string[] = [store.snapshot().mode]
const text = JSON.stringify({ username: 'admin', password_hash: 'b'.repeat(64), jwt_secret: 's'.repeat(64) })
writeFileSync(`${path}.edited`, text)

const taken: number[] = []
try {
  for (;;) taken.push(openSync('/dev/null', 'r'))
} catch {}
renameSync(`${path}.edited`, path)
await comes(() => store.snapshot().mode === 'unreadable', { withinMs: 1500 })
modes.push(store.snapshot().mode)
for (const file of taken) closeSync(file)
await comes(() => store.snapshot().mode === 'enabled', { withinMs: 1500 })
modes.push(store.snapshot().mode)
await store.close()
process.stdout.write(modes.join(' '))
