import { type SpawnOptions, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Server } from 'node:net'
import { comes } from '../support/waiting.ts'

/** How long programs live: as long as a test, or a run of the matrix. */
export interface Life {
  teardown(end: () => unknown): void
}

export interface Program {
  pid: number | undefined
  /** Everything it wrote so far. */
  output: () => string
  isRunning: () => boolean
}

/** Where Debian keeps a program; on a user's machine without it the test says what would bring it, on CI it fails. */
export const missing = (file: string, debianPackage: string): string | false =>
  existsSync(file) || process.env.CI ? false : `needs ${file}: apt-get install ${debianPackage}`

const groups = new Set<number>()
const kill = (group: number) => {
  if (!groups.delete(group)) return
  try {
    process.kill(-group, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}
// Also when a test is broken off, and its teardown never runs.
process.on('exit', () => {
  for (const group of groups) kill(group)
})

/** Starts a program in the foreground, in a process group of its own, which ends with `life`. */
export function start(
  life: Life,
  file: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
  owner: Pick<SpawnOptions, 'uid' | 'gid'> = {}
): Program {
  const child = spawn(file, args, { env, ...owner, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  const collect = (chunk: Buffer) => {
    output = (output + chunk).slice(-100_000)
  }
  child.stdout.on('data', collect)
  child.stderr.on('data', collect)
  child.on('error', (error) => collect(Buffer.from(`${error.message}\n`)))
  const group = child.pid
  if (group !== undefined) groups.add(group)
  life.teardown(() => group !== undefined && kill(group))
  return {
    pid: group,
    output: () => output,
    isRunning: () => group !== undefined && child.exitCode === null && child.signalCode === null
  }
}

/** Ports of 127.0.0.1 that are free now, each another. */
export async function freePorts<const Names extends readonly string[]>(
  ...names: Names
): Promise<Record<Names[number], number>> {
  const held = await Promise.all(
    names.map(
      () =>
        new Promise<Server>((resolve) => {
          const server = createServer().listen(0, '127.0.0.1', () => resolve(server))
        })
    )
  )
  const ports = held.map((server) => (server.address() as AddressInfo).port)
  await Promise.all(held.map((server) => new Promise((done) => server.close(done))))
  return Object.fromEntries(names.map((name, i) => [name, ports[i]])) as Record<Names[number], number>
}

const accepts = (port: number, host: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, host)
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('close', () => resolve(false)).once('connect', () => socket.destroy())
  })

/** Waits for what comes sooner or later; throws with `what` and the program's words when it did not. */
export async function until(what: string, happens: () => Promise<boolean> | boolean, program?: Program): Promise<void> {
  let isThere = false
  const isDecided = async () => {
    isThere = await happens()
    return isThere || program?.isRunning() === false
  }
  await comes(isDecided, { withinMs: 120_000, everyMs: 50 })
  if (!isThere) throw new Error(`${what}: this did not come about\n${program?.output() ?? ''}`)
}

export const listens = (program: Program, port: number, host = '127.0.0.1'): Promise<void> =>
  until(`something listens on ${host}:${port}`, () => accepts(port, host), program)
