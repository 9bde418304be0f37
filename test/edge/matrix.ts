// Every way to the daemon, each by real programs and the files of deploy/: `npm run matrix` prints the table.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSerialQueue } from '../../lib/concurrency/serial-queue.ts'
import { startDaemon } from '../attack/harness.ts'
import { createStandIn } from '../fail2ban/stand-in.ts'
import { PASSWORD } from '../support/app.ts'
import { inTime } from '../support/waiting.ts'
import { BANNED, type Case, type Column, cells } from './cells.ts'
import { type Certificate, HOST, makeCertificate } from './certificate.ts'
import { ask } from './client.ts'
import { type Life, until } from './programs.ts'
import { startCaddy, startHaproxy, startNginx, type Way } from './proxies.ts'

const CELL_MS = 120_000

export interface Row {
  way: Way
  /** What is wrong; null for a green cell. */
  cells: Record<Column, Promise<string | null>>
}

async function startOne(life: Life, folder: string, client: string) {
  const environment = { MONITOR_TRUSTED_PROXIES: '127.0.0.1', MONITOR_FAIL2BAN_CLIENT: client }
  const daemon = await startDaemon(life, folder, environment)
  const way: Way = {
    name: 'direct',
    scheme: 'http',
    port: daemon.port,
    host: HOST,
    prefix: '',
    http2: false,
    output: daemon.output
  }
  const setup = await ask(way, '', '/api/auth/setup', {
    headers: { host: '127.0.0.1' },
    body: { username: 'admin', password: PASSWORD }
  })
  if (setup.status !== 200) throw new Error(`setup answered ${setup.status} ${setup.text}`)
  await until('the ban is known', async () => (await ask(way, '', '/', { from: BANNED })).status === 403)
  return { daemon, way, token: setup.json.token as string, log: join(folder, 'auth.log') }
}

/** The daemon's own TLS, switched on as an operator does it. */
async function switchTlsOn(
  { way, token }: Awaited<ReturnType<typeof startOne>>,
  { cert, key }: Certificate
): Promise<Way> {
  const headers = { authorization: `Bearer ${token}` }
  for (const [path, body] of [
    ['/api/auth/confirm', { password: PASSWORD }],
    ['/api/ssl/configure', { source: 'custom', cert_path: cert, key_path: key }]
  ] as const) {
    const answer = await ask(way, '', path, { headers, body })
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status} ${answer.text}`)
  }
  return { ...way, scheme: 'https', plainPort: way.port }
}

/**
 * Starts everything. The WebSockets are idle together; the other cells of a row come one after the other, since the
 * daemon checks a few passwords at a time.
 */
export async function startMatrix(life: Life, folder: string): Promise<Row[]> {
  const certificate = makeCertificate(folder)
  const standIn = await createStandIn(folder)
  await standIn.answer([BANNED])
  const behind = await startOne(life, join(folder, 'plain'), standIn.file)
  const around = { life, folder, certificate, daemon: behind.daemon.port }
  const proxied = [...(await startNginx(around)), ...(await startCaddy(around)), ...(await startHaproxy(around))]
  const own = await startOne(life, join(folder, 'tls'), standIn.file)
  const secured = await switchTlsOn(own, certificate)
  const all = [behind, { ...own, way: secured }, ...proxied.map((way) => ({ ...behind, way }))]
  return all.map(({ way, token, log }, row) => {
    const at: Case = { way, ca: certificate.ca, token, log, row }
    const inTurn = createSerialQueue()
    const limited = (check: (at: Case) => Promise<void>) => inTime(check(at), CELL_MS)
    const tried = Object.entries(cells).map(([column, check]) => [
      column,
      (column === 'WebSocket' ? limited(check) : inTurn(() => limited(check))).then(
        () => null,
        (error: Error) => error.message
      )
    ])
    return { way, cells: Object.fromEntries(tried) }
  })
}

/** The table, and what is wrong with each red cell beneath it. */
export async function formatMatrix(rows: readonly Row[]): Promise<{ text: string; red: number }> {
  const columns = Object.keys(cells) as Column[]
  const line = (first: string, rest: string[]) =>
    [first.padEnd(24), ...rest.map((each) => each.padEnd(10))].join('').trimEnd()
  const lines = [line('', columns)]
  const faults: string[] = []
  let red = 0
  for (const { way, cells } of rows) {
    const name = `${way.name} ${way.scheme.toUpperCase()}`
    const results = await Promise.all(columns.map((column) => cells[column]))
    const colours = results.map((fault) => (fault === null ? 'green' : 'RED'))
    lines.push(line(name, colours))
    for (const [i, fault] of results.entries()) if (fault !== null) faults.push(`\n${name}, ${columns[i]}: ${fault}`)
    if (colours.includes('RED')) faults.push(way.output().slice(-2000))
    red += colours.filter((colour) => colour === 'RED').length
  }
  return { text: [...lines, ...faults].join('\n'), red }
}

if (import.meta.main) {
  const ends: (() => unknown)[] = []
  const folder = mkdtempSync(join(tmpdir(), 'monitor-matrix-'))
  process.once('exit', () => {
    for (const end of ends.toReversed()) end()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))
  const { text, red } = await formatMatrix(await startMatrix({ teardown: (end) => ends.push(end) }, folder))
  process.stdout.write(`${text}\n`)
  process.exit(red === 0 ? 0 : 1)
}
