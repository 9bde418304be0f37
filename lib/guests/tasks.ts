import type { Task } from '../../schemas/host/guests.ts'
import { type Entry, isEntry, numberOf, textIn } from '../proxmox/resources.ts'

const UPID = /^UPID:([^:]+):[0-9A-F]{8}:[0-9A-F]{8,9}:([0-9A-F]{8}):([^:]+):([^:]*):([^:]+):$/i

/** The fields of a task’s id; null if the id is invalid. */
export function readUpid(upid: string) {
  const [, node, start, type, id, user] = UPID.exec(upid) ?? []
  if (node === undefined) return null
  return { node, startedAt: Number.parseInt(start!, 16), type: type!, id: id!, user: user! }
}

/** The last id of a task in the output of a program. A task of another node comes back in one text with its log. */
export const upidIn = (output: string): string | null =>
  output.match(/UPID:[^\s:"]+:[0-9A-F]{8}:[0-9A-F]{8,9}:[0-9A-F]{8}:[^\s:"]+:[^\s:"]*:[^\s:"]+:/gi)?.at(-1) ?? null

const isoOf = (seconds: number) => new Date(seconds * 1000).toISOString()
/** Years beyond 9999 have another format. */
const MAX_SECONDS = 253_402_300_799
const timeOf = (value: unknown): number | null => {
  const seconds = numberOf(value)
  return seconds === null || seconds < 0 || seconds > MAX_SECONDS ? null : seconds
}

// `WARNINGS: 3` is how Proxmox VE says that a task has succeeded with warnings.
export const stateOf = (exitStatus: string | null): Task['state'] =>
  exitStatus === null ? 'running' : exitStatus === 'OK' || /^WARNINGS: \d+$/.test(exitStatus) ? 'ok' : 'failed'

/** A task from its id and its known end; null if the id is invalid. */
export function describeTask(upid: string, exitStatus: string | null, endedAt: number | null): Task | null {
  const read = readUpid(upid)
  if (read === null) return null
  return {
    upid,
    node: read.node,
    type: read.type,
    vmid: /^[1-9]\d{2,8}$/.test(read.id) ? Number(read.id) : null,
    user: read.user,
    state: stateOf(exitStatus),
    exit_status: exitStatus,
    started_at: isoOf(read.startedAt),
    ended_at: endedAt === null ? null : isoOf(endedAt)
  }
}

/** GET /nodes/{node}/tasks, the newest first. There `status` is the exit status of an ended task, and `RUNNING` for a running one. */
export function parseTasks(answer: unknown): Task[] {
  const entries = Array.isArray(answer) ? answer.filter(isEntry) : []
  const tasks = entries.flatMap((entry: Entry) => {
    const endedAt = timeOf(entry.endtime)
    const exitStatus = endedAt === null ? null : textIn(entry.status) || 'unexpected status'
    const task = describeTask(textIn(entry.upid), exitStatus, endedAt)
    return task === null ? [] : [task]
  })
  return tasks.sort((a, b) => (a.started_at < b.started_at ? 1 : a.started_at > b.started_at ? -1 : 0))
}

/** GET …/tasks/{upid}/status: how the task ended; null while it runs. Throws if the answer is unknown. */
export function parseStatus(answer: unknown): string | null {
  if (!isEntry(answer)) throw new Error('unexpected output from pvesh')
  if (answer.status === 'running') return null
  if (answer.status !== 'stopped') throw new Error('unexpected output from pvesh')
  return textIn(answer.exitstatus) || 'unexpected status'
}

const MAX_LINES = 100
const MAX_LINE = 1000

/** GET …/tasks/{upid}/log: its last lines. An empty log has the line `no content`. */
export function parseLog(answer: unknown): string[] {
  const entries = Array.isArray(answer) ? answer.filter(isEntry) : []
  const lines = entries
    .filter((entry) => typeof entry.t === 'string')
    .sort((a, b) => (numberOf(a.n) ?? 0) - (numberOf(b.n) ?? 0))
    .map((entry) =>
      (entry.t as string)
        .replaceAll(/\p{Cc}/gu, '')
        .slice(0, MAX_LINE)
        .toWellFormed()
    )
  return lines.length === 1 && lines[0] === 'no content' ? [] : lines.slice(-MAX_LINES)
}
