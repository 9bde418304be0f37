import { type ChildProcess, spawn } from 'node:child_process'
import { connect } from 'node:net'
import { join } from 'node:path'
import type { Test } from 'tap'
import { executable } from '../support/executable.ts'
import { comes } from '../support/waiting.ts'

export interface Exit {
  code: number | null
  signal: NodeJS.Signals | null
}

export interface Daemon {
  pid: number
  port: number
  url: string
  /** Everything it wrote so far, log and faults alike. */
  output: () => string
  exited: Promise<Exit>
  /** Signals this one process, by its number. */
  signal: (signal: NodeJS.Signals) => void
}

/** The environment of a daemon that lives in `folder` and has no request limits; `undefined` removes a variable. */
export const environmentIn = (folder: string, more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH ?? '',
  // Some hundred daemons start in a run of all tests.
  ...(process.env.NODE_COMPILE_CACHE && { NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE }),
  HOME: folder,
  MONITOR_HOST: '127.0.0.1',
  MONITOR_PORT: '0',
  MONITOR_CONFIG_DIR: join(folder, 'config'),
  MONITOR_STATE_DIR: join(folder, 'state'),
  MONITOR_AUTH_LOG: join(folder, 'auth.log'),
  MONITOR_SSL_CONFIG: join(folder, 'ssl_config.json'),
  MONITOR_FAIL2BAN_CLIENT: join(folder, 'no-fail2ban-client'),
  MONITOR_RATE_LIMIT: '1000000000',
  MONITOR_RATE_LIMIT_LOGIN: '1000000000',
  MONITOR_RATE_LIMIT_TOKEN: '1000000000',
  ...more
})

function launch(t: Pick<Test, 'teardown'>, env: NodeJS.ProcessEnv, command = [executable]) {
  const [file, ...args] = command
  const child = spawn(file!, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  let errors = ''
  const collect = (chunk: Buffer) => {
    // The ready line stands at the start, the reason of an end at the end: the middle is let go.
    output = output.length > 200_000 ? output.slice(0, 20_000) + output.slice(-20_000) + chunk : output + chunk
  }
  child.stdout.on('data', collect)
  child.stderr.on('data', collect)
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk
  })
  const exited = new Promise<Exit>((done) => child.once('close', (code, signal) => done({ code, signal })))
  t.teardown(() => endProcess(child))
  return { child, exited, output: () => output, errors: () => errors }
}

function endProcess(child: ChildProcess): void {
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
}

/** Starts the real daemon, or the one that `command` starts, and waits until it listens. It is ended with the test. */
export async function startDaemon(
  t: Pick<Test, 'teardown'>,
  folder: string,
  more: NodeJS.ProcessEnv = {},
  command?: string[]
): Promise<Daemon> {
  const { child, exited, output } = launch(t, environmentIn(folder, more), command)
  let gone = false
  void exited.then(() => {
    gone = true
  })
  const listening = () => /Server listening at https?:\/\/127\.0\.0\.1:(\d+)/.exec(output())
  await comes(() => gone || listening(), { withinMs: 90_000 })
  const found = listening()
  if (!found) throw new Error(`the daemon did not start: ${output()}`)
  const port = Number(found[1])
  return {
    pid: child.pid!,
    port,
    url: `http://127.0.0.1:${port}`,
    output,
    exited,
    signal: (signal) => void child.kill(signal)
  }
}

/** Runs the daemon until it ends by itself; `errors` is its standard error. */
export async function runToEnd(t: Test, env: NodeJS.ProcessEnv): Promise<Exit & { errors: string }> {
  const { exited, errors } = launch(t, env)
  return { ...(await exited), errors: errors() }
}

export interface Exchange {
  text: string
  /** Milliseconds until the other end closed, or null when `forMs` was over first. */
  closedAfter: number | null
}

/** Sends raw bytes and listens until the other end closes or `forMs` is over. */
export function exchange(
  port: number,
  chunks: readonly (string | Buffer)[],
  forMs: number,
  isWhole: (text: string) => boolean = () => false
): Promise<Exchange> {
  return new Promise((done) => {
    const started = performance.now()
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
    const received: Buffer[] = []
    const finish = (closedAfter: number | null) => {
      clearTimeout(timer)
      socket.destroy()
      done({ text: Buffer.concat(received).toString('latin1'), closedAfter })
    }
    const timer = setTimeout(() => finish(null), forMs)
    socket.on('data', (chunk) => {
      received.push(chunk)
      if (isWhole(Buffer.concat(received).toString('latin1'))) finish(null)
    })
    socket.on('end', () => finish(performance.now() - started))
    socket.on('close', () => finish(performance.now() - started))
    socket.on('error', () => {})
    for (const chunk of chunks) socket.write(chunk)
  })
}

/** The status lines of all answers in a text. */
export const statusesOf = (text: string): number[] =>
  [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map((match) => Number(match[1]))

/** What is wrong with an answer as a failure's envelope (contract 2), or null. */
export function envelopeFault(contentType: unknown, text: string): string | null {
  if (!/^application\/json\b/.test(String(contentType))) return `content type ${contentType}`
  let body: Record<string, unknown>
  try {
    body = JSON.parse(text)
  } catch {
    return `no JSON: ${text.slice(0, 200)}`
  }
  const texts = ['error', 'message', 'code'].every((key) => typeof body[key] === 'string' && body[key] !== '')
  return body.success === false && texts && /^[A-Z][A-Z_]+$/.test(String(body.code))
    ? null
    : `no envelope: ${text.slice(0, 200)}`
}
