import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import t from 'tap'
import { environmentIn } from '../attack/harness.ts'
import { smallDisk } from '../attack/small-disk.ts'
import { shipped } from '../edge/shipped.ts'
import { temporaryFolder } from '../support/app.ts'
import { executable } from '../support/executable.ts'
import { until } from '../support/waiting.ts'
import { ask, openHost, place, run } from './rig.ts'

t.setTimeout(300_000)

t.test('serve is the daemon', async (t) => {
  const env = environmentIn(await temporaryFolder(t))
  const child = spawn(executable, ['serve'], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  t.teardown(() => child.kill('SIGKILL'))
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk
  })
  await until(() => /Server listening at/.test(output))
  const ended = new Promise((done) => child.once('exit', (code) => done(code)))
  child.kill('SIGTERM')
  t.equal(await ended, 0)
})

t.test('unusable settings end serve with 2, any other fault with 1, each in one line', async (t) => {
  const folder = await temporaryFolder(t)
  const { MONITOR_PORT: _, ...env } = environmentIn(folder)
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => server.close())
  const { port } = server.address() as AddressInfo
  const serve = (words: string[], more: NodeJS.ProcessEnv) => run(words, { ...env, ...more })
  for (const words of [['serve'], []]) {
    const how = words.join() || 'without a command'
    const unusable = { code: 2, stdout: '' }
    t.match(await serve(words, { MONITOR_PORT: 'x' }), { ...unusable, stderr: /^MONITOR_PORT: [^\n]+\n$/ }, how)
    const nowhere = join(executable, 'folder')
    for (const name of ['MONITOR_CONFIG_DIR', 'MONITOR_STATE_DIR']) {
      // An ordinary user's state falls back to the configuration folder.
      if (name === 'MONITOR_STATE_DIR' && process.getuid?.() !== 0) continue
      const stderr = new RegExp(`^${name}: \\S+/folder cannot be written\\. [^\\n]+\\n$`)
      t.match(await serve(words, { [name]: nowhere }), { ...unusable, stderr }, `${name}, ${how}`)
    }
    t.match(await serve(words, { MONITOR_PORT: `${port}` }), { code: 1, stderr: /^MONITOR_PORT: [^\n]+ in use/m }, how)
  }
  for (const file of ['systemd/proxmenux-monitor.service', 'panel/panel.conf'])
    t.match(shipped(file), /^Restart=on-failure$[^[]*^RestartPreventExitStatus=2$/m, file)
})

t.test('a daemon that runs but does not answer: the order is taken back, and the command says so', async (t) => {
  const host = await openHost(t)
  host.daemon.signal('SIGSTOP')
  t.match(await host.command('sessions end --all'), {
    code: 1,
    stderr: /^sessions end: the daemon runs, but did not carry this out in 5 seconds; [^\n]+\n$/
  })
  host.daemon.signal('SIGCONT')
  t.equal((await ask(host.daemon, '/api/auth/me', host.token)).status, 200)
})

t.test('a state folder and files that cannot be used are one line, and code 1', async (t) => {
  const login = { username: 'admin', password_hash: 'a'.repeat(64), jwt_secret: 's'.repeat(64) }
  const state = await place(t, login)
  writeFileSync(join(state.folder, 'config/auth.json'), '{"username": ')
  const commands = [
    'tokens list',
    'sessions end --all',
    'users list',
    'unlock admin',
    'login-link',
    'totp disable admin'
  ]
  for (const words of commands)
    t.match(
      await state.command(words),
      { code: 1, stdout: '', stderr: /^[a-z -]+: \S+auth\.json cannot be read: [^\n]+\n$/ },
      words
    )
  rmSync(join(state.folder, 'config/auth.json'))
  for (const words of [...commands, 'backup x'])
    t.match(
      await state.command(words),
      { code: 1, stdout: '', stderr: /^[a-z -]+: there is no \S+auth\.json; [^\n]+\n$/ },
      words
    )
})

t.test('on a full disk a change is refused in one line, and nothing is half done', async (t) => {
  const host = await openHost(t)
  await host.stop(host.daemon)
  const disk = await smallDisk(t, host.folder, 1024)
  if (!disk) return
  for (const name of ['config', 'state']) {
    cpSync(join(host.folder, name), join(disk.path, name), { recursive: true })
    host.env[`MONITOR_${name.toUpperCase()}_DIR`] = join(disk.path, name)
  }
  await disk.fill()
  const before = readFileSync(join(disk.path, 'config/auth.json'))
  for (const words of ['tokens create Full', 'sessions end --all', 'login-link', 'rotate-secret --yes'])
    t.match(await host.command(words), { code: 1, stdout: '', stderr: /^[a-z -]+: [^\n]*disk[^\n]*\n$/ }, words)
  t.ok(readFileSync(join(disk.path, 'config/auth.json')).equals(before))
  await disk.makeRoom()
  t.match(await host.command('sessions end --all'), { code: 0, stdout: '1 session ended.\n' })
})

t.test('an audit log that cannot be written is a warning beside the answer', async (t) => {
  const host = await openHost(t)
  host.env.MONITOR_AUTH_LOG = host.folder
  const answer = await host.command('tokens create Other')
  t.match(answer, { code: 0, stdout: /^[\w-]+\.[\w-]+\.[\w-]+\n$/, stderr: /^not in the audit log: [^\n]+\n$/ })
  t.match(
    (await host.command('audit tail -n 1 --json')).json,
    { events: [{ event: 'token_minted' }] },
    'it is in the index'
  )
})

t.test('as JSON a refusal is an object with its reason', async (t) => {
  const { command } = await place(t, { username: 'admin', password_hash: 'a'.repeat(64), jwt_secret: 's'.repeat(64) })
  t.match(await command('tokens revoke 00 --json'), {
    code: 1,
    stdout: '',
    json: { error: 'tokens revoke: there is no API token "00"' }
  })
  t.match(await command('tokens revoke --json'), { code: 2, stdout: '', json: { error: String } })
})

t.test('a panel’s commands are refused on a host with a sentence', async (t) => {
  const { command } = await place(t, { username: 'admin', password_hash: 'a'.repeat(64), jwt_secret: 's'.repeat(64) })
  for (const words of ['users list --tenant acme', 'tokens list --tenant acme'])
    t.match(await command(words), { code: 1, stderr: /: this host has no tenants; leave --tenant out\n$/ }, words)
  t.match(await command('rotate-key'), { code: 1, stderr: /is not part of a panel/ })
})

t.test('on a terminal a password is asked for twice and not shown; reset-password asks', async (t) => {
  if (spawnSync('script', ['--version']).status !== 0) return t.comment('needs script(1)')
  const host = await openHost(t)
  const onTerminal = (words: string, typed: string[]) => {
    // Without tap's own hook in the command.
    const { NODE_OPTIONS: _, ...env }: NodeJS.ProcessEnv = { ...host.env, TERM: 'dumb' }
    const child = spawn('script', ['-qec', `${executable} ${words}`, '/dev/null'], {
      env,
      stdio: ['pipe', 'pipe', 'inherit']
    })
    let shown = ''
    child.stdout.on('data', (chunk: Buffer) => {
      shown += chunk
      // Each question ends with a colon or a bracket; the next answer follows it.
      if (/(: |\] )$/.test(String(chunk)) && typed.length > 0) child.stdin.write(`${typed.shift()}\r`)
    })
    return new Promise<{ code: number | null; shown: string }>((done) =>
      child.once('close', (code) => done({ code, shown }))
    )
  }
  const made = await onTerminal('users create ada', ['Correct-Horse-8', 'Correct-Horse-8'])
  t.match(made, { code: 0, shown: /The user "ada" was created/ })
  t.notMatch(made.shown, 'Correct-Horse')
  t.match(await onTerminal('users create bob', ['Correct-Horse-8', 'Correct-Horse-9']), {
    code: 1,
    shown: /the two passwords differ/
  })
  t.match(await onTerminal('reset-password', ['n']), { code: 1, shown: /reset-password: the login is as it was/ })
  t.equal(host.readAuth().username, 'admin')
  t.match(await onTerminal('reset-password', ['y']), { code: 0, shown: /The login of "admin" is gone/ })
  t.match(readFileSync(join(host.folder, 'auth.log'), 'utf8'), /login of the owner reset; rhost=- user=command/)
})
