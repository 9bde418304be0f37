import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { freePorts, type Life, start, until } from '../edge/programs.ts'
import { binaries, makeFolder, type Postgresql, SUPERUSER } from './postgresql.ts'

export interface Standby {
  port: number
  /** Makes it the primary. */
  promote(): Promise<void>
}

/** Starts a synchronous standby by streaming replication: what the primary acknowledges is on both. */
export async function startStandby(life: Life, primary: Postgresql): Promise<Standby> {
  const { folder, owner } = makeFolder('monitor-standby-')
  life.teardown(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  const data = join(folder, 'data')
  const from = ['-h', '127.0.0.1', '-p', String(primary.port), '-U', SUPERUSER]
  const copy = [...from, '-D', data, '-X', 'stream', '-c', 'fast', '-R', '--no-sync']
  execFileSync(join(binaries(), 'pg_basebackup'), copy, { ...owner, cwd: folder, stdio: 'pipe' })
  const { port } = await freePorts('port')
  const settings = ['listen_addresses=127.0.0.1', `unix_socket_directories=${folder}`, 'fsync=off']
  const args = ['-D', data, '-p', String(port), ...settings.flatMap((each) => ['-c', each])]
  const program = start(life, join(binaries(), 'postgres'), args, process.env, owner)
  life.teardown(async () => {
    if (!program.isRunning()) return
    process.kill(program.pid!, 'SIGQUIT')
    await until('the standby stops', () => !program.isRunning())
  })
  const ask = async <T>(of: number, sql: string): Promise<T[]> => {
    const client = new Client({ connectionString: `postgresql://${SUPERUSER}@127.0.0.1:${of}/postgres` })
    await client.connect()
    try {
      return (await client.query(sql)).rows as T[]
    } finally {
      await client.end()
    }
  }
  // After the copy, so that the standby as a primary waits for no other.
  await ask(primary.port, "ALTER SYSTEM SET synchronous_standby_names = '*'")
  await ask(primary.port, 'SELECT pg_reload_conf()')
  const isSynchronous = async () =>
    (await ask(primary.port, "SELECT FROM pg_stat_replication WHERE sync_state = 'sync'")).length === 1
  await until('the standby follows', isSynchronous, program)
  return { port, promote: async () => void (await ask(port, 'SELECT pg_promote(true, 30)')) }
}
