import { readlinkSync } from 'node:fs'
import { setPriority } from 'node:os'
import { findMatch, hashCodes, hashPassword, type VerifyResult, type VerifyTask, verifyPassword } from './derive.ts'

export type Task =
  | VerifyTask
  | { kind: 'hash'; password: string; iterations: number }
  | { kind: 'hash-codes'; codes: readonly string[]; iterations: number }
  | { kind: 'find'; code: string; stored: readonly string[] }

let lowered = false

// On Linux, niceness is per thread: hashing yields the CPU to the event loop.
function lowerPriority(): void {
  lowered = true
  const tid = Number(readlinkSync('/proc/thread-self').split('/').at(-1))
  setPriority(tid, 10)
}

export default function run(task: Task): VerifyResult | string | string[] | number {
  if (!lowered) lowerPriority()
  if (task.kind === 'hash') return hashPassword(task.password, task.iterations)
  if (task.kind === 'hash-codes') return hashCodes(task.codes, task.iterations)
  return task.kind === 'find' ? findMatch(task.code, task.stored) : verifyPassword(task)
}
