import { fstatSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { networkInterfaces } from 'node:os'
import type { Duplex } from 'node:stream'
import { buildApp } from './app.ts'
import { AppError, describeError } from './lib/api/errors.ts'
import { readConfig } from './lib/startup/config.ts'
import { FolderError, prepareFolders } from './lib/startup/folders.ts'
import { finishRestore } from './lib/startup/interrupted-restore.ts'
import { describeListenFault } from './lib/startup/listen-fault.ts'
import { readVersion } from './lib/startup/locations.ts'
import { ownUrls } from './lib/startup/own-urls.ts'
import { poolWorkEnds } from './lib/startup/pool-work.ts'
import { createServiceManager } from './lib/startup/service-manager.ts'
import { openTerminalLog } from './lib/startup/terminal-log.ts'
import { lockFolders } from './lib/storage/folder-lock.ts'
import { describeUnavailable, StoreUnavailableError } from './lib/storage/panel/unavailable.ts'

/** Milliseconds after a signal until running requests are aborted. */
const REQUESTS_MS = 8000
/** Milliseconds after a signal until the process ends in any case, before systemd kills it (TimeoutStopSec). */
const END_MS = 13_000
/** Milliseconds that running file operations of libuv's pool get after everything else has ended. */
const POOL_WORK_MS = 1500

const report = (...lines: string[]) => process.stderr.write(`${lines.join('\n')}\n`)

/** Exit code of unusable settings (contract 13). systemd does not start the daemon again after it. */
const UNUSABLE_SETTINGS = 2

function fail(code: number, ...lines: string[]): never {
  report(...lines)
  process.exit(code)
}

/**
 * Ends the process without exit(), which waits for every thread of libuv's pool: a thread that hangs in a dead file
 * system would block the exit forever. No data is lost: every possible write has been done.
 */
function killSelf(): never {
  process.kill(process.pid, 'SIGKILL')
  // The signal is delivered before kill() returns to this thread.
  throw new Error('unreachable')
}

/** Ends the process once its file operations have ended or time out. */
async function end(code: number): Promise<never> {
  if (await poolWorkEnds(POOL_WORK_MS)) process.exit(code)
  report('proxmenux-monitor: a file system does not answer; ending without it')
  killSelf()
}

async function failLate(line: string): Promise<never> {
  report(line)
  return end(1)
}

const read = readConfig(process.env)
if (read.config === null) fail(UNUSABLE_SETTINGS, ...read.faults)
let prepared: ReturnType<typeof prepareFolders>
try {
  prepared = prepareFolders(read.config, process.getuid?.() === 0)
  prepared.warnings.push(...(await lockFolders([prepared.config.configDir, prepared.config.stateDir])))
  await finishRestore(prepared.config.configDir)
} catch (error) {
  fail(error instanceof FolderError ? UNUSABLE_SETTINGS : 1, (error as Error).message)
}
const { config } = prepared

// Request ids must be unique within one log: the start time and a counter.
const start = Date.now().toString(36)
let requests = 0

const terminalLog = await openTerminalLog(process.stdout)
const app = await buildApp({
  config,
  version: readVersion(),
  ...(leadsToJournal(process.env.JOURNAL_STREAM) && {
    writeJournal: (line: string) => void process.stderr.write(line)
  }),
  fastify: {
    logger: {
      level: config.logLevel,
      ...(terminalLog && { stream: terminalLog }),
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
}).catch((error: NodeJS.ErrnoException) => {
  const fault = error instanceof StoreUnavailableError ? describeUnavailable(error) : error.message
  return failLate(`proxmenux-monitor cannot start: ${fault}`)
})

for (const warning of [...read.warnings, ...prepared.warnings]) app.log.warn(warning)

const serviceManager = createServiceManager(process.env, process.pid, (message) => app.log.warn(message))
let isEnding = false
// The listener stays, so that a second signal does not kill the process during its writes.
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void shutDown(signal))
process.on('SIGHUP', () => {
  if (isEnding) return
  app.log.info('SIGHUP: reading auth.json, settings.json and the TLS files, reopening the authentication log')
  Promise.all([app.authStore.refresh(), app.settings.refresh(), app.tls.refresh(), app.auditLog.check()]).catch((err) =>
    app.log.error({ err }, 'reload failed')
  )
})

try {
  const listenTextResolver = (address: string) =>
    `Server listening at ${app.tlsListener.isOn() ? address.replace(/^http:/, 'https:') : address}`
  await app.listen({ host: config.host, port: config.port, backlog: 1024, listenTextResolver })
  if (config.host === 'localhost') await app.tlsListener.listenOnLocalhost(1024)
  sayWhereToOpen()
} catch (error) {
  endAfter(END_MS)
  await app.close()
  await failLate(describeListenFault(error as NodeJS.ErrnoException, config, process.env))
}

void serviceManager.ready()

/** The last line of the start; in the log where it is JSON. */
function sayWhereToOpen(): void {
  const scheme = app.tlsListener.isOn() ? 'https' : 'http'
  const { port } = app.server.address() as AddressInfo
  const urls = ownUrls({ scheme, host: config.host, port, interfaces: networkInterfaces() })
  const text = `Open ${urls.join(' or ')}`
  if (terminalLog) process.stdout.write(`${text}\n`)
  else app.log.info(text)
}

/** Whether standard error is the journal's stream, which systemd names by device and inode (systemd.exec(5)). */
function leadsToJournal(stream: string | undefined): boolean {
  const { dev, ino } = fstatSync(2)
  return stream === `${dev}:${ino}`
}

/** Kills the process after `ms`, unless it has ended by then. */
function endAfter(ms: number): void {
  setTimeout(() => {
    report('proxmenux-monitor: a file system or a program does not answer; ending without it')
    killSelf()
  }, ms).unref()
}

/** Finishes running requests and ends the process: with code 0, or with 1 and a line that says why. */
async function shutDown(signal: string): Promise<void> {
  if (isEnding) return
  isEnding = true
  app.log.info({ signal }, 'shutting down')
  endAfter(END_MS)
  const isTold = serviceManager.stopping()
  let code = 0
  setTimeout(() => {
    code = 1
    report(`proxmenux-monitor: requests did not finish in ${REQUESTS_MS / 1000} s; ending without them`)
    app.server.closeAllConnections()
  }, REQUESTS_MS).unref()
  // A keep-alive connection stays open after its request, and app.close() would wait for it.
  setInterval(() => app.server.closeIdleConnections(), 50).unref()
  await app.close().catch((err) => {
    code = 1
    app.log.error({ err }, 'closing failed')
  })
  await isTold
  await end(code)
}

/** Malformed and timed-out requests get the error envelope too. */
function answerUnreadable(
  error: NodeJS.ErrnoException,
  socket: Duplex & { _httpMessage?: object; parser?: { incoming: IncomingMessage | null } }
): void {
  // The request was or is being answered: the client would take a second answer for that of its next request.
  const isAnswered = socket._httpMessage || socket.parser?.incoming?.complete === false
  if (error.code === 'ECONNRESET' || !socket.writable || isAnswered) {
    socket.destroy()
    return
  }
  const known: Record<string, [string, string]> = {
    HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'the request headers are too large'],
    ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'the request took too long']
  }
  const [status, message] = known[error.code ?? ''] ?? ['400 Bad Request', 'the request is not valid HTTP']
  const body = JSON.stringify(describeError(new AppError('VALIDATION', { message })))
  socket.end(
    `HTTP/1.1 ${status}\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`
  )
}
