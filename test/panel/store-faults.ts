import { readFileSync } from 'node:fs'
import { Redis } from 'ioredis'
import { type Life, type Program, until } from '../edge/programs.ts'
import type { Postgresql } from '../support/postgresql.ts'
import type { RedisServer } from '../support/redis.ts'
import type { TcpProxy } from './tcp-proxy.ts'

export interface Fault {
  begin(): unknown
  end(): unknown
  /** What may go on meanwhile: requests of known sessions that change nothing, or nothing that is protected. */
  goesOn: 'known sessions' | 'none'
  /** Only the replica behind the proxies has the fault. */
  isCut?: true
}

export interface FaultOptions {
  life: Life
  postgresql: Postgresql
  redis: RedisServer
  /** The URL of Redis with its password. */
  redisUrl: string
  /** In front of the stores of one replica. */
  cut: { postgresql: TcpProxy; redis: TcpProxy }
}

/** Also the server's other processes: each connection has one of its own. */
const withChildren = (pid: number): number[] => [
  pid,
  ...readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)
]
const signalAll = (pids: readonly number[], signal: NodeJS.Signals) => {
  for (const pid of pids) process.kill(pid, signal)
}

export async function endServer({ program }: { program: Program }, signal: NodeJS.Signals): Promise<void> {
  process.kill(program.pid!, signal)
  await until('the server ends', () => !program.isRunning())
}

/** Runs commands on a connection of their own. */
export async function onRedis<T>(url: string, work: (redis: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(url)
  try {
    return await work(client)
  } finally {
    client.disconnect()
  }
}

/** Each way in which the stores of a panel fail. */
export function storeFaults({ life, postgresql, redis, redisUrl, cut }: FaultOptions): Record<string, Fault> {
  /** A setting of the daemon's role holds for new connections only. */
  const alterRole = async (change: string) => {
    await postgresql.asSuperuser(`ALTER ROLE monitor ${change}`)
    await postgresql.asSuperuser("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'monitor'")
  }
  const setRedis = (name: string, value: string) => onRedis(redisUrl, (client) => client.config('SET', name, value))
  let stopped: number[] = []
  let guard: Redis | undefined
  life.teardown(() => guard?.disconnect())
  const sessionsGoOn = { goesOn: 'known sessions' } as const
  const nothingGoesOn = { goesOn: 'none' } as const

  return {
    'PostgreSQL is stopped and started': {
      ...sessionsGoOn,
      begin: () => endServer(postgresql, 'SIGINT'),
      end: () => postgresql.restart()
    },
    'PostgreSQL is killed and started': {
      ...sessionsGoOn,
      begin: () => endServer(postgresql, 'SIGKILL'),
      end: () => postgresql.restart()
    },
    'PostgreSQL hangs': {
      ...sessionsGoOn,
      begin() {
        stopped = withChildren(postgresql.program.pid!)
        signalAll(stopped, 'SIGSTOP')
      },
      end: () => signalAll(stopped, 'SIGCONT')
    },
    'PostgreSQL refuses connections': {
      ...sessionsGoOn,
      begin: () => alterRole('CONNECTION LIMIT 0'),
      end: () => alterRole('CONNECTION LIMIT -1')
    },
    'PostgreSQL is read-only': {
      ...sessionsGoOn,
      begin: () => alterRole('SET default_transaction_read_only = on'),
      end: () => alterRole('RESET default_transaction_read_only')
    },
    'Redis is stopped and started': {
      ...nothingGoesOn,
      begin: () => endServer(redis, 'SIGTERM'),
      end: () => redis.restart()
    },
    'Redis is killed and started': {
      ...nothingGoesOn,
      begin: () => endServer(redis, 'SIGKILL'),
      end: () => redis.restart()
    },
    'Redis hangs': {
      ...nothingGoesOn,
      begin: () => process.kill(redis.program.pid!, 'SIGSTOP'),
      end: () => process.kill(redis.program.pid!, 'SIGCONT')
    },
    'Redis refuses connections': {
      ...nothingGoesOn,
      async begin() {
        guard = new Redis(redisUrl)
        await guard.config('SET', 'maxclients', 1)
        await guard.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes')
      },
      async end() {
        await guard!.config('SET', 'maxclients', 1000)
        guard!.disconnect()
      }
    },
    'Redis is out of memory': {
      ...nothingGoesOn,
      begin: () => setRedis('maxmemory', '1'),
      end: () => setRedis('maxmemory', '0')
    },
    'the network to PostgreSQL is cut': {
      ...sessionsGoOn,
      isCut: true,
      begin: cut.postgresql.swallow,
      end: cut.postgresql.pass
    },
    'connections to PostgreSQL are closed': {
      ...sessionsGoOn,
      isCut: true,
      begin: cut.postgresql.close,
      end: cut.postgresql.pass
    },
    'the network to Redis is cut': { ...nothingGoesOn, isCut: true, begin: cut.redis.swallow, end: cut.redis.pass },
    'connections to Redis are closed': { ...nothingGoesOn, isCut: true, begin: cut.redis.close, end: cut.redis.pass }
  }
}
