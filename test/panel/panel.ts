import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Daemon, startDaemon } from '../attack/harness.ts'
import { HOST, makeCertificate } from '../edge/certificate.ts'
import { freePorts, type Life, listens, missing, type Program, start } from '../edge/programs.ts'
import { writeNginx } from '../edge/proxies.ts'
import { type Postgresql, postgresqlMissing, startPostgresql } from '../support/postgresql.ts'
import { type RedisServer, redisMissing, startRedis } from '../support/redis.ts'
import { type Ask, createClient } from './client.ts'

/** Why tests of a whole panel are skipped; false if they run. On CI they always run. */
export const panelMissing: string | false = postgresqlMissing || redisMissing || missing('/usr/sbin/nginx', 'nginx')

/** Nginx takes the client's address from it, as from a balancer in front of it. */
const CLIENT = 'x-test-client'

export interface PanelReplica extends Daemon {
  /** Asks this replica, as Nginx does. */
  ask: Ask
}

/** The connection URLs of one replica. */
export interface StoreUrls {
  database: string
  redis: string
}

export interface PanelOptions {
  replicas?: number
  env?: NodeJS.ProcessEnv
  postgresql?: Postgresql
  redis?: RedisServer
  /** The URLs of a replica, by its number, if they are not those of the servers. */
  urlsOf?: (urls: StoreUrls, replica: number) => StoreUrls
}

export interface Panel {
  postgresql: Postgresql
  redis: RedisServer
  urls: StoreUrls
  encryptionKey: string
  replicas: PanelReplica[]
  /** Starts one more replica, which Nginx does not know. */
  addReplica(): Promise<PanelReplica>
  /** Asks through Nginx, which takes the replicas in turn. */
  ask: Ask
  /** The same over HTTPS. */
  askTls: Ask
  /** The same through an Nginx that sets X-Real-IP and no X-Forwarded-For. */
  askRealIp: Ask
  /** The port of Nginx for plain HTTP. */
  port: number
  nginx: Program
}

const forward = (name: string, ...lines: string[]): string[] => [
  '  location / {',
  `    proxy_pass http://${name};`,
  '    proxy_http_version 1.1;',
  '    proxy_set_header Host $http_host; proxy_set_header X-Real-IP $remote_addr;',
  '    proxy_set_header X-Forwarded-Proto $scheme; proxy_set_header X-Test-Client "";',
  '    proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $upstream_connection;',
  ...lines,
  '  }'
]

/** Nginx in front of the replicas: in turn, without stickiness. */
async function startNginx(life: Life, folder: string, replicas: readonly Daemon[]) {
  const certificate = makeCertificate(folder)
  const ports = await freePorts('plain', 'tls', 'realIp')
  const args = writeNginx(
    folder,
    'access_log off; set_real_ip_from 127.0.0.1; real_ip_header X-Test-Client;',
    "map $http_upgrade $upstream_connection { ~*^websocket$ upgrade; default ''; }",
    `upstream panel { ${replicas.map(({ port }) => `server 127.0.0.1:${port};`).join(' ')} keepalive 32; }`,
    `server { listen 127.0.0.1:${ports.plain}; listen 127.0.0.1:${ports.tls} ssl;`,
    `  ssl_certificate ${certificate.cert}; ssl_certificate_key ${certificate.key};`,
    ...forward('panel', 'proxy_set_header X-Forwarded-For $remote_addr;'),
    '}',
    `server { listen 127.0.0.1:${ports.realIp};`,
    ...forward('panel', 'proxy_set_header X-Forwarded-For "";'),
    '}'
  )
  const nginx = start(life, '/usr/sbin/nginx', args)
  for (const port of Object.values(ports)) await listens(nginx, port)
  const tls = { ca: certificate.ca, servername: HOST }
  const askAt = (port: number) => createClient(life, { port, addressHeader: CLIENT })
  return {
    nginx,
    port: ports.plain,
    ask: askAt(ports.plain),
    askRealIp: askAt(ports.realIp),
    askTls: createClient(life, { port: ports.tls, addressHeader: CLIENT, tls })
  }
}

/** Starts a panel: PostgreSQL, Redis, the replicas as processes of their own, and Nginx. All end with `life`. */
export async function startPanel(life: Life, options: PanelOptions = {}): Promise<Panel> {
  const folder = mkdtempSync(join(tmpdir(), 'monitor-panel-'))
  life.teardown(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  const [postgresql, redis] = await Promise.all([
    options.postgresql ?? startPostgresql(life),
    options.redis ?? startRedis(life)
  ])
  const urls = { database: await postgresql.createDatabase(), redis: redis.url(0) }
  const encryptionKey = randomBytes(32).toString('base64')
  let started = 0
  const addReplica = async (): Promise<PanelReplica> => {
    const i = started++
    const { database, redis } = options.urlsOf?.(urls, i) ?? urls
    const own = join(folder, `replica-${i}`)
    mkdirSync(own)
    const daemon = await startDaemon(life, own, {
      MONITOR_RATE_LIMIT_REFRESH: '1000000000',
      MONITOR_TRUSTED_PROXIES: '127.0.0.1',
      MONITOR_SESSION_TTL: '15m',
      MONITOR_DATABASE_URL: database,
      MONITOR_REDIS_URL: redis,
      MONITOR_ENCRYPTION_KEY: encryptionKey,
      ...options.env
    })
    return { ...daemon, ask: createClient(life, { port: daemon.port, addressHeader: 'x-real-ip' }) }
  }
  const replicas = await Promise.all(Array.from({ length: options.replicas ?? 3 }, addReplica))
  return { postgresql, redis, urls, encryptionKey, replicas, addReplica, ...(await startNginx(life, folder, replicas)) }
}
