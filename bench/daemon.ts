import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, launch, root, type Server } from './process.ts'

/** How every benchmark starts the daemon: as an operator does. */
const DAEMON = { command: join(root, 'bin/proxmenux-monitor'), args: [] }
/** The environment and V8 flags that it runs with, for a process that is compared with the daemon. */
export const DAEMON_ENV = { MALLOC_ARENA_MAX: '1' }
export const DAEMON_FLAGS = ['--max-semi-space-size=2']

export const USERNAME = 'admin'
export const PASSWORD = 'Correct-Horse-7'

/** What lib/auth/passwords/hasher.ts takes by default. */
export const hashingThreads = Math.max(1, Math.min(4, availableParallelism() - 1))

/** A folder for one daemon's files, gone at the end of `work`. */
export async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'monitor-bench-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The daemon with its files in `folder` and limits that are never reached. */
export async function startDaemon(folder: string, env: Record<string, string> = {}): Promise<Server> {
  const port = await freePort()
  const never = '1000000000'
  return launch({
    ...DAEMON,
    port,
    path: '/api/auth/status',
    env: {
      MONITOR_HOST: '127.0.0.1',
      MONITOR_PORT: String(port),
      MONITOR_CONFIG_DIR: folder,
      MONITOR_STATE_DIR: folder,
      MONITOR_AUTH_LOG: join(folder, 'auth.log'),
      MONITOR_SSL_CONFIG: join(folder, 'ssl_config.json'),
      MONITOR_RATE_LIMIT: never,
      MONITOR_RATE_LIMIT_LOGIN: never,
      MONITOR_RATE_LIMIT_REFRESH: never,
      MONITOR_RATE_LIMIT_TOKEN: never,
      MONITOR_LOG_LEVEL: 'info',
      ...env
    }
  })
}

async function post(server: Server, path: string, body: unknown): Promise<{ token: string }> {
  const reply = await fetch(server.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body)
  })
  if (reply.status !== 200) throw new Error(`POST ${path} answered ${reply.status} ${await reply.text()}`)
  return (await reply.json()) as { token: string }
}

/** First launch; the owner's session token. */
export const setUp = async (server: Server): Promise<string> =>
  (await post(server, '/api/auth/setup', { username: USERNAME, password: PASSWORD })).token

/** A session token. */
export const logIn = async (server: Server): Promise<string> =>
  (await post(server, '/api/auth/login', { username: USERNAME, password: PASSWORD })).token

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
