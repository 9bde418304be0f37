import { appendFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { State } from './types.ts'

const LOCK_WAIT_MS = 60_000

export interface Store {
  read: () => State
  /** Changes the state alone: other processes wait. What `change` throws leaves the state as it was. */
  change: <T>(change: (state: State) => T) => T
  /** Notes a call of a program. */
  note: (words: readonly string[]) => void
  calls: () => string[][]
}

/**
 * The state file of one folder. The lock is a SQLite transaction of another file: the kernel lets go of it when its
 * holder is killed, which some tests do on purpose.
 */
export function openStore(folder: string): Store {
  const file = join(folder, 'state.json')
  const callsFile = join(folder, 'calls')
  const read = (): State => JSON.parse(readFileSync(file, 'utf8'))
  return {
    read,
    change(change) {
      const lock = new DatabaseSync(join(folder, 'lock'), { timeout: LOCK_WAIT_MS })
      try {
        lock.exec('BEGIN EXCLUSIVE')
        const state = read()
        const result = change(state)
        const next = `${file}.${process.pid}`
        writeFileSync(next, JSON.stringify(state, null, 1))
        renameSync(next, file)
        return result
      } finally {
        lock.close()
      }
    },
    note: (words) => appendFileSync(callsFile, `${JSON.stringify(words)}\n`),
    calls: () =>
      readFileSync(callsFile, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line))
  }
}
