import { execFileSync } from 'node:child_process'
import { mkdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import t, { type Test } from 'tap'
import { smallDisk } from '../attack/small-disk.ts'
import { type App, type BuildOptions, bearer, build, PASSWORD, setUp, temporaryFolder } from '../support/app.ts'
import { until } from '../support/waiting.ts'

// Every folder the daemon writes to, and everything that can be wrong with it. The rule: logins go on, health names
// the fault and its meaning, and changes made meanwhile are written when the fault is over.

const folders = ['state', 'config', 'log'] as const
type Folder = (typeof folders)[number]

interface Fault {
  isAtStart?: boolean
  begin(disk: NonNullable<Awaited<ReturnType<typeof smallDisk>>>, file: string): unknown
  end(disk: NonNullable<Awaited<ReturnType<typeof smallDisk>>>, file: string): unknown
}

const inPlaceOf = (make: (file: string) => unknown): Fault => ({
  async begin(_, file) {
    await rename(file, `${file}.away`)
    await make(file)
  },
  async end(_, file) {
    await rm(file, { recursive: true })
    await rename(`${file}.away`, file)
  }
})

const faults: Record<string, Fault> = {
  full: { begin: (disk) => disk.fill(64 << 20), end: (disk) => disk.makeRoom() },
  // A disk with files open for writing cannot be made read-only: a daemon finds it so when it starts.
  'read-only': { begin: (disk) => disk.setWritable(false), end: (disk) => disk.setWritable(true), isAtStart: true },
  'with a directory in place of its file': inPlaceOf((file) => mkdir(file)),
  'with a named pipe in place of its file': inPlaceOf((file) => execFileSync('mkfifo', [file]))
}

/** The daemon with each folder on a disk of its own, set up. */
async function daemonOnDisks(t: Test, options: BuildOptions = {}) {
  const folder = await temporaryFolder(t)
  const disks: Partial<Record<Folder, NonNullable<Awaited<ReturnType<typeof smallDisk>>>>> = {}
  for (const name of folders) {
    const disk = await smallDisk(t, folder, 4096, name)
    if (disk === null) return null
    disks[name] = disk
  }
  const config = {
    configDir: join(folder, 'config'),
    stateDir: join(folder, 'state'),
    authLog: join(folder, 'log/auth.log')
  }
  const app = await build(t, config, { ...options, folder })
  const token = await setUp(app)
  return { app, token, folder, config, disks: disks as Record<Folder, NonNullable<(typeof disks)['state']>> }
}

const login = (app: App, password = PASSWORD, more: object = {}) =>
  app.inject({ method: 'POST', url: '/api/auth/login', payload: { username: 'admin', password, ...more } })

const cookieOf = (reply: Awaited<ReturnType<typeof login>>) =>
  reply.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')

const refresh = (app: App, cookie: string) =>
  app.inject({ method: 'POST', url: '/api/auth/refresh', headers: { cookie } })

const logout = (app: App, token: string) =>
  app.inject({ method: 'POST', url: '/api/auth/logout', headers: bearer(token) })

const me = async (app: App, token: string) =>
  (await app.inject({ url: '/api/auth/me', headers: bearer(token) })).statusCode

const ownFindings = async (app: App, token: string): Promise<string> => {
  const { checks } = (await app.inject({ url: '/api/health/full', headers: bearer(token) })).json()
  return checks
    .filter(({ status }: { status: string }) => status !== 'healthy')
    .map(({ message }: { message: string }) => message)
    .join(' · ')
}

for (const [name, fault] of Object.entries(faults)) {
  t.test(`state folder ${name}: logins go on, and sessions opened meanwhile are saved afterwards`, async (t) => {
    const daemon = await daemonOnDisks(t)
    if (daemon === null) return
    const { disks, config } = daemon
    const file = join(config.stateDir, 'state.sqlite')
    if (fault.isAtStart) await daemon.app.close()
    else await login(daemon.app)
    await fault.begin(disks.state, file)
    const app = fault.isAtStart ? await build(t, config, { folder: daemon.folder }) : daemon.app
    await app.stores.database.check()
    const before = await login(app)

    const first = await login(app)
    t.equal(first.statusCode, 200, 'login')
    const refreshed = await refresh(app, cookieOf(first))
    t.equal(refreshed.statusCode, 200, 'refresh')
    t.equal((await refresh(app, cookieOf(refreshed))).statusCode, 200, 'and again')
    t.equal(await me(app, first.json().token), 200)
    t.equal((await logout(app, before.json().token)).statusCode, 200, 'logout')
    t.equal(await me(app, before.json().token), 401, 'the logout holds')
    t.equal((await login(app, 'Wrong-Horse-7')).statusCode, 401, 'a wrong password')
    for (let i = 0; i < 4; i++) await login(app, 'Wrong-Horse-7')
    t.equal((await login(app)).statusCode, 423, 'and a lockout')
    const token = first.json().token
    // A log that lies in memory already need not grow, so that a little may be saved on a full disk.
    if (app.stores.database.fault()) {
      await until(async () => /Nothing can be saved/.test(await ownFindings(app, token)))
      t.match(await ownFindings(app, token), /sessions opened now end with the daemon/)
    } else t.equal(name, 'full')

    await fault.end(disks.state, file)
    await until(() => app.stores.database.fault() === null)
    await until(async () => !/Nothing can be saved/.test(await ownFindings(app, token)))
    await app.close()
    const again = await build(t, config, { folder: daemon.folder })
    t.equal(await me(again, token), 200, 'the session opened meanwhile survives the restart')
    t.equal(await me(again, before.json().token), 401, 'an ended session stays ended')
    t.equal((await login(again)).statusCode, 423, 'and so does the lock')
  })

  t.test(`log folder ${name}: logins go on, and health says so`, async (t) => {
    const daemon = await daemonOnDisks(t)
    if (daemon === null) return
    const { disks, token, config } = daemon
    await until(async () => (await readFile(config.authLog, 'utf8')).includes('setup'))
    if (fault.isAtStart) await daemon.app.close()
    await fault.begin(disks.log, config.authLog)
    const app = fault.isAtStart ? await build(t, config, { folder: daemon.folder }) : daemon.app
    t.equal((await login(app, 'Wrong-Horse-7')).statusCode, 401)
    t.equal((await login(app)).statusCode, 200)
    // A full disk still takes what fits into the last page of the file.
    for (let i = 0; i < 100; i++) app.auditLog.userUnlocked({ address: '::1', user: 'filler' })
    await until(async () => /Authentication log cannot be written/.test(await ownFindings(app, token)))
    await fault.end(disks.log, config.authLog)
    await until(async () => !/Authentication log/.test(await ownFindings(app, token)))
    await until(async () => (await readFile(config.authLog, 'utf8')).split('filler').length === 101)
    const log = await readFile(config.authLog, 'utf8')
    t.match(log, /authentication failure; rhost=127\.0\.0\.1 user=admin\n.*authentication success/s)
  })
}

const codeOf = (secret: string, at: number) =>
  execFileSync('oathtool', ['--totp', '-b', '-N', `@${Math.floor(at / 1000)}`, secret], { encoding: 'utf8' }).trim()

for (const name of ['full', 'read-only'] as const) {
  t.test(`configuration folder ${name}: logins go on, and changes are refused with the file’s name`, async (t) => {
    const now = Date.now()
    const daemon = await daemonOnDisks(t, { now: () => now })
    if (daemon === null) return
    const { app, disks, token, config } = daemon
    const post = (url: string, payload: object) => app.inject({ method: 'POST', url, payload, headers: bearer(token) })
    const { secret, backup_codes: codes } = (await post('/api/auth/totp/setup', { password: PASSWORD })).json()
    t.equal((await post('/api/auth/totp/enable', { token: codeOf(secret, now - 30_000) })).statusCode, 200)

    await faults[name]!.begin(disks.config, '')
    const code = codeOf(secret, now)
    t.equal((await login(app, PASSWORD, { totp_token: code })).statusCode, 200, 'a code of the authenticator')
    t.match((await login(app, PASSWORD, { totp_token: code })).json(), { code: 'TOTP_INVALID' }, 'once')
    t.equal((await login(app, PASSWORD, { totp_token: codes[0] })).statusCode, 200, 'a backup code')
    t.match((await login(app, PASSWORD, { totp_token: codes[0] })).json(), { code: 'TOTP_INVALID' }, 'once')
    const refused = await app.inject({
      method: 'PUT',
      url: '/api/auth/profile',
      payload: { display_name: 'Full' },
      headers: bearer(token)
    })
    t.match(refused.json(), {
      code: 'BUSY',
      message: /^auth\.json cannot be written: (the disk is full|.*read-only)/
    })
    t.equal(refused.statusCode, 503)
    t.equal(refused.headers['retry-after'], '5')
    await until(async () => /Users, passwords and API tokens cannot be changed/.test(await ownFindings(app, token)))

    await faults[name]!.end(disks.config, '')
    await until(async () => !/cannot be changed/.test(await ownFindings(app, token)))
    const written = JSON.parse(await readFile(join(config.configDir, 'auth.json'), 'utf8'))
    t.equal(written.backup_codes.filter(({ used }: { used: boolean }) => used).length, 1, 'the used code is written')
    t.equal((await login(app, PASSWORD, { totp_token: codes[1] })).statusCode, 200)
  })
}

t.test('a removed state folder is created again, with the current sessions', async (t) => {
  const folder = await temporaryFolder(t)
  const stateDir = join(folder, 'state')
  const app = await build(t, { stateDir }, { folder })
  const token = await setUp(app)
  await rm(stateDir, { recursive: true })
  await app.stores.database.check()
  t.equal((await login(app)).statusCode, 200)
  const rows = new DatabaseSync(join(stateDir, 'state.sqlite')).prepare('SELECT count(*) AS count FROM sessions').get()
  t.equal(rows!.count, 2)
  await app.close()
  const again = await build(t, { stateDir }, { folder })
  t.equal(await me(again, token), 200)
})

t.test('a removed log folder is created again', async (t) => {
  const folder = await temporaryFolder(t)
  const authLog = join(folder, 'log/auth.log')
  await mkdir(join(folder, 'log'))
  const app = await build(t, { authLog }, { folder })
  await setUp(app)
  await until(async () => (await readFile(authLog, 'utf8')).includes('setup'))
  await rm(join(folder, 'log'), { recursive: true })
  await login(app)
  await until(async () => (await readFile(authLog, 'utf8').catch(() => '')).includes('authentication success'))
})

t.test('with a full disk at the start logins go on', async (t) => {
  const daemon = await daemonOnDisks(t)
  if (daemon === null) return
  await daemon.app.close()
  await daemon.disks.state.fill(64 << 20)
  const app = await build(t, daemon.config, { folder: daemon.folder })
  t.equal((await login(app)).statusCode, 200)
})

t.test('a replaced refresh token that was never saved still raises the alarm', async (t) => {
  const daemon = await daemonOnDisks(t)
  if (daemon === null) return
  await daemon.app.close()
  await daemon.disks.state.setWritable(false)
  const app = await build(t, daemon.config, { folder: daemon.folder })
  let cookie = cookieOf(await login(app))
  const first = cookie
  for (let i = 0; i < 3; i++) cookie = cookieOf(await refresh(app, cookie))
  t.equal((await refresh(app, first)).statusCode, 401, 'replayed')
  t.equal((await refresh(app, cookie)).statusCode, 401, 'every session of the user has ended')
})
