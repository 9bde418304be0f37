import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, renameSync, statSync } from 'node:fs'
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { createLogFile } from '../../lib/audit/log-file.ts'
import { build, setUp, temporaryFolder } from '../support/app.ts'
import { comes, passTime, until } from '../support/waiting.ts'
import { smallDisk } from './small-disk.ts'

const impostors: Record<string, (path: string) => unknown> = {
  'a named pipe without a reader': (path) => execFileSync('mkfifo', [path]),
  'a directory': (path) => mkdir(path),
  'a link to a file of somebody else': async (path) => {
    await writeFile(`${path}.other`, '')
    await symlink(`${path}.other`, path)
  },
  'a full device': (path) => symlink('/dev/full', path)
}

for (const [name, make] of Object.entries(impostors)) {
  t.test(
    `${name} in place of the authentication log delays neither start nor login`,
    { timeout: 10_000 },
    async (t) => {
      const folder = await temporaryFolder(t)
      await make(join(folder, 'auth.log'))
      const app = await build(t, {}, { folder })
      await setUp(app)
      const reply = await app.inject({
        method: 'POST',
        url: '/api/auth/login',
        payload: { username: 'admin', password: 'wrong' }
      })
      t.equal(reply.statusCode, 401)
      t.ok(await comes(() => !app.auditLog.state().writable), 'and it is known')
      t.equal(
        statSync(folder).isDirectory() && readdirSync(folder).includes('auth.log.other')
          ? readFileSync(join(folder, 'auth.log.other'), 'utf8')
          : '',
        ''
      )
    }
  )
}

t.test('a disk that fills up in the middle of a character loses no line and duplicates none', async (t) => {
  const disk = await smallDisk(t, await temporaryFolder(t))
  if (disk === null) return
  await disk.fill(40_000)
  const path = join(disk.path, 'auth.log')
  const log = createLogFile({ path })
  // Three bytes each: a page's end is not a character's.
  const lines = Array.from({ length: 300 }, (_, i) => `${i} ${'√'.repeat(40)}\n`)
  for (const line of lines) log.append(line)
  await until(() => !log.state().writable)
  const cut = statSync(path).size
  t.ok(cut > 0 && cut < Buffer.byteLength(lines.join('')), 'a part is written')
  t.ok(log.state().waiting > 0 && log.state().waiting < lines.length)
  log.append('the last\n')
  await disk.makeRoom()
  await until(() => log.state().waiting === 0)
  await log.close()
  t.equal(readFileSync(path, 'utf8'), `${lines.join('')}the last\n`)
})

t.test('rotation, reload and concurrent writes lose no line, duplicate none and leak no file descriptor', async (t) => {
  const folder = await temporaryFolder(t)
  const path = join(folder, 'auth.log')
  const troubles: unknown[] = []
  const log = createLogFile({ path, onTrouble: (error) => troubles.push(error) })
  const openFiles = () => readdirSync('/proc/self/fd').length
  await log.check()
  const before = openFiles()
  const checks: Promise<void>[] = []
  for (let i = 0; i < 600; i++) {
    log.append(`line ${i}\n`)
    if (i % 20 === 0) renameSync(path, `${path}.${i}`)
    if (i % 3 === 0) checks.push(log.check(), log.check())
    // So that lines go out between the others, and not all at the end.
    if (i % 7 === 0) await passTime(1)
    // logrotate runs once what was rotated is there again.
    if (i % 20 === 0) {
      await log.check()
    }
  }
  await Promise.all(checks)
  await until(() => log.state().waiting === 0)
  t.same(troubles, [])
  t.ok(openFiles() <= before + 1, `${openFiles() - before} more open files`)
  await log.close()
  const lines = readdirSync(folder).flatMap((name) =>
    readFileSync(join(folder, name), 'utf8').trim().split('\n').filter(Boolean)
  )
  t.same(lines.toSorted(), Array.from({ length: 600 }, (_, i) => `line ${i}`).toSorted())
})
