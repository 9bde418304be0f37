import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { openAuthStore } from '../../lib/storage/auth-store.ts'
import { createFileLock } from '../../lib/storage/file-lock.ts'
import { temporaryFolder } from '../support/app.ts'
import { comes } from '../support/waiting.ts'

const SECRET = 'x'.repeat(64)
const HASH = `pbkdf2_sha256$600000$${Buffer.alloc(16).toString('base64')}$${Buffer.alloc(32).toString('base64')}`
const configured = {
  enabled: true,
  configured: true,
  declined: false,
  username: 'admin',
  password_hash: HASH,
  jwt_secret: SECRET
}

async function open(t: Test, content?: unknown) {
  const folder = await temporaryFolder(t)
  const path = join(folder, 'auth.json')
  if (content !== undefined)
    await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content), { mode: 0o644 })
  const faults: string[] = []
  const store = await openAuthStore({
    path,
    lock: createFileLock(join(folder, '.auth.lock')),
    onFault: (_path, fault) => faults.push(fault),
    onMended: () => faults.push('mended')
  })
  t.teardown(() => store.close())
  return { folder, path, store, faults, read: async () => JSON.parse(await readFile(path, 'utf8')) }
}

t.test('a first launch writes a private file with a secret of 48 random bytes', async (t) => {
  const { store, path, read } = await open(t)
  t.equal(store.snapshot().mode, 'unconfigured')
  t.equal((await stat(path)).mode & 0o777, 0o600)
  t.equal(Buffer.from((await read()).jwt_secret, 'base64url').length, 48)
})

t.test('a file that other users could read is made private', async (t) => {
  const { path } = await open(t, configured)
  t.equal((await stat(path)).mode & 0o777, 0o600)
})

const modes: [string, object, string][] = [
  ['an owner', configured, 'enabled'],
  ['an owner and a stray declined', { ...configured, declined: true }, 'enabled'],
  ['an owner and no word of enabled', { ...configured, enabled: undefined }, 'enabled'],
  ['enabled: false by hand', { ...configured, enabled: false }, 'disabled'],
  [
    'declined',
    { jwt_secret: SECRET, declined: true, configured: true, enabled: false, username: null, password_hash: null },
    'declined'
  ],
  [
    'a reset login',
    { jwt_secret: SECRET, enabled: false, configured: false, username: null, password_hash: null, api_tokens: [] },
    'unconfigured'
  ],
  ['enabled without an owner', { jwt_secret: SECRET, enabled: true }, 'unconfigured']
]
for (const [name, content, mode] of modes) {
  t.test(`${name}: ${mode}`, async (t) => t.equal((await open(t, content)).store.snapshot().mode, mode))
}

const broken: [string, string, RegExp][] = [
  ['an empty file', '', /line 1, column 1/],
  ['a truncated file', '{\n  "enabled": true,\n  "jwt_sec', /line 3/],
  ['a list', '[]', /object/],
  ['a wrong type', JSON.stringify({ ...configured, enabled: 'yes' }), /\/enabled/],
  ['an unknown hash', JSON.stringify({ ...configured, password_hash: 'plain' }), /\/password_hash/],
  ['half an owner', JSON.stringify({ ...configured, password_hash: null }), /username/],
  ['a short secret', JSON.stringify({ ...configured, jwt_secret: 'short' }), /\/jwt_secret/],
  ['a second factor without its secret', JSON.stringify({ ...configured, totp_enabled: true }), /totp_secret/],
  ['bytes that are no text', '\u0000\u0001', /line 1/]
]
for (const [name, content, where] of broken) {
  t.test(`${name} refuses all requests, the file is not changed, and the fault does not quote it`, async (t) => {
    const { store, path, faults } = await open(t, content)
    t.equal(store.snapshot().mode, 'unreadable')
    t.match(faults[0], where)
    t.notMatch(faults.join(), /jwt_sec\W|plain|short/)
    await t.rejects(
      store.update((draft) => Object.assign(draft, { declined: true })),
      { name: 'FileBrokenError' }
    )
    t.equal(await readFile(path, 'utf8'), content)
  })
}

t.test('service resumes when the file is repaired, and a change by hand is seen within a second', async (t) => {
  const { store, path, faults } = await open(t, configured)
  await writeFile(path, '{')
  t.ok(await comes(() => store.snapshot().mode === 'unreadable', { withinMs: 1000 }))
  await writeFile(path, JSON.stringify({ ...configured, enabled: false }))
  t.ok(await comes(() => store.snapshot().mode === 'disabled', { withinMs: 1000 }))
  t.match(faults, [/line 1/, 'mended'])
})

t.test('a file that vanishes is not taken for a first launch', async (t) => {
  const { store, path } = await open(t, configured)
  await rm(path)
  t.ok(await comes(() => store.snapshot().mode === 'unreadable', { withinMs: 1000 }))
  await t.rejects(store.update((draft) => Object.assign(draft, { declined: true })))
  await t.rejects(stat(path))
})

t.test('unknown fields are kept, at the top and inside entries', async (t) => {
  const entry = {
    id: 'a',
    name: 'n',
    token_hash: 'a'.repeat(64),
    token_prefix: 'x',
    created_at: '',
    expires_at: '',
    theirs: 1
  }
  const { store, read } = await open(t, { ...configured, future: { deep: [1] }, api_tokens: [entry] })
  await store.update((draft) => Object.assign(draft, { display_name: 'Ada' }))
  t.same(await read(), { ...configured, future: { deep: [1] }, api_tokens: [entry], display_name: 'Ada' })
})

t.test('an update without changes is not written', async (t) => {
  const { store, path } = await open(t, configured)
  const before = await stat(path, { bigint: true })
  await store.update(() => null)
  t.equal((await stat(path, { bigint: true })).ino, before.ino)
})

t.test('a change made by hand just before a write is not lost', async (t) => {
  const { store, path, read } = await open(t, configured)
  await writeFile(path, JSON.stringify({ ...configured, display_name: 'by hand' }))
  await store.update((draft) => Object.assign(draft, { note: 1 }))
  t.match(await read(), { display_name: 'by hand', note: 1 })
})

t.test('a failed write changes nothing and leaves no temporary file', async (t) => {
  const { store, folder, read } = await open(t, configured)
  await t.rejects(
    store.update((draft) => Object.assign(draft, { username: 7 })),
    /refused to write/
  )
  t.same(await read(), configured)
  t.equal(store.snapshot().mode, 'enabled')
  t.same(
    (await readdir(folder)).filter((name) => name.endsWith('.tmp')),
    []
  )
})

t.test('temporary files of a killed writer are removed at the next start', async (t) => {
  const { folder, store, path } = await open(t, configured)
  await store.close()
  await writeFile(join(folder, '.auth.json.0123456789ab.tmp'), '{')
  const again = await openAuthStore({ path, lock: createFileLock(join(folder, '.auth.lock')) })
  t.teardown(() => again.close())
  t.same(
    (await readdir(folder)).filter((name) => name.endsWith('.tmp')),
    []
  )
})

t.test('writers in two processes lose no update', async (t) => {
  const { folder, store, path, read } = await open(t, configured)
  const script = `
    import { openAuthStore } from ${JSON.stringify(join(import.meta.dirname, '../../lib/storage/auth-store.ts'))}
    import { createFileLock } from ${JSON.stringify(join(import.meta.dirname, '../../lib/storage/file-lock.ts'))}
    const store = await openAuthStore({ path: ${JSON.stringify(path)}, lock: createFileLock(${JSON.stringify(join(folder, '.auth.lock'))}) })
    await Promise.all(Array.from({ length: 40 }, (_, i) => store.update((d) => { (d.theirs ??= []).push(i) })))
    await store.close()`
  const other = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'inherit', 'inherit']
  })
  const ended = once(other, 'exit')
  await Promise.all(
    Array.from({ length: 40 }, (_, i) =>
      store.update((draft: Record<string, unknown>) => {
        draft.ours = [...((draft.ours as number[]) ?? []), i]
      })
    )
  )
  t.same(await ended, [0, null])
  const after = await read()
  const all = Array.from({ length: 40 }, (_, i) => i)
  t.same(
    after.ours.toSorted((a: number, b: number) => a - b),
    all
  )
  t.same(
    after.theirs.toSorted((a: number, b: number) => a - b),
    all
  )
})

t.test('a lock held by another program is waited for, with a time limit', async (t) => {
  const folder = await temporaryFolder(t)
  const lock = createFileLock(join(folder, 'lock'), 200)
  await lock(async () =>
    t.rejects(
      createFileLock(join(folder, 'lock'), 200)(async () => {}),
      { name: 'LockTimeoutError' }
    )
  )
  t.equal(await lock(async () => 'free again'), 'free again')
})

t.test('a folder without permission is refused with the system’s own error', async (t) => {
  const { store, folder } = await open(t, configured)
  if (process.getuid?.() === 0) {
    // Root writes anywhere, so the same path is walked with a folder that is gone.
    await rm(folder, { recursive: true })
  } else await chmod(folder, 0o500)
  await t.rejects(store.update((draft) => Object.assign(draft, { note: 1 })))
})
