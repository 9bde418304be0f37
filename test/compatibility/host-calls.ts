import { type Files, selfSigned } from '../support/certificates.ts'
import { AUTH_KEY, CONFIG } from '../support/gateway.ts'
import { connect, urlOf } from '../support/terminals.ts'
import { until } from '../support/waiting.ts'
import { handshake } from '../support/web-sockets.ts'
import { type Call, type Host, type Method, NEW_ENTRY, OLD_ENTRY, type Reply } from './host.ts'

const DISK = 'filesystem:/'
const APP = '/api/oci/installed/secure-gateway'

const get =
  (url: string): Call =>
  ({ get }) =>
    get(url)
const send =
  (method: Method, url: string, payload?: object): Call =>
  ({ send }) =>
    send(method, url, payload)
const later =
  (method: Method, url: string, payload?: object): Call =>
  ({ later }) =>
    later(method, url, payload)

const withCertificate =
  (ask: (host: Host, files: Files) => Promise<Reply>): Call =>
  (host) =>
    ask(host, selfSigned(host.folder, 'pve1'))
const configure = (host: Host, files: Files) =>
  host.send('POST', '/api/ssl/configure', { source: 'custom', ...files, auto_restart: true })

/** A change of the gateway, whose job ends well or with this error. */
const change =
  (method: Method, url: string, payload?: object, error?: string): Call =>
  async ({ send, gateway }) => {
    const before = gateway.newest()
    const asking = send(method, url, payload)
    await until(() => gateway.newest() !== before)
    gateway.end(error)
    return asking
  }
const changes = (method: Method, url: string, payload?: object): Record<string, Call> => {
  const route = `${method} ${url.replace('secure-gateway', ':app')}`
  return {
    [route]: change(method, url, payload),
    [`${route}: minutes after the login`]: later(method, url, payload)
  }
}
const deployment = { app_id: 'secure-gateway', config: CONFIG }

async function inTerminal({ app, owner }: Host, t: Parameters<Call>[1]) {
  if (!app.server.listening) await app.listen({ host: '127.0.0.1', port: 0 })
  return connect(t, app, owner, [])
}

/** Metrics and their labels. */
async function metricsOf({ get }: Host): Promise<Reply> {
  const { statusCode, headers, body } = await get('/api/prometheus')
  const series = [...body.matchAll(/^(\w+)\{(.*)\} \S+$/gm)].map(([, name, labels]) => [
    name,
    Object.fromEntries([...labels!.matchAll(/(\w+)="([^"]*)"/g)].map(([, label, value]) => [label, value]))
  ])
  return { statusCode, headers, body: JSON.stringify(Object.fromEntries(series)) }
}

/** Calls other than the plain GET of a path without parameters. */
export const hostCalls: Record<string, Call> = {
  'POST /api/ssl/configure': withCertificate(async (host, files) => {
    const reply = await configure(host, files)
    await host.app.tls.change({ enabled: false })
    return reply
  }),
  'POST /api/ssl/configure: minutes after the login': later('POST', '/api/ssl/configure', { source: 'proxmox' }),
  'POST /api/ssl/disable': send('POST', '/api/ssl/disable', { auto_restart: true }),
  'POST /api/ssl/disable: minutes after the login': later('POST', '/api/ssl/disable', { auto_restart: true }),
  'POST /api/ssl/validate': withCertificate(({ send }, files) => send('POST', '/api/ssl/validate', files)),
  'POST /api/ssl/validate: files that do not exist': send('POST', '/api/ssl/validate', {
    cert_path: '/nonexistent.pem',
    key_path: '/nonexistent.key'
  }),
  'POST /api/security/fail2ban/unban': send('POST', '/api/security/fail2ban/unban', {
    jail: 'proxmenux',
    ip: '192.0.2.1'
  }),
  'POST /api/security/fail2ban/unban: minutes after the login': later('POST', '/api/security/fail2ban/unban', {
    jail: 'proxmenux',
    ip: '192.0.2.2'
  }),
  'GET /api/processes': get('/api/processes?sort=mem&limit=25'),
  'GET /api/processes/:pid': get(`/api/processes/${process.pid}`),
  'GET /api/processes/:pid: a process that is gone': get('/api/processes/4194304'),
  'GET /api/node/metrics': get('/api/node/metrics?timeframe=week'),
  'GET /api/health/full': async ({ send, get }) => {
    await send('POST', '/api/health/acknowledge', { error_key: DISK })
    return get('/api/health/full')
  },
  'POST /api/health/acknowledge': send('POST', '/api/health/acknowledge', { error_key: DISK, suppression_hours: 24 }),
  'POST /api/health/acknowledge: for ever': send('POST', '/api/health/acknowledge', {
    error_key: DISK,
    suppression_hours: -1
  }),
  'POST /api/health/un-acknowledge': async ({ send }) => {
    await send('POST', '/api/health/acknowledge', { error_key: DISK })
    return send('POST', '/api/health/un-acknowledge', { error_key: DISK })
  },
  'PUT /api/health/thresholds': send('PUT', '/api/health/thresholds', { cpu: { warning: 80, critical: 90 } }),
  'PUT /api/health/thresholds: a section of the Monitor only': send('PUT', '/api/health/thresholds', {
    zfs_pool: { warning: 80 }
  }),
  'POST /api/health/thresholds/reset': send('POST', '/api/health/thresholds/reset?section=cpu'),
  'POST /api/health/thresholds/reset: a section of the Monitor only': send(
    'POST',
    '/api/health/thresholds/reset?section=zfs_pool'
  ),
  'GET /api/storage/smart/:disk': get('/api/storage/smart/sda'),
  'POST /api/storage/smart/:disk/test': send('POST', '/api/storage/smart/sda/test', { test_type: 'short' }),
  'GET /api/logs': get('/api/logs?since_days=1'),
  'GET /api/logs/counts': get('/api/logs/counts?since_days=1'),
  'GET /api/logs/download': get('/api/logs/download?since_days=1'),
  'GET /api/logs/download: the last 48 hours': async ({ get }) => {
    const { statusCode, headers, body } = await get('/api/logs/download?type=system&hours=48&level=all&service=all')
    const isRight = !body.includes(OLD_ENTRY) && body.includes(NEW_ENTRY)
    return { statusCode, headers, body: JSON.stringify({ hours: isRight }) }
  },
  'GET /api/logs/download: the kernel': async ({ get }) => {
    const { statusCode, headers, body } = await get('/api/logs/download?type=kernel')
    return { statusCode, headers, body: JSON.stringify({ type: !body.includes(NEW_ENTRY) }) }
  },
  'POST /api/terminal/ticket': send('POST', '/api/terminal/ticket'),
  'GET /ws/terminal': async (host, t) => {
    const client = await inTerminal(host, t)
    client.socket.send('{"type":"ping"}')
    const pong = await client.message('pong')
    client.socket.send('exit\n')
    await client.closed()
    return { statusCode: 101, headers: { 'content-type': 'application/json' }, body: JSON.stringify(pong) }
  },
  'GET /ws/terminal: a ticket that was used': async (host, t) => {
    await inTerminal(host, t)
    const { status } = await handshake(`${urlOf(host.app)}?ticket=0123456789`)
    return { statusCode: status, headers: {}, body: '{}' }
  },
  'GET /api/prometheus': metricsOf,
  'GET /api/oci/catalog/:app': get('/api/oci/catalog/secure-gateway'),
  'GET /api/oci/catalog/:app: an unknown app': get('/api/oci/catalog/other'),
  'GET /api/oci/status/:app': get('/api/oci/status/secure-gateway'),
  ...changes('POST', '/api/oci/deploy', deployment),
  'POST /api/oci/deploy: a step fails': change('POST', '/api/oci/deploy', deployment, 'Step "join" failed.'),
  'GET /api/oci/installed/:app': get(APP),
  'GET /api/oci/installed/:app: without a gateway': async ({ gateway, get }) => {
    gateway.setStatus({ state: 'not_installed' })
    const reply = await get(APP)
    gateway.setStatus({ state: 'connected' })
    return reply
  },
  'GET /api/oci/installed/:app/logs': get(`${APP}/logs?lines=100`),
  ...changes('POST', `${APP}/start`),
  ...changes('POST', `${APP}/stop`),
  ...changes('POST', `${APP}/restart`),
  ...changes('DELETE', APP),
  ...changes('POST', `${APP}/update-auth-key`, { auth_key: AUTH_KEY }),
  'GET /api/oci/installed/:app/update-check': get(`${APP}/update-check?force=1`),
  ...changes('POST', `${APP}/update`)
}
