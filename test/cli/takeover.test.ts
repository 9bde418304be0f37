import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { runTakeover } from '../../lib/command-line/takeover/takeover.ts'
import { readConfig } from '../../lib/startup/config.ts'
import { bearer, PASSWORD } from '../support/app.ts'
import { executable } from '../support/executable.ts'
import { openOldHost } from './old-monitor.ts'
import { run } from './rig.ts'

t.setTimeout(300_000)

t.test('a takeover keeps login, API token and avatar; the way back leaves every file as it was', async (t) => {
  const host = await openOldHost(t)
  const seen = await host.command('takeover --dry-run')
  t.match(seen, { code: 0, stderr: '' })
  for (const part of [
    host.program,
    'of the user "admin", without two-factor',
    'API tokens  1',
    'HTTPS       off',
    'avatar      one'
  ])
    t.match(seen.stdout, part)
  t.match(await host.command('takeover'), { code: 2, stderr: /no terminal to ask on/ })
  t.same(host.changes(), [])
  t.equal(await host.whoAnswers(), 'old')

  const taken = await host.command('takeover --yes --json')
  t.match(taken, { code: 0, stderr: '', json: { found: { username: 'admin', api_tokens: 1, avatar: true } } })
  t.equal(await host.whoAnswers(), 'new')
  t.ok(host.state().enabled)
  t.match(readFileSync(host.unit, 'utf8'), `ExecStart=${executable}\n`)
  const { folder } = host.readRecord()
  t.equal(statSync(folder).mode & 0o777, 0o700)
  t.equal(statSync(host.auth).mode & 0o777, 0o600)

  const post = async (path: string, token: string, body: object) => {
    const headers = { 'content-type': 'application/json', ...(token !== '' && bearer(token)) }
    const reply = await fetch(host.url + path, { method: 'POST', headers, body: JSON.stringify(body) })
    return { status: reply.status, json: (await reply.json()) as Record<string, unknown> }
  }
  const get = (path: string, token: string) => fetch(host.url + path, { headers: bearer(token) })
  const { json } = await post('/api/auth/login', '', { username: 'admin', password: PASSWORD })
  const session = String(json.token)
  t.equal((await get('/api/system', host.token)).status, 200, 'the old API token')
  const avatar = Buffer.from(await (await get('/api/auth/profile/avatar', session)).arrayBuffer())
  t.ok(avatar.equals(readFileSync(join(host.folder, 'config/avatar.bin'))))
  t.match(readFileSync(join(host.folder, 'auth.log'), 'utf8'), /another ProxMenux Monitor taken over; .*user=command/)
  t.match(await host.command('takeover --yes'), { code: 0, stdout: /was replaced at .*takeover --undo/ }, 'again')

  t.match(await host.command('takeover --undo'), { code: 2 })
  t.match(await host.command('takeover --undo --yes'), {
    code: 0,
    stderr: '',
    stdout: /runs again, with its files as they were/
  })
  t.same(host.changes(), [], 'byte by byte')
  t.equal(await host.whoAnswers(), 'old')
  t.ok(host.state().enabled)
  t.match(await host.command('takeover --undo --yes'), { code: 1, stderr: /no takeover to undo/ })

  t.match(await host.command('takeover --yes'), { code: 0 }, 'and once more')
  t.equal(await host.whoAnswers(), 'new')
})

t.test('what was revoked or created since stays invalid on the way back; a new password is undone', async (t) => {
  const host = await openOldHost(t)
  t.match(await host.command('takeover --yes'), { code: 0 })
  t.match(await host.command('tokens create New'), { code: 0 })
  const { id, token_hash: hash } = JSON.parse(readFileSync(host.auth, 'utf8')).api_tokens[0]
  t.match(await host.command(`tokens revoke ${id}`), { code: 0 })
  t.match(await host.command('reset-password --yes'), { code: 0 })
  const present = JSON.parse(readFileSync(host.auth, 'utf8'))
  const back = await host.command('takeover --undo --yes')
  t.match(back, {
    code: 0,
    stdout: /again: the user name and password\.\nStays invalid in it: 2 API tokens revoked or created/
  })
  const { revoked_tokens: revoked, username } = JSON.parse(readFileSync(host.auth, 'utf8'))
  t.equal(username, 'admin')
  t.ok(revoked.includes(hash))
  t.same(revoked.toSorted(), ['0'.repeat(64), hash, present.api_tokens.at(-1).token_hash].toSorted())
})

t.test('with a package, the old unit no longer hides the unit of the package', async (t) => {
  const host = await openOldHost(t, { totp_enabled: true, totp_secret: 'JBSWY3DPEHPK3PXP' })
  const packaged = join(host.folder, 'lib/proxmenux-monitor.service')
  writeFileSync(packaged, `[Service]\nType=notify\nExecStart=${executable}\n`)
  t.match((await host.command('takeover --dry-run')).stdout, 'with two-factor authentication')
  t.match(await host.command('takeover --yes'), { code: 0 })
  t.equal(await host.whoAnswers(), 'new')
  t.same(
    host
      .changes()
      .map((text) => /(\S+) is missing/.exec(text)?.[1])
      .filter(Boolean),
    [host.unit, `${host.unit}.d/override.conf`]
  )
  t.match(await host.command('takeover --undo --yes'), { code: 0 })
  t.same(host.changes(), [])
})

t.test('refused before anything is changed', async (t) => {
  const host = await openOldHost(t)
  const refuses = async (reason: RegExp) => t.match(await host.command('takeover --yes'), { code: 1, stderr: reason })
  const bytes = readFileSync(host.auth)
  writeFileSync(host.auth, '{"username": ')
  await refuses(/auth\.json cannot be read: .*fix the file/)
  writeFileSync(host.auth, bytes)

  const { config } = readConfig(host.env)
  const cgroup = join(host.folder, 'cgroup')
  writeFileSync(cgroup, '0::/system.slice/proxmenux-monitor.service\n')
  const result = await runTakeover(config!, { isYes: true, isDryRun: false, isUndo: false }, host.env, cgroup)
  t.match(result, { code: 1, text: /this is a terminal of the Monitor/ })

  const unit = readFileSync(host.unit)
  writeFileSync(host.unit, `[Service]\nExecStart=${executable}\n`)
  await refuses(/no other ProxMenux Monitor to take over: .* starts /)
  writeFileSync(host.unit, unit)
  t.same(host.changes(), [])
  t.same([...new Set(host.calls())].sort(), ['daemon-reload', 'enable', 'is-active', 'is-enabled', 'start'])

  const other = { ...host.env, SYSTEMD_UNIT_PATH: join(host.folder, 'lib') }
  const empty = await runTakeover(config!, { isYes: true, isDryRun: false, isUndo: false }, other, '')
  t.match(empty, { code: 1, text: /there is no \S+lib\/proxmenux-monitor\.service/ })
  t.equal(await host.whoAnswers(), 'old')
})

t.test('the way back is refused while the old program is missing', async (t) => {
  const host = await openOldHost(t)
  t.match(await host.command('takeover --yes'), { code: 0 })
  renameSync(host.program, join(host.folder, 'moved'))
  t.match(await host.command('takeover --undo --yes'), { code: 1, stderr: /AppRun is gone; install the other Monitor/ })
  t.equal(await host.whoAnswers(), 'new')
  renameSync(join(host.folder, 'moved'), host.program)
  t.match(await host.command('takeover --undo --yes'), { code: 0 })
  t.equal(await host.whoAnswers(), 'old')
})

t.test(
  'a daemon that finds its port taken by the other Monitor names it, and the command that replaces it',
  async (t) => {
    const host = await openOldHost(t)
    const found = await run([], host.env)
    t.equal(found.code, 1)
    t.match(
      found.stderr.trim(),
      new RegExp(
        `^MONITOR_PORT: 127\\.0\\.0\\.1:${host.port} is in use by another ProxMenux Monitor, process ${host.state().pid} \\(\\S+ ${host.program}\\)\\. ` +
          `To replace it, run as root: ${executable} takeover\\. [^\\n]+ Example: MONITOR_PORT=8009$`
      )
    )
    // Without a unit of another Monitor there is nothing to replace.
    const other = await run([], { ...host.env, SYSTEMD_UNIT_PATH: join(host.folder, 'lib') })
    t.match(other.stderr, /is in use by process \d+ \(\S+ \S+AppRun\)\. Example: MONITOR_PORT=8009\n$/)
  }
)
