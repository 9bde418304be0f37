import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePorts, type Life, listens, type Program, start } from '../edge/programs.ts'

const SERVER = '/usr/bin/redis-server'

/** Why tests that need Redis are skipped; false if they run. On CI they always run. */
export const redisMissing: string | false =
  existsSync(SERVER) || process.env.CI ? false : 'needs Redis: apt-get install redis-server'

export interface RedisServer {
  port: number
  /** The process of the server; another one after a restart. */
  readonly program: Program
  /** Starts the server that has ended again, on the same data and port. */
  restart(): Promise<void>
  /** The connection URL of one of its 1000 numbered databases, each empty at first. */
  url(database: number): string
}

/** Starts a Redis server that saves nothing, on a free port. It ends with `life`. */
export async function startRedis(life: Life, options: readonly string[] = []): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), 'monitor-redis-'))
  const { port } = await freePorts('port')
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--databases', '1000']
  const launch = async (): Promise<Program> => {
    const program = start(life, SERVER, [...settings, ...options])
    await listens(program, port)
    return program
  }
  life.teardown(() => rm(folder, { recursive: true, force: true }))
  let program = await launch()
  return {
    port,
    get program() {
      return program
    },
    async restart() {
      program = await launch()
    },
    url: (database) => `redis://127.0.0.1:${port}/${database}`
  }
}
