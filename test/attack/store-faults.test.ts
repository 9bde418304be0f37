import { execFileSync } from 'node:child_process'
import { lstatSync, renameSync, statSync, watch } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { openAuthStore } from '../../lib/storage/auth-store.ts'
import { createFileLock } from '../../lib/storage/file-lock.ts'
import { temporaryFolder } from '../support/app.ts'
import { comes, inTime } from '../support/waiting.ts'
import { smallDisk } from './small-disk.ts'

const good = {
  enabled: true,
  configured: true,
  username: 'admin',
  password_hash: 'a'.repeat(64),
  display_name: 'before',
  jwt_secret: 's'.repeat(64)
}

const openIn = async (t: Test, folder: string, lockWaitMs = 10_000) => {
  const store = await openAuthStore({
    path: join(folder, 'auth.json'),
    lock: createFileLock(join(folder, '.auth.lock'), lockWaitMs)
  })
  t.teardown(() => store.close())
  return store
}

const soon = <T>(promise: Promise<T>): Promise<T> => inTime(promise, 3000)

/** Things that may stand in the place of auth.json and are none. */
const impostors: Record<string, (path: string) => unknown> = {
  'a directory': (path) => mkdir(path),
  'a named pipe without a writer': (path) => execFileSync('mkfifo', [path]),
  'an empty file': (path) => writeFile(path, ''),
  'a sparse file of 100 MB': async (path) => {
    await writeFile(path, '')
    await truncate(path, 100_000_000)
  },
  'a link to a file without an end': (path) => symlink('/dev/zero', path),
  'a link to nothing': (path) => symlink(`${path}.gone`, path),
  'a link to itself': (path) => symlink(path, path)
}

for (const [name, make] of Object.entries(impostors)) {
  t.test(`${name} in place of auth.json at the start is not taken for a first launch`, async (t) => {
    const folder = await temporaryFolder(t)
    const path = join(folder, 'auth.json')
    await make(path)
    const before = lstatSync(path)
    const device = statSync('/dev/zero').mode
    const store = await soon(openIn(t, folder))
    t.equal(store.snapshot().mode, 'unreadable')
    await t.rejects(soon(store.update((draft) => Object.assign(draft, { declined: true }))), {
      name: 'FileBrokenError'
    })
    const after = lstatSync(path)
    t.same([after.ino, after.size], [before.ino, before.size], 'the file is not changed')
    if (!before.isFile()) t.equal(after.mode, before.mode, 'the mode of a foreign file is not changed')
    t.equal(statSync('/dev/zero').mode, device)
  })

  t.test(`${name} in place of a running daemon’s auth.json refuses all requests until the file is back`, async (t) => {
    const folder = await temporaryFolder(t)
    const path = join(folder, 'auth.json')
    await writeFile(path, JSON.stringify(good))
    const store = await openIn(t, folder)
    t.equal(store.snapshot().mode, 'enabled')
    await rm(path)
    await make(path)
    t.ok(await comes(() => store.snapshot().mode === 'unreadable', { withinMs: 1500 }))
    await t.rejects(soon(store.update((draft) => Object.assign(draft, { declined: true }))), {
      name: 'FileBrokenError'
    })
    await rm(path, { recursive: true })
    await writeFile(path, JSON.stringify(good))
    t.ok(await comes(() => store.snapshot().mode === 'enabled', { withinMs: 1500 }), 'and service resumes')
  })
}

t.test('a file that is written slowly in place is waited for and never overwritten', async (t) => {
  const folder = await temporaryFolder(t)
  const path = join(folder, 'auth.json')
  await writeFile(path, JSON.stringify(good))
  const store = await openIn(t, folder)
  const text = JSON.stringify({ ...good, display_name: 'after' })
  await writeFile(path, text.slice(0, 40))
  t.ok(await comes(() => store.snapshot().mode === 'unreadable', { withinMs: 1500 }))
  await t.rejects(store.update((draft) => Object.assign(draft, { declined: true })))
  t.equal(await readFile(path, 'utf8'), text.slice(0, 40))
  await writeFile(path, text)
  t.ok(await comes(() => store.snapshot().owner?.displayName === 'after', { withinMs: 1500 }))
})

t.test('a change by hand right after a write is seen and not overwritten by the next write', async (t) => {
  const folder = await temporaryFolder(t)
  const path = join(folder, 'auth.json')
  await writeFile(path, JSON.stringify(good))
  const store = await openIn(t, folder)
  const revoked = 'b'.repeat(64)
  let edits = 0
  let armed = false
  await writeFile(join(folder, 'edited'), JSON.stringify({ ...good, revoked_tokens: [revoked] }))
  // An editor that saves as soon as the new file is there, while its folder is still being synced.
  const watcher = watch(folder, (_, name) => {
    if (!armed || name !== 'auth.json') return
    armed = false
    edits++
    renameSync(join(folder, 'edited'), path)
  })
  t.teardown(() => watcher.close())
  armed = true
  await store.update((draft) => Object.assign(draft, { display_name: 'ours' }))
  await comes(() => edits === 1, { withinMs: 500 })
  t.equal(edits, 1)
  t.ok(await comes(() => store.snapshot().revoked.has(revoked), { withinMs: 1500 }), 'seen')
  await store.update((draft) => Object.assign(draft, { display_name: 'ours again' }))
  t.same(JSON.parse(await readFile(path, 'utf8')).revoked_tokens, [revoked], 'and kept')
})

t.test('a change by hand is seen within a second while another program holds the lock', async (t) => {
  const folder = await temporaryFolder(t)
  const path = join(folder, 'auth.json')
  await writeFile(path, JSON.stringify(good))
  const store = await openIn(t, folder, 4000)
  let letGo: (() => void) | undefined
  const held = createFileLock(join(folder, '.auth.lock'))(
    () =>
      new Promise<void>((done) => {
        letGo = done
      })
  )
  await comes(() => letGo !== undefined, { withinMs: 1000 })
  const started = performance.now()
  const updates = [1, 2, 3].map(() =>
    store.update((draft) => Object.assign(draft, { display_name: 'x' })).catch((e) => e)
  )
  await writeFile(`${path}.edited`, JSON.stringify({ ...good, revoked_tokens: ['c'.repeat(64)] }))
  await rename(`${path}.edited`, path)
  t.ok(await comes(() => store.snapshot().revoked.size === 1, { withinMs: 1000 }), 'seen within a second')
  for (const update of updates) t.equal((await update).name, 'LockTimeoutError')
  t.ok(performance.now() - started < 6000, 'those who wait, wait at the same time')
  letGo?.()
  await held
  await store.update((draft) => Object.assign(draft, { display_name: 'at last' }))
  t.equal(store.snapshot().owner?.displayName, 'at last')
})

t.test('a full disk refuses the change, keeps the file and leaves no temporary file', async (t) => {
  const folder = await temporaryFolder(t)
  const small = await smallDisk(t, folder)
  if (small === null) return
  const disk = small.path
  await writeFile(join(disk, 'auth.json'), JSON.stringify(good))
  const store = await openIn(t, disk)
  await store.update((draft) => Object.assign(draft, { display_name: 'fits' }))
  await small.fill()
  const before = await readFile(join(disk, 'auth.json'), 'utf8')
  // The lock is a file too: which of the two has no room left is chance.
  for (let i = 0; i < 5; i++) {
    await t.rejects(
      store.update((draft) => Object.assign(draft, { display_name: `does not fit ${i}` })),
      { code: /^(ENOSPC|ERR_SQLITE_ERROR)$/ }
    )
  }
  t.equal(await readFile(join(disk, 'auth.json'), 'utf8'), before)
  t.equal(store.snapshot().owner?.displayName, 'fits')
  t.same(
    (await readdir(disk)).filter((name) => name.endsWith('.tmp')),
    []
  )
  await small.makeRoom()
  await store.update((draft) => Object.assign(draft, { display_name: 'fits again' }))
  t.equal(store.snapshot().owner?.displayName, 'fits again')
})

t.test('a change missed for lack of file descriptors is read as soon as some are free', async (t) => {
  const folder = await temporaryFolder(t)
  await writeFile(join(folder, 'auth.json'), JSON.stringify(good))
  const script = join(import.meta.dirname, 'starved.ts')
  const said = execFileSync('sh', ['-c', 'ulimit -n 100; exec "$0" "$@"', process.execPath, script, folder])
  t.equal(said.toString(), 'enabled unreadable enabled')
})
