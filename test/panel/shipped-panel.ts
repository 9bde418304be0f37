import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { appendFileSync, chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Redis } from 'ioredis'
import type { Test } from 'tap'
import { freePorts, listens, start } from '../edge/programs.ts'
import { writeNginx } from '../edge/proxies.ts'
import { shipped } from '../edge/shipped.ts'
import { temporaryFolder } from '../support/app.ts'
import type { Files } from '../support/certificates.ts'
import { startPostgresql } from '../support/postgresql.ts'
import { startRedis } from '../support/redis.ts'

const password = () => randomBytes(12).toString('hex')

const root = resolve(import.meta.dirname, '../..')

/** The block of shell commands of docs/panel.md that has this text. */
export function guideBlock(text: string): string {
  const guide = readFileSync(join(root, 'docs/panel.md'), 'utf8')
  const blocks = [...guide.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block]) => block!)
  const found = blocks.find((block) => block.includes(text))
  if (found === undefined) throw new Error(`docs/panel.md has no commands with ${text}`)
  return found
}

/** Runs commands of the guide in a shell, in the clone; what they print. Passwords are asked for on standard input. */
export function runGuide(
  commands: string,
  { env = {}, input = '' }: { env?: Record<string, string>; input?: string } = {}
) {
  // Without a terminal, which psql would ask instead.
  const options = { cwd: root, encoding: 'utf8', env: { ...process.env, ...env }, input, detached: true } as const
  const { status, stdout, stderr } = spawnSync('bash', ['-euo', 'pipefail', '-c', commands], options)
  if (status !== 0) throw new Error(`the guide's commands ended with ${status}: ${stderr}`)
  return stdout
}

/** Replaces what must be there. */
function replace(text: string, from: string | RegExp, to: string): string {
  const changed = text.replace(from, to)
  if (changed === text) throw new Error(`there is no ${from} to be replaced`)
  return changed
}

/** PostgreSQL with the shipped role, which logs in with a password as in the file's own line for pg_hba.conf. */
export async function startShippedPostgresql(t: Test) {
  const folder = await temporaryFolder(t)
  chmodSync(folder, 0o755)
  const hba = join(folder, 'pg_hba.conf')
  const ours = replace(/^-- +(hostssl .*)$/m.exec(shipped('panel/postgresql.sql'))![1]!, 'hostssl', 'host')
  const lines = ['host all super 127.0.0.1/32 trust', replace(ours, /\S+\/\d+/, '127.0.0.1/32')]
  writeFileSync(hba, `${lines.join('\n')}\n`)
  const server = await startPostgresql(t, [`hba_file=${hba}`])
  // The rig's own role has the same name.
  await server.asSuperuser('DROP ROLE monitor')
  const env = { PGHOST: '127.0.0.1', PGPORT: String(server.port), PGUSER: 'super', PGDATABASE: 'postgres' }
  const secret = password()
  /** Runs commands of the guide as the superuser; the password of the role is the same each time. */
  const runAsSuperuser = (commands: string) =>
    runGuide(`sudo() { shift 2; "$@"; }\n${commands}`, { env, input: `${secret}\n${secret}\n` })
  runAsSuperuser(guideBlock('postgresql.sql'))
  return {
    ...server,
    env,
    runAsSuperuser,
    databaseUrl: `postgresql://monitor:${secret}@127.0.0.1:${server.port}/monitor`
  }
}

/** Redis with the shipped user, and one more that looks at it. */
export async function startShippedRedis(t: Test) {
  const folder = await temporaryFolder(t)
  const inspectors = password()
  const file = join(folder, 'users.acl')
  const setUp = replace(guideBlock('redis.acl'), '/etc/redis/users.acl', file)
  const secret = runGuide(`${setUp}\nprintf %s "$password"`)
  appendFileSync(file, `user inspector on >${inspectors} ~* &* +@all\n`)
  const { port } = await startRedis(t, ['--aclfile', file])
  const connect = (user: string) => {
    const redis = new Redis(`redis://${user}@127.0.0.1:${port}/0`, { lazyConnect: true })
    t.teardown(() => redis.disconnect())
    return redis
  }
  return {
    redisUrl: `redis://monitor:${secret}@127.0.0.1:${port}/0`,
    asMonitor: connect(`monitor:${secret}`),
    asInspector: connect(`inspector:${inspectors}`)
  }
}

/** The shipped nginx.conf with these ports, certificate and replicas, and nothing else changed. */
export function panelNginx(ports: { plain: number; tls: number }, { cert_path, key_path }: Files, replicas: number[]) {
  let text = shipped('panel/nginx.conf').replaceAll(/\n *listen \[::\].*/g, '')
  text = replace(text, 'listen 80;', `listen 127.0.0.1:${ports.plain};`)
  text = replace(text, 'listen 443 ', `listen 127.0.0.1:${ports.tls} `)
  text = replace(text, '/etc/letsencrypt/live/panel.example.com/fullchain.pem', cert_path)
  text = replace(text, '/etc/letsencrypt/live/panel.example.com/privkey.pem', key_path)
  for (const [i, port] of replicas.entries()) text = replace(text, `192.0.2.1${i + 1}:8008`, `127.0.0.1:${port}`)
  return text
}

export async function startPanelNginx(t: Test, certificate: Files, replicas: number[]) {
  const ports = await freePorts('plain', 'tls')
  const args = writeNginx(await temporaryFolder(t), panelNginx(ports, certificate, replicas))
  const { stderr } = spawnSync('/usr/sbin/nginx', ['-t', ...args], { encoding: 'utf8' })
  const program = start(t, '/usr/sbin/nginx', args)
  for (const port of Object.values(ports)) await listens(program, port)
  return { ports, program, tested: stderr }
}
