import { execFileSync } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { migrate } from '../../lib/storage/panel/migrate.ts'
import { freePorts, type Life, type Program, start, until } from '../edge/programs.ts'

const VERSIONS = '/usr/lib/postgresql'
export const SUPERUSER = 'super'
/** The daemon's role in tests, without rights beyond its own database. */
const ROLE = 'monitor'
const TEMPLATE = 'migrated'

/** Why tests that need PostgreSQL are skipped; false if they run. On CI they always run. */
export const postgresqlMissing: string | false =
  existsSync(VERSIONS) || process.env.CI ? false : 'needs PostgreSQL: apt-get install postgresql'

/** Debian's newest installed version. */
export function binaries(): string {
  const newest = readdirSync(VERSIONS).toSorted((a, b) => Number(b) - Number(a))[0]!
  return join(VERSIONS, newest, 'bin')
}

const idOf = (flag: '-u' | '-g'): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))

/** A temporary folder of the account that runs PostgreSQL, which refuses to run as root. */
export function makeFolder(prefix: string): { folder: string; owner: { uid?: number; gid?: number } } {
  const folder = mkdtempSync(join(tmpdir(), prefix))
  if (process.getuid?.() !== 0) return { folder, owner: {} }
  const owner = { uid: idOf('-u'), gid: idOf('-g') }
  chownSync(folder, owner.uid, owner.gid)
  return { folder, owner }
}

export interface Postgresql {
  port: number
  /** The process of the server; another one after a restart. */
  readonly program: Program
  /** A connection URL of the daemon's role. */
  url(database: string): string
  /** Runs SQL as the superuser. */
  asSuperuser(sql: string, database?: string): Promise<void>
  /** Starts the server that has ended again, on the same data and port. */
  restart(): Promise<void>
  /** A new database with the panel's tables; its connection URL. */
  createDatabase(): Promise<string>
}

/**
 * Starts a PostgreSQL server in a temporary folder, on a free port. It does not run as root: initdb refuses that. The
 * server ends with `life`.
 */
export async function startPostgresql(life: Life, options: readonly string[] = []): Promise<Postgresql> {
  const { folder, owner } = makeFolder('monitor-pg-')
  const data = join(folder, 'data')
  const bin = binaries()
  execFileSync(join(bin, 'initdb'), ['-D', data, '-U', SUPERUSER, '-A', 'trust', '-E', 'UTF8', '--no-sync'], {
    ...owner,
    cwd: folder,
    stdio: 'pipe'
  })
  const sockets = join(folder, 'sockets')
  mkdirSync(sockets)
  if (owner.uid !== undefined) chownSync(sockets, owner.uid, owner.gid!)
  const { port } = await freePorts('port')
  const settings = ['listen_addresses=127.0.0.1', `unix_socket_directories=${sockets}`, 'fsync=off', ...options]
  const args = ['-D', data, '-p', String(port), ...settings.flatMap((each) => ['-c', each])]
  const launch = () => start(life, join(bin, 'postgres'), args, process.env, owner)
  let program = launch()
  life.teardown(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  // An immediate shutdown, before the folder goes: of a killed server a child process may go on, and keep the test waiting for its output.
  life.teardown(async () => {
    if (!program.isRunning()) return
    process.kill(program.pid!, 'SIGQUIT')
    await until('PostgreSQL stops', () => !program.isRunning())
  })

  const urlOf = (user: string, database: string) => `postgresql://${user}@127.0.0.1:${port}/${database}`
  const asSuperuser = async (sql: string, database = 'postgres'): Promise<void> => {
    const client = new Client({ connectionString: urlOf(SUPERUSER, database) })
    await client.connect()
    try {
      await client.query(sql)
    } finally {
      await client.end()
    }
  }
  const accepts = (): Promise<boolean> =>
    asSuperuser('SELECT 1').then(
      () => true,
      () => false
    )
  await until('PostgreSQL accepts connections', accepts, program)
  await asSuperuser(`CREATE ROLE ${ROLE} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS`)

  let count = 0
  const create = async (name: string, template = 'template1'): Promise<void> => {
    await asSuperuser(`CREATE DATABASE ${name} OWNER ${ROLE} TEMPLATE ${template}`)
  }
  const url = (database: string) => urlOf(ROLE, database)
  return {
    port,
    get program() {
      return program
    },
    url,
    asSuperuser,
    async restart() {
      // After a kill the server refuses to start until the last process of the killed one has ended.
      await until('PostgreSQL is there again', async () => {
        if (!program.isRunning()) program = launch()
        return accepts()
      })
    },
    async createDatabase() {
      const name = `panel_${++count}`
      if (count === 1) {
        await create(TEMPLATE)
        await migrate(url(TEMPLATE))
      }
      await create(name, TEMPLATE)
      return url(name)
    }
  }
}
