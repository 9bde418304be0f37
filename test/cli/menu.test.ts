import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { keys, openInTerminal } from './menu-rig.ts'
import { ask, type Host, OWNER, openHost, place, withinASecond } from './rig.ts'

t.setTimeout(300_000)
const skip = existsSync('/usr/bin/whiptail') || process.env.CI ? false : 'needs whiptail: apt-get install whiptail'
const SECRET = 'JBSWY3DPEHPK3PXP'
/** A name that must be no option of whiptail. */
const HYPHENS = '--yesno'

async function openMenu(t: Test, env: NodeJS.ProcessEnv, rows?: number) {
  const menu = openInTerminal(t, ['menu'], env, rows)
  await menu.shows(/What do you want to do\?[\s\S]*Show status[\s\S]*<Exit>/)
  return {
    ...menu,
    /** Chooses an entry by its place. */
    choose: (place: number) => menu.type(keys.down.repeat(place) + keys.enter),
    /** Leaves a message, and the menu. */
    async leave(): Promise<number> {
      menu.type(keys.enter)
      await menu.shows(/What do you want to do\?/)
      menu.type(keys.tab + keys.tab + keys.enter)
      return menu.exited()
    }
  }
}

/** Gives the owner and a second user a second factor. */
async function setSecondFactors(host: Host): Promise<void> {
  await host.stop(host.daemon)

  const file = host.readAuth()
  const factor = { totp_enabled: true, totp_secret: SECRET, backup_codes: [] }
  const user = { ...factor, id: 2, username: HYPHENS, password_hash: file.password_hash, user_type: 'customer' }
  writeFileSync(
    host.auth,
    JSON.stringify({ ...file, ...factor, users: [{ ...user, is_active: true, permissions: [] }] })
  )
}

t.test(
  'status: version, address, users and sessions, while the daemon runs and while it does not',
  { skip },
  async (t) => {
    const host = await openHost(t)
    const running = await openMenu(t, host.env)
    running.choose(0)
    await running.shows(
      /Version: {2}\d+\.\d+[\s\S]*Address: {2}http:[\s\S]*Daemon: {3}running[\s\S]*1 user, 0 with two-/
    )
    t.match(running.screen(), /; 1 session\b/)
    t.match(running.screen(), /warn fail2ban: fail2ban is not installed/)
    t.equal(await running.leave(), 0)

    await host.stop(host.daemon)
    const stopped = await openMenu(t, host.env, 20)
    stopped.choose(0)
    await stopped.shows(/Daemon: {3}not running/)
    // The text is longer than this terminal: it scrolls, and Tab leads to the button.
    stopped.type(keys.tab)
    t.equal(await stopped.leave(), 0)
  }
)

t.test('reset password: nothing without a Yes, then the dashboard asks for a new account', { skip }, async (t) => {
  const host = await openHost(t)
  const menu = await openMenu(t, host.env)
  menu.choose(1)
  await menu.shows(/Delete the owner's login[\s\S]*<Yes>[\s\S]*<No>/)
  // No is chosen.
  menu.type(keys.enter)
  await menu.shows(/What do you want to do\?/)
  t.equal(host.readAuth().username, 'admin')
  menu.choose(1)
  await menu.shows(/<Yes>/)
  menu.type(keys.left + keys.enter)
  await menu.shows(/The login of "admin" is gone, its copy is/)
  t.equal(await menu.leave(), 0)
  const isReset = async () => (await ask(host.daemon, '/api/auth/status')).json.auth_configured === false
  t.ok(await withinASecond(isReset))
  t.ok(host.audited().some((line) => line.includes('login of the owner reset;')))
})

t.test('two-factor authentication off, of the chosen user alone; its name is no option', { skip }, async (t) => {
  const host = await openHost(t)
  await setSecondFactors(host)
  const menu = await openMenu(t, host.env)
  menu.choose(2)
  await menu.shows(/off of:[\s\S]*1 admin[\s\S]*2 --yesno[\s\S]*<Back>/)
  menu.choose(1)
  await menu.shows(/authentication of --yesno off, and end/)
  menu.type(keys.left + keys.enter)
  await menu.shows(/Two-factor authentication of the user "--yesno" is off\./)
  t.equal(await menu.leave(), 0)
  t.match(host.readAuth(), { totp_enabled: true, users: [{ totp_enabled: false, totp_secret: null }] })
})

t.test('unlock: a locked user can log in again, while the daemon runs', { skip }, async (t) => {
  const host = await openHost(t)
  const wrong = { username: 'admin', password: 'Wrong-Horse-7' }
  for (let tries = 0; tries < 10; tries++) await ask(host.daemon, '/api/auth/login', '', wrong)
  t.equal((await ask(host.daemon, '/api/auth/login', '', OWNER)).status, 423)
  const menu = await openMenu(t, host.env)
  menu.choose(3)
  await menu.shows(/Unlock:[\s\S]*1 admin/)
  menu.choose(0)
  await menu.shows(/Forget the failed logins of admin\?/)
  menu.type(keys.left + keys.enter)
  await menu.shows(/The user "admin" can log in again/)
  t.equal(await menu.leave(), 0)
  t.equal((await ask(host.daemon, '/api/auth/login', '', OWNER)).status, 200)
})

t.test('a fault is a message, and the menu stays; Escape leaves it', { skip }, async (t) => {
  const { env } = await place(t, { enabled: false })
  const menu = await openMenu(t, env)
  menu.choose(2)
  await menu.shows(/No user has two-factor authentication/)
  menu.type(keys.enter)
  await menu.shows(/What do you want to do\?/)
  menu.type(keys.escape)
  t.equal(await menu.exited(), 0)
})

t.test('without a terminal a wrong call; without whiptail the line that installs it', async (t) => {
  const { folder, env, command } = await place(t, {})
  t.match(await command('menu'), { code: 2, stdout: '', stderr: /^menu: the menu needs a terminal; [^\n]+--help\n$/ })
  // Only what bin/proxmenux-monitor itself needs.
  const bin = join(folder, 'bin')
  mkdirSync(bin)
  for (const name of ['sh', 'dirname', 'readlink', 'uname', 'cat', 'head', 'cut', 'sed'])
    if (existsSync(`/usr/bin/${name}`)) symlinkSync(`/usr/bin/${name}`, join(bin, name))
  const menu = openInTerminal(t, ['menu'], { ...env, PATH: bin })
  await menu.shows(/menu: whiptail is not installed; run: apt-get install whiptail/)
  t.equal(await menu.exited(), 1)
})
