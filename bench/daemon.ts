import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, launch, root, type Server } from './process.ts'

/** The command that starts the daemon in every benchmark, the same as an operator's; of this tree or of another one. */
const commandIn = (tree: string) => ({ command: join(tree, 'bin/proxmenux-monitor'), args: [] })
/** The daemon's environment and V8 flags, for processes that are compared with it. */
export const DAEMON_ENV = { MALLOC_ARENA_MAX: '1' }
export const DAEMON_FLAGS = ['--max-semi-space-size=2']

export const USERNAME = 'admin'
export const PASSWORD = 'Correct-Horse-7'

/** The default of lib/auth/passwords/hasher.ts. */
export const hashingThreads = Math.max(1, Math.min(4, availableParallelism() - 1))

/** Runs `work` with a temporary folder for one daemon's files. */
export async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'monitor-bench-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Starts the daemon with its files in `folder` and limits that are never reached. */
export async function startDaemon(folder: string, env: Record<string, string> = {}, tree = root): Promise<Server> {
  const port = await freePort()
  const never = '1000000000'
  return launch({
    ...commandIn(tree),
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

/** Completes the first launch. Returns the owner's session token. */
export const setUp = async (server: Server): Promise<string> =>
  (await post(server, '/api/auth/setup', { username: USERNAME, password: PASSWORD })).token

/** Logs in. Returns the session token. */
export const logIn = async (server: Server): Promise<string> =>
  (await post(server, '/api/auth/login', { username: USERNAME, password: PASSWORD })).token

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
