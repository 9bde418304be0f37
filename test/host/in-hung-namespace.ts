// What hangs × SIGTERM, with the real daemon. In a mount namespace of its own (shutdown.test.ts).
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { type Daemon, startDaemon } from '../attack/harness.ts'
import { createStandIn } from '../fail2ban/stand-in.ts'
import { PASSWORD, temporaryFolder } from '../support/app.ts'
import { missing, selfSigned } from '../support/certificates.ts'
import { largeFile } from '../support/large-file.ts'
import { doorOf, TerminalClient } from '../support/terminal-client.ts'
import { until } from '../support/waiting.ts'
import { PROMPT, writeShell } from '../terminal/plain-shell.ts'
import { hangOver, isHanging } from './hanging-fs.ts'

const WITHIN_MS = 20_000
const HEADERS = 'Host: localhost\r\nContent-Type: application/json\r\n'

t.setTimeout(300_000)
t.jobs = 4

interface Hanging {
  /** What the daemon ends with: 0, or a code or signal that is not 0 and a line. */
  clean: boolean
  skip?: string | false
  env?: (folder: string) => Promise<Record<string, string>> | Record<string, string>
  /** Before the start. */
  prepare?: (t: Test, folder: string) => Promise<void>
  /** Resolves when it hangs. */
  hang: (t: Test, daemon: Daemon, folder: string) => Promise<void>
}

const hangFolder = (name: string, kind: 'unread' | 'unanswered') => async (t: Test, daemon: Daemon, folder: string) => {
  await hangOver(t, join(folder, name), kind)
  await until(() => isHanging(daemon.pid))
}

const send = (t: Test, { port }: Daemon, text: string) => {
  const socket = connect({ port, host: '127.0.0.1' }).on('error', () => {})
  t.teardown(() => socket.destroy())
  return new Promise<void>((done) => socket.once('connect', () => socket.write(text, () => done())))
}

/** Bytes that the kernel holds for the daemon's clients, of the fullest connection. */
async function unsentBytes({ pid, port }: Daemon): Promise<number> {
  const ofPort = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  const lines = (await readFile(`/proc/${pid}/net/tcp`, 'utf8')).trim().split('\n').slice(1)
  const sockets = lines.map((line) => line.trim().split(/\s+/))
  const queues = sockets.filter(([, local]) => local!.endsWith(ofPort)).map((fields) => fields[4]!.split(':')[0]!)
  return Math.max(0, ...queues.map((hex) => Number.parseInt(hex, 16)))
}

const setUp = async (daemon: Daemon): Promise<string> => {
  const reply = await fetch(`${daemon.url}/api/auth/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'admin', password: PASSWORD })
  })
  return ((await reply.json()) as { token: string }).token
}

const certificate: Omit<Hanging, 'hang'> = {
  clean: false,
  skip: missing,
  async prepare(_t, folder) {
    await mkdir(join(folder, 'certificates'))
    const files = selfSigned(join(folder, 'certificates'), 'server')
    await writeFile(join(folder, 'ssl_config.json'), JSON.stringify({ enabled: true, ...files }))
  }
}

const table: Record<string, Hanging> = {
  'the file system of the certificate': { ...certificate, hang: hangFolder('certificates', 'unread') },
  'the file system of the certificate, since before the start': {
    ...certificate,
    async prepare(t, folder) {
      await certificate.prepare!(t, folder)
      await hangOver(t, join(folder, 'certificates'), 'unread')
    },
    hang: (_t, daemon) => until(() => isHanging(daemon.pid))
  },
  'the folder of auth.json': { clean: false, hang: hangFolder('config', 'unread') },
  'the folder of the log': {
    clean: false,
    env: async (folder) => {
      await mkdir(join(folder, 'log'))
      return { MONITOR_AUTH_LOG: join(folder, 'log/auth.log') }
    },
    async hang(t, daemon, folder) {
      await hangOver(t, join(folder, 'log'), 'unread')
      daemon.signal('SIGHUP')
      await until(() => isHanging(daemon.pid))
    }
  },
  'a program that ignores SIGTERM': {
    clean: true,
    env: async (folder) => {
      const { file, behave } = await createStandIn(folder)
      await behave("trap '' TERM HUP; touch started; while :; do sleep 1; done")
      return { MONITOR_FAIL2BAN_CLIENT: file }
    },
    hang: (_t, _daemon, folder) => until(() => existsSync(join(folder, 'started')))
  },
  'a request that never ends': {
    clean: false,
    async hang(t, daemon) {
      await setUp(daemon)
      await send(t, daemon, `POST /api/auth/login HTTP/1.1\r\n${HEADERS}Content-Length: 9\r\n\r\n{`)
      await fetch(`${daemon.url}/api/auth/status`)
    }
  },
  'a client that never reads': {
    clean: true,
    async hang(t, daemon) {
      await send(t, daemon, `GET ${largeFile} HTTP/1.1\r\n${HEADERS}\r\n`.repeat(220))
      await until(async () => (await unsentBytes(daemon)) > 1_000_000)
    }
  },
  'a terminal whose processes ignore SIGHUP': {
    clean: true,
    env: async (folder) => ({ MONITOR_SHELL: await writeShell(folder) }),
    async hang(t, daemon) {
      const client = new TerminalClient(doorOf(daemon.url, await setUp(daemon)))
      t.teardown(() => client.cut())
      await client.open()
      await client.waitFor(PROMPT)
      client.type(`trap '' HUP TERM INT; echo de''af; while :; do sleep 1; done\r`)
      await client.waitFor('deaf')
    }
  }
}

for (const [name, { clean, skip = false, env, prepare, hang }] of Object.entries(table)) {
  t.test(`SIGTERM ends the daemon while this hangs: ${name}`, { skip }, async (t) => {
    const folder = await temporaryFolder(t)
    await prepare?.(t, folder)
    const daemon = await startDaemon(t, folder, await env?.(folder))
    await hang(t, daemon, folder)
    const begin = performance.now()
    daemon.signal('SIGTERM')
    await until(() => daemon.output().includes('shutting down'))
    // Whoever is impatient changes nothing.
    daemon.signal('SIGTERM')
    daemon.signal('SIGINT')
    daemon.signal('SIGHUP')
    const exit = await daemon.exited
    const took = performance.now() - begin
    t.ok(took < WITHIN_MS, `within ${Math.round(took)} ms`)
    t.comment(`${name}: ${Math.round(took)} ms, ${JSON.stringify(exit)}`)
    if (clean) {
      t.same(exit, { code: 0, signal: null })
      return
    }
    t.not(exit.code, 0, 'the exit code is a failure')
    t.match(daemon.output(), /^proxmenux-monitor: [^\n]+; ending without (it|them)$/m)
  })
}
