import { readFileSync } from 'node:fs'
import { until } from '../waiting.ts'
import { type Context, Died, die, takeTime } from './context.ts'
import type { State, Task } from './types.ts'

const hex = (number: number) => number.toString(16).toUpperCase().padStart(8, '0')

/** PVE::Tools::upid_encode. */
export const upidOf = (task: Omit<Task, 'upid' | 'endtime' | 'exitstatus' | 'log'>) =>
  `UPID:${task.node}:${hex(task.pid)}:${hex(task.pstart)}:${hex(task.starttime)}:${task.type}:${task.id}:${task.user}:`

/** A killed worker whose parent is gone stays a zombie where process 1 does not reap. */
const isAlive = (pid: number) => {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

/** How a task stands: one whose worker was killed has ended without a status (PVE::Tools::upid_read_status). */
export const statusOf = (task: Task): { status: 'running' | 'stopped'; exitstatus: string | null } =>
  task.exitstatus !== null
    ? { status: 'stopped', exitstatus: task.exitstatus }
    : isAlive(task.pid)
      ? { status: 'running', exitstatus: null }
      : { status: 'stopped', exitstatus: 'unexpected status' }

export interface TaskOptions {
  type: string
  id: string | number
  node: string
  /** The lock file of the guest: one task of a guest runs at a time. */
  lock?: string
  /** The work itself takes the time of its step. */
  pacesItself?: boolean
}

/** PVE::Tools::lock_file_full waits ten seconds. */
async function waitForLock({ store, err }: Context, file: string, register: () => string | null): Promise<string> {
  const patience = store.read().durations.lock ?? 10_000
  err('trying to acquire lock...\n')
  let upid: string | null = null
  await until(
    () => {
      upid = register()
      return upid
    },
    { withinMs: patience, everyMs: 100 }
  ).catch(() => die(`can't lock file '${file}' - got timeout`))
  err(' OK\n')
  return upid!
}

/**
 * Runs a task in the foreground as PVE::RESTEnvironment::fork_worker does on the command line: what it logs goes to
 * standard output and to the task's log, its error to standard error. Returns whether it succeeded; pct ends with it,
 * pvesh prints the task's id and ends with 0 in any case.
 */
export async function runTask(
  context: Context,
  { type, id, node, lock, pacesItself = false }: TaskOptions,
  work: (log: (line: string) => void) => Promise<void>
): Promise<{ upid: string; ok: boolean }> {
  const { store } = context
  /** Registers the task; null while another one of this guest runs. */
  const register = (state: State): string | null => {
    const isBusy = (task: Task) => task.id === String(id) && statusOf(task).status === 'running'
    if (lock !== undefined && state.tasks.some(isBusy)) return null
    const started = {
      node,
      type,
      id: String(id),
      user: 'root@pam',
      pid: process.pid,
      // Clock ticks since the node was booted.
      pstart: Math.floor((Date.now() - state.nodes[node]!.bootedAt) / 10) % 2 ** 32,
      starttime: Math.floor(Date.now() / 1000),
      endtime: null,
      exitstatus: null,
      log: []
    }
    const upid = upidOf(started)
    state.tasks.unshift({ upid, ...started })
    return upid
  }
  const upid = store.change(register) ?? (await waitForLock(context, lock!, () => store.change(register)))
  const change = (change: (task: Task) => void) =>
    store.change((state: State) => change(state.tasks.find((task) => task.upid === upid)!))
  const end = (exitstatus: string, lastLine: string) =>
    change((task) => {
      task.exitstatus = exitstatus
      task.endtime = Math.floor(Date.now() / 1000)
      task.log.push(lastLine)
    })
  try {
    if (!pacesItself) await takeTime(context, 2)
    await work((line) => {
      context.out(`${line}\n`)
      change((task) => task.log.push(line))
    })
    if (!pacesItself) await takeTime(context, 2)
    end('OK', 'TASK OK')
    return { upid, ok: true }
  } catch (error) {
    if (!(error instanceof Died)) throw error
    const text = error.message.replaceAll('\n', ' ')
    end(text, `TASK ERROR: ${text}`)
    context.err(`${text}\n`)
    return { upid, ok: false }
  }
}
