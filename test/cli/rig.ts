import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Test } from 'tap'
import { type Daemon, environmentIn, startDaemon } from '../attack/harness.ts'
import { bearer, PASSWORD, temporaryFolder } from '../support/app.ts'
import { executable } from '../support/executable.ts'
import { comes } from '../support/waiting.ts'

export const OWNER = { username: 'admin', password: PASSWORD }
export interface Answer {
  code: number | null
  stdout: string
  stderr: string
  text: string
  json: Record<string, unknown>
}

const parse = (text: string): Record<string, unknown> => {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}

/** The real command with an environment, or another program; without a terminal. `input` is its standard input. */
export async function run(
  words: readonly string[],
  env: NodeJS.ProcessEnv,
  input = '',
  file = executable
): Promise<Answer> {
  // Without tap's own hook in the command.
  const { NODE_OPTIONS: _, ...rest } = env
  const child = spawn(file, words, { env: rest, stdio: ['pipe', 'pipe', 'pipe'] })
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  const ended = new Promise<number | null>((done) => child.once('close', done))
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  return { code, stdout, stderr, text: stdout + stderr, json: parse(stdout || stderr) }
}

export type Body = Record<string, unknown>

/** One request to a daemon. */
export async function ask(daemon: Daemon, path: string, token = '', body?: object, method = body ? 'POST' : 'GET') {
  const headers = { ...(body && { 'content-type': 'application/json' }), ...(token !== '' && bearer(token)) }
  const reply = await fetch(daemon.url + path, { method, headers, ...(body && { body: JSON.stringify(body) }) })
  return { status: reply.status, json: (await reply.json()) as Body }
}

/** A host with an owner; its daemon can be stopped and started again. `more` adds variables that depend on its folder. */
export async function openHost(t: Test, more = async (_folder: string): Promise<NodeJS.ProcessEnv> => ({})) {
  const folder = await temporaryFolder(t)
  const added = await more(folder)
  const env = environmentIn(folder, added)
  const start = () => startDaemon(t, folder, added)
  const stop = async (daemon: Daemon) => {
    daemon.signal('SIGTERM')
    await daemon.exited
  }
  const daemon = await start()
  const setup = await ask(daemon, '/api/auth/setup', '', OWNER)
  const auth = join(folder, 'config/auth.json')
  return {
    folder,
    env,
    auth,
    daemon,
    token: String(setup.json.token),
    start,
    stop,
    command: (words: string, input?: string) => run(words.split(' '), env, input),
    readAuth: () => parse(readFileSync(auth, 'utf8')),
    /** The lines of the authentication log that the command line wrote. */
    audited: () =>
      readFileSync(join(folder, 'auth.log'), 'utf8')
        .split('\n')
        .filter((line) => line.includes('user=command\\u{20}line'))
  }
}
export type Host = Awaited<ReturnType<typeof openHost>>

/** Waits until a condition holds, for the second within which a daemon must see a change (contract 13). */
export const withinASecond = (isSo: () => Promise<boolean>) => comes(isSo, { withinMs: 1000 })

/** A configuration folder with this auth.json, without a daemon. */
export async function place(t: Test, auth: object) {
  const folder = await temporaryFolder(t)
  for (const name of ['config', 'state']) mkdirSync(join(folder, name), { mode: 0o700 })
  writeFileSync(join(folder, 'config/auth.json'), JSON.stringify(auth), { mode: 0o600 })
  const env = environmentIn(folder)
  return { folder, env, command: (words: string, input?: string) => run(words.split(' '), env, input) }
}
