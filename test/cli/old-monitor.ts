import { type ChildProcess, spawn } from 'node:child_process'
import { createHash, pbkdf2Sync } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createSigner } from 'fast-jwt'
import type { Test } from 'tap'
import { environmentIn } from '../attack/harness.ts'
import { PASSWORD, temporaryFolder } from '../support/app.ts'
import { executable } from '../support/executable.ts'
import { makeImage } from '../support/images.ts'
import { until } from '../support/waiting.ts'
import { run } from './rig.ts'

const UNIT = 'proxmenux-monitor.service'
const SECRET = 'A-secret-of-48-bytes-as-the-old-Monitor-mints-it_0123456789abcdef'

/** The unit as ProxMenux's installer writes it. */
const unitOf = (program: string, port: number) => `[Unit]
Description=ProxMenux Monitor - Web Dashboard
After=network.target

[Service]
Type=simple
User=root
ExecStart=${program}
Restart=on-failure
RestartSec=10
Environment="PORT=${port}"

[Install]
WantedBy=multi-user.target
`

/** Answers on the port, as the old Monitor does. */
const programOf = (port: number) => `#!${process.execPath}
require('node:http')
  .createServer((_, reply) => reply.end('{"monitor": "old"}'))
  .listen(${port}, '127.0.0.1')
`

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((done) => server.once('listening', done))
  const { port } = server.address() as { port: number }
  await new Promise((done) => server.close(done))
  return port
}

const sign = (claims: Record<string, unknown>) =>
  createSigner({ algorithm: 'HS256', key: SECRET, expiresIn: '1h' })(claims)
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')

/** The auth.json of the old Monitor, in its format, with one API token. */
function authOf(token: string, more: object) {
  const salt = Buffer.alloc(16, 7)
  const hash = pbkdf2Sync(PASSWORD, salt, 600_000, 32, 'sha256')
  const id = hashOf(token)
  const entry = {
    id: id.slice(0, 16),
    name: 'Home Assistant',
    token_hash: id,
    token_prefix: `${token.slice(0, 12)}...`,
    created_at: '2026-05-01T10:00:00.000000Z',
    expires_at: '2099-05-01T10:00:00.000000Z',
    signed_with: hashOf(SECRET).slice(0, 16)
  }
  return {
    enabled: true,
    username: 'admin',
    password_hash: `pbkdf2_sha256$600000$${salt.toString('base64')}$${hash.toString('base64')}`,
    declined: false,
    configured: true,
    totp_enabled: false,
    totp_secret: null,
    backup_codes: [],
    api_tokens: [entry],
    revoked_tokens: ['0'.repeat(64)],
    display_name: 'Ada',
    jwt_secret: SECRET,
    ...more
  }
}

/** A host with an old Monitor that runs as a service, and a stand-in for systemctl. Processes end with the test. */
export async function openOldHost(t: Test, more: object = {}) {
  const folder = await temporaryFolder(t)
  const port = await freePort()
  const at = (name: string) => join(folder, name)
  for (const name of ['bin', 'etc', 'lib', 'share', 'config', 'state']) mkdirSync(at(name))
  const program = at('share/AppRun')
  writeFileSync(program, programOf(port), { mode: 0o755 })
  const unit = at(`etc/${UNIT}`)
  writeFileSync(unit, unitOf(program, port), { mode: 0o644 })
  mkdirSync(`${unit}.d`)
  writeFileSync(join(`${unit}.d`, 'override.conf'), '[Service]\nNice=5\n')
  const token = sign({ username: 'admin', token_name: 'Home Assistant', iss: 'proxmenux-monitor', aud: 'api' })
  const auth = at('config/auth.json')
  // As json.dump() writes it: with spaces that ours would not write, and readable for everybody.
  writeFileSync(auth, JSON.stringify(authOf(token, more), null, 4), { mode: 0o644 })
  writeFileSync(at('config/avatar.bin'), await makeImage('image/png'))
  writeFileSync(at('config/avatar.type'), 'image/png')
  writeFileSync(at('ssl_config.json'), '{"enabled": false, "cert_path": "", "key_path": "", "source": "none"}')

  const stand = readFileSync(join(import.meta.dirname, 'systemctl.cjs'), 'utf8')
  writeFileSync(at('bin/systemctl'), `#!${process.execPath}\n${stand}`, { mode: 0o755 })
  const env = environmentIn(folder, {
    MONITOR_PORT: String(port),
    PATH: `${at('bin')}:${process.env.PATH}`,
    SYSTEMD_UNIT_PATH: `${at('etc')}:${at('lib')}`
  })
  const service = { ...env, PATH: process.env.PATH }
  const order = (name: string, value: unknown) => writeFileSync(at(`bin/${name}`), JSON.stringify(value))
  order('environment.json', service)
  const state = () => JSON.parse(readFileSync(at('bin/state.json'), 'utf8')) as { enabled: boolean; pid: number }
  t.teardown(() => {
    const { pid } = existsSync(at('bin/state.json')) ? state() : { pid: 0 }
    // Only the service of this test.
    const isOurs = pid !== 0 && existsSync(`/proc/${pid}/cmdline`)
    if (isOurs) process.kill(pid, 'SIGKILL')
  })
  const systemctl = (verb: string) =>
    new Promise((done) => spawn(at('bin/systemctl'), [verb], { env }).once('close', done))
  for (const verb of ['daemon-reload', 'enable', 'start']) await systemctl(verb)

  /** Which Monitor answers on the port. */
  const whoAnswers = async () => {
    const reply = await fetch(`http://127.0.0.1:${port}/api/auth/status`).catch(() => null)
    if (reply === null) return 'nobody'
    return ((await reply.json()) as { monitor?: string }).monitor ?? 'new'
  }
  await until(async () => (await whoAnswers()) === 'old')
  const files = [auth, at('ssl_config.json'), at('config/avatar.bin'), at('config/avatar.type'), unit]
  const look = () =>
    [...files, join(`${unit}.d`, 'override.conf')].map((path) =>
      existsSync(path)
        ? `${path} ${statSync(path).mode & 0o777}\n${readFileSync(path, 'latin1')}`
        : `${path} is missing`
    )
  const before = look()

  return {
    folder,
    env,
    port,
    unit,
    auth,
    token,
    sign,
    program,
    url: `http://127.0.0.1:${port}`,
    command: (words: string) => run(words.split(' '), env),
    order,
    state,
    whoAnswers,
    calls: () => readFileSync(at('bin/calls'), 'utf8').trim().split('\n'),
    /** What differs from the old install: nothing after the way back. */
    changes: () => look().filter((text, i) => text !== before[i]),
    readRecord: () => JSON.parse(readFileSync(at('config/takeover.json'), 'utf8')) as { phase: string; folder: string },
    /** Starts a command and kills it, and what it has started, as soon as it calls `systemctl <verb>`. */
    async killAt(words: string, verb: string): Promise<void> {
      order('pause', verb)
      const child: ChildProcess = spawn(executable, words.split(' '), { env, stdio: 'ignore' })
      const ended = new Promise((done) => child.once('close', done))
      await until(() => existsSync(at('bin/paused')) && readFileSync(at('bin/paused'), 'utf8') !== '')
      child.kill('SIGKILL')
      await ended
      process.kill(Number(readFileSync(at('bin/paused'), 'utf8')), 'SIGKILL')
      writeFileSync(at('bin/paused'), '')
    }
  }
}
export type OldHost = Awaited<ReturnType<typeof openOldHost>>

/** Each change of the service manager, in the order of a takeover and of its way back. */
export const VERBS = ['stop', 'disable', 'daemon-reload', 'enable', 'start']

/** The old Monitor runs, with every file as it was. */
export async function isOld(t: Test, host: OldHost, message: string): Promise<void> {
  t.same(host.changes(), [], message)
  t.equal(await host.whoAnswers(), 'old', message)
  t.ok(host.state().enabled, message)
}
