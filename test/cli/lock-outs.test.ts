import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { missing as missingFail2ban } from '../fail2ban/server.ts'
import { readGuide } from '../guide/guide.ts'
import { until } from '../support/waiting.ts'
import { codeAt, lockOuts, logIn, withExpiredCertificate, withFail2ban, withSecondFactor } from './lock-outs.ts'
import { ask, type Host, run, withinASecond } from './rig.ts'

t.setTimeout(300_000)
/** "Within seconds" of the guide. */
const SECONDS = { withinMs: 15_000 }

const states = { 'runs meanwhile': true, 'is stopped meanwhile': false }

/** Does it with the daemon running, or stopped and started again. */
async function meanwhile<T>(host: Host, isRunning: boolean, work: () => Promise<T>): Promise<T> {
  if (isRunning) return work()
  await host.stop(host.daemon)
  const result = await work()
  host.daemon = await host.start()
  return result
}

for (const [name, { undo, prints, stage }] of Object.entries(lockOuts)) {
  for (const [state, isRunning] of Object.entries(states)) {
    t.test(`${name}: undone, and the daemon ${state}`, async (t) => {
      const { host, isOut, isIn } = await stage(t)
      t.ok(await withinASecond(isOut), 'it is staged')
      const answer = await meanwhile(host, isRunning, () => host.command(undo))
      t.match(answer, { code: 0, stderr: '', stdout: prints })
      t.ok(await withinASecond(() => isIn(answer.stdout)))
    })
  }
}

t.test('the guide has each command that undoes one', async (t) => {
  const commands = readGuide().flatMap((block) => block.commands)
  for (const { undo } of Object.values(lockOuts)) {
    const words = undo.replace(/ --yes$/, '').replace('create New', 'create')
    t.ok(
      commands.some((command) => command.startsWith(`proxmenux-monitor ${words}`)),
      undo
    )
  }
})

for (const [state, isRunning] of Object.entries(states)) {
  t.test(`an expired certificate: HTTPS is turned off, and the daemon ${state}`, async (t) => {
    const { host, settings, plain, fault } = await withExpiredCertificate(t)
    t.equal(await fault(), 'CERT_HAS_EXPIRED')
    t.match((await host.command('doctor')).stdout, /^fail {2}certificate .*expired/m)
    const [line] = readGuide().find(({ heading }) => heading === 'HTTPS stands in the way')!.commands
    const shell = line!.replace('/etc/proxmenux/ssl_config.json', settings)
    t.not(shell, line)
    await meanwhile(host, isRunning, () => run(['-c', shell], host.env, '', 'sh'))
    await until(async () => (await plain()).status === 200, SECONDS)
    t.match(await host.command('doctor'), { code: 0, stdout: /HTTPS is off/ })
  })

  t.test(`fail2ban has banned this address, and the daemon ${state}`, { skip: missingFail2ban }, async (t) => {
    const { host, client } = await withFail2ban(t)
    for (let i = 0; i < 3; i++) await logIn(host, { password: 'wrong' })
    await until(async () => (await logIn(host)).json.code === 'IP_BANNED', { withinMs: 60_000 })
    const [line] = readGuide().find(({ heading }) => heading === 'Your address is banned')!.commands
    const shell = line!.replace('192.0.2.10', '127.0.0.1').replace('fail2ban-client', client)
    t.match(await meanwhile(host, isRunning, () => run(['-c', shell], host.env, '', 'sh')), { code: 0, stdout: '1\n' })
    await until(async () => (await logIn(host)).status === 200, SECONDS)
  })

  t.test(`codes of a clock that is ten minutes off are refused, and the daemon ${state}`, async (t) => {
    const { host, secret } = await withSecondFactor(t)
    for (const minutes of [-10, 10])
      t.match(await logIn(host, { totp_token: codeAt(secret, Date.now() + minutes * 60_000) }), {
        status: 401,
        json: { code: 'TOTP_INVALID' }
      })
    t.match((await host.command('doctor')).stdout, /^(ok|warn) +clock {8}\S/m, 'doctor shows the time of the host')
    await meanwhile(host, isRunning, async () => {})
    // The code of the enrolment is used up. The next one is accepted already.
    t.equal((await logIn(host, { totp_token: codeAt(secret, Date.now() + 30_000) })).status, 200)
  })
}

t.test('auth.json moved away while the daemon runs keeps everybody out until the restart', async (t) => {
  const { host } = await withSecondFactor(t)
  const moved = join(host.folder, 'auth.json.old')
  await run(['-c', `mv ${host.auth} ${moved}`], host.env, '', 'sh')
  t.ok(await withinASecond(async () => (await logIn(host)).json.code === 'AUTH_STORE_UNREADABLE'))
  await host.stop(host.daemon)
  host.daemon = await host.start()
  t.match((await ask(host.daemon, '/api/auth/status')).json, { auth_configured: false, declined: false })
  t.not(host.readAuth().jwt_secret, JSON.parse(readFileSync(moved, 'utf8')).jwt_secret)
})
