import { createHash } from 'node:crypto'
import { openAuthStore } from '../../lib/storage/auth-store.ts'
import { createFileLock } from '../../lib/storage/file-lock.ts'
import { createJsonFile } from '../../lib/storage/json-file.ts'
import { AuthFileSchema } from '../../schemas/auth/auth-file.ts'
import { passTime, until } from '../support/waiting.ts'

// A second program that changes auth.json, as the command line tools do: two writers over the same lock, each telling
// its parent what has been stored. Told 'pause', it answers 'paused' when nothing is under way.
const [path = '', lockPath = ''] = process.argv.slice(2)
const lock = createFileLock(lockPath, 30_000)
const store = await openAuthStore({ path, lock })
const file = createJsonFile({ path, schema: AuthFileSchema, lock })
await file.open()

let paused = false
let running = 0
let count = 0
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')
const tell = (message: unknown) => process.send?.(message)

async function write(kind: 'token' | 'revoked'): Promise<void> {
  const hash = hashOf(`${process.pid} ${kind} ${count++}`)
  if (kind === 'revoked') {
    await store.update((draft) => {
      draft.revoked_tokens = [...(draft.revoked_tokens ?? []), hash]
    })
  } else {
    const entry = {
      id: hash.slice(0, 16),
      name: `writer ${process.pid}`,
      token_hash: hash,
      token_prefix: '...abcd',
      created_at: '2026-01-01T00:00:00Z',
      expires_at: '2027-01-01T00:00:00Z'
    }
    await file.update((draft) => {
      draft.api_tokens = [...(draft.api_tokens ?? []), entry]
    })
  }
  tell({ kind, hash })
}

async function writeOnAndOn(kind: 'token' | 'revoked'): Promise<void> {
  for (;;) {
    if (!paused) {
      running++
      await write(kind).catch((error: Error) => tell({ kind: 'failed', message: `${error.name}: ${error.message}` }))
      running--
    }
    // The pace of somebody who works.
    await passTime(10 + Math.random() * 50)
  }
}

process.on('message', async (word) => {
  paused = word === 'pause'
  await until(() => !paused || running === 0)
  if (paused) tell({ kind: 'paused' })
})
process.on('disconnect', () => process.exit(0))
void writeOnAndOn('token')
void writeOnAndOn('revoked')
