import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs'
import { get } from 'node:http'
import { createServer } from 'node:net'
import { resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

export const root = resolve(import.meta.dirname, '..')
/** The Node of bin/proxmenux-monitor, used for every other process too. */
export const node = resolve(root, `node_modules/node-linux-${process.arch}/bin/node`)
export const HOST = '127.0.0.1'

export interface Server {
  pid: number
  url: string
  /** Milliseconds from the spawn to the first 200. */
  startedIn: number
  stop(): Promise<void>
}

export interface Launch {
  command: string
  args: string[]
  /** The environment, besides PATH and HOME. */
  env: Record<string, string>
  port: number
  /** The path that is requested until it answers 200. */
  path: string
  /** Destination of the log. */
  log?: string
}

const started = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of started) child.kill('SIGKILL')
})
// Without a listener a signal ends the process without running the hook above.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

/** Starts a child that always ends with this process. */
export function spawnBound(command: string, args: string[], options: SpawnOptions): ChildProcess {
  const child = spawn(command, args, options)
  started.add(child)
  child.once('exit', () => started.delete(child))
  return child
}

/** A port that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer().once('error', fail)
    server.listen(0, HOST, () => {
      const { port } = server.address() as { port: number }
      server.close(() => done(port))
    })
  })
}

const statusOf = (url: string): Promise<number> =>
  new Promise((done) => {
    get(url, { agent: false, timeout: 2000 }, (reply) => {
      reply.resume()
      reply.once('close', () => done(reply.statusCode ?? 0))
    }).once('error', () => done(0))
  })

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((done) => child.once('exit', done))
  child.kill('SIGTERM')
  const late = setTimeout(() => child.kill('SIGKILL'), 5000)
  await ended
  clearTimeout(late)
}

/** Starts a server and waits for its first answer, polled every 2 ms. Throws after 15 s, with its stderr output. */
export async function launch({ command, args, env, port, path, log = '/dev/null' }: Launch): Promise<Server> {
  const url = `http://${HOST}:${port}`
  const out = openSync(log, 'a')
  const begin = performance.now()
  const child = spawnBound(command, args, {
    cwd: root,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ['ignore', out, 'pipe']
  })
  closeSync(out)
  let complaint = ''
  child.stderr!.on('data', (chunk) => {
    complaint += chunk
  })
  while ((await statusOf(url + path)) !== 200) {
    if (child.exitCode !== null || performance.now() - begin > 15_000) {
      await stop(child)
      throw new Error(`${command} ${args.join(' ')} does not answer: ${complaint}`)
    }
    await wait(2)
  }
  return { pid: child.pid!, url, startedIn: performance.now() - begin, stop: () => stop(child) }
}

/** Starts a script of this folder as a server; it gets its port as the first argument. */
export async function launchScript(
  script: string,
  args: readonly string[],
  { path, env = {} }: Pick<Launch, 'path'> & Partial<Pick<Launch, 'env'>>
): Promise<Server> {
  const port = await freePort()
  return launch({ command: node, args: [resolve(import.meta.dirname, script), String(port), ...args], env, port, path })
}

/** Linux counts processor time in ticks of 10 ms. */
const TICK_S = 0.01

/** CPU seconds of a process, including all threads and its children that have ended. */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  // utime, stime, cutime, cstime (proc_pid_stat(5)).
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) * TICK_S
}

const readMiB = (file: string, field: string): number => {
  const match = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(readFileSync(file, 'utf8'))
  return Number(match?.[1]) / 1024
}

/** Resident memory in MiB: `rss` as in top, `pss` with shared pages divided among their processes. */
export const memoryOf = (pid: number) => ({
  rss: readMiB(`/proc/${pid}/status`, 'VmRSS'),
  pss: readMiB(`/proc/${pid}/smaps_rollup`, 'Pss'),
  threads: Number(/^Threads:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
})

/** The result of `read()`; `ended` if the process or thread has ended in the meantime. */
function unlessEnded<T>(read: () => T, ended: T): T {
  try {
    return read()
  } catch (error) {
    // ESRCH: the process ended after the file was opened, or it is a zombie.
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code!)) return ended
    throw error
  }
}

/** The sum of `measure` over a process and its descendants. A descendant that ends during the call counts 0. */
export function sumOverTree(pid: number, measure: (pid: number) => number): number {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((thread) => {
    const list = unlessEnded(() => readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8'), '')
    return list.split(' ').filter(Boolean).map(Number)
  })
  // Measured after its children were listed: the CPU time of an ended child counts for this process.
  const own = measure(pid)
  return children.reduce((sum, child) => sum + unlessEnded(() => sumOverTree(child, measure), 0), own)
}

/** Runs a script of this folder in its own process, sends it one order and waits for the answer. */
export function order<Order extends object, Answer>(
  script: string,
  message: Order,
  flags: readonly string[] = []
): Promise<Answer> {
  const child = spawnBound(node, [...flags, resolve(import.meta.dirname, script)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc']
  })
  return new Promise((done, fail) => {
    child.once('message', (answer) => {
      done(answer as Answer)
      child.kill()
    })
    child.once('error', fail)
    child.once('exit', (code) => fail(new Error(`${script} ended with ${code} and no answer`)))
    child.send(message)
  })
}
