import { readFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { flushCompileCache } from 'node:module'
import type { Duplex } from 'node:stream'
import { buildApp } from './app.ts'
import { readConfig } from './lib/config.ts'
import { AppError, describeError } from './lib/errors.ts'
import { prepareFolders } from './lib/folders.ts'
import { lockFolders } from './lib/storage/folder-lock.ts'

const SHUTDOWN_MS = 10_000

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as { version: string }

function fail(...lines: string[]): never {
  process.stderr.write(`${lines.join('\n')}\n`)
  process.exit(1)
}

const read = readConfig(process.env)
if (read.config === null) fail(...read.faults)
let prepared: ReturnType<typeof prepareFolders>
try {
  prepared = prepareFolders(read.config, process.getuid?.() === 0)
  prepared.warnings.push(...(await lockFolders([prepared.config.configDir, prepared.config.stateDir])))
} catch (error) {
  fail((error as Error).message)
}
const { config } = prepared

// Ids need only differ within one log: a mark of this start, and a count.
const start = Date.now().toString(36)
let requests = 0

// What mostly outlived the young generation once, V8 makes in the old one from then on: under load a request's own objects,
// by chance, at a third of the rate for as long as the process lives. On the command line the flag would cost the start
// 18 ms, since Node's own modules are compiled ahead without it (docs/decisions/0011).
process.getBuiltinModule('node:v8').setFlagsFromString('--no-allocation-site-pretenuring')
// V8 keeps what process.nextTick first saw. Compiled before anything else has used it, it costs 40 ns for good; after a
// whole start 270, and HTTP calls it nine times a request.
for (let i = 0; i < 2000; i++) process.nextTick(() => {})

const app = await buildApp({
  config,
  version,
  fastify: {
    logger: {
      level: config.logLevel,
      redact: ['req.headers.authorization', 'req.headers.cookie', 'password', 'token']
    },
    genReqId: () => `${start}-${(++requests).toString(36)}`,
    bodyLimit: 64 * 1024,
    requestTimeout: 30_000,
    keepAliveTimeout: 72_000,
    http: { headersTimeout: 10_000, connectionsCheckingInterval: 5000, maxHeaderSize: 16 * 1024 },
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    clientErrorHandler: answerUnreadable
  }
}).catch((error: NodeJS.ErrnoException) => fail(`proxmenux-monitor cannot start: ${error.message}`))

for (const warning of [...read.warnings, ...prepared.warnings]) app.log.warn(warning)

try {
  const listenTextResolver = (address: string) =>
    `Server listening at ${app.edge.isOn() ? address.replace(/^http:/, 'https:') : address}`
  await app.listen({ host: config.host, port: config.port, backlog: 1024, listenTextResolver })
  if (config.host === 'localhost') await app.edge.listenOnLocalhost(1024)
} catch (error) {
  await app.close()
  fail(describeListenFault(error as NodeJS.ErrnoException))
}
// A killed daemon would never write it, and the next start would compile everything again.
setImmediate(flushCompileCache)

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void shutDown(signal))
process.on('SIGHUP', () => {
  app.log.info('SIGHUP: reading auth.json, settings.json and the TLS files, reopening the authentication log')
  Promise.all([app.authStore.refresh(), app.settings.refresh(), app.tls.refresh(), app.auditLog.check()]).catch((err) =>
    app.log.error({ err }, 'reload failed')
  )
})

/** Finishes running requests, and ends in any case. */
async function shutDown(signal: string): Promise<void> {
  app.log.info({ signal }, 'shutting down')
  setTimeout(() => fail('proxmenux-monitor: requests did not finish in 10 s; ending without them'), SHUTDOWN_MS).unref()
  // A connection whose request was running stays open for a next one, and app.close() would wait for it.
  setInterval(() => app.server.closeIdleConnections(), 50).unref()
  await app.close()
  process.exit(0)
}

function describeListenFault(error: NodeJS.ErrnoException): string {
  const place = `${config.host.includes(':') ? `[${config.host}]` : config.host}:${config.port}`
  if (error.code === 'EADDRINUSE')
    return `MONITOR_PORT: ${place} is in use by another program. Example: MONITOR_PORT=8009`
  if (error.code === 'EACCES') return `MONITOR_PORT: this user may not listen on ${place}. Example: MONITOR_PORT=8008`
  if (error.code === 'EADDRNOTAVAIL')
    return `MONITOR_HOST: this machine has no address ${config.host}. Example: MONITOR_HOST=0.0.0.0`
  return `proxmenux-monitor cannot listen on ${place}: ${error.message}`
}

/** What is no HTTP request, or never ends, gets the envelope too. */
function answerUnreadable(
  error: NodeJS.ErrnoException,
  socket: Duplex & { _httpMessage?: object; parser?: { incoming: IncomingMessage | null } }
): void {
  // The answer is under way, or was given before the request's body ended: a second one would pass for the next
  // request's.
  const isAnswered = socket._httpMessage || socket.parser?.incoming?.complete === false
  if (error.code === 'ECONNRESET' || !socket.writable || isAnswered) {
    socket.destroy()
    return
  }
  const known: Record<string, [string, string]> = {
    HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'the request headers are too large'],
    ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'the request took too long']
  }
  const [status, message] = known[error.code ?? ''] ?? ['400 Bad Request', 'the request is not HTTP']
  const body = JSON.stringify(describeError(new AppError('VALIDATION', { message })))
  socket.end(
    `HTTP/1.1 ${status}\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`
  )
}
