import { type FileHandle, open } from 'node:fs/promises'
import type { LogReader } from './journal-reader.ts'
import { createLinesBackwards, type PlacedLine } from './lines-backwards.ts'
import { type LogCursor, type LogQuery, type LogRecord, matches } from './log-query.ts'
import { parseSyslogLine } from './syslog-line.ts'
import type { WorkBudget } from './work-budget.ts'

/** Limit of lines without a time, which continue the line before them. */
const MAX_CONTINUATION = 200
const MAX_MESSAGE = 65_536

export interface TextLogOptions {
  /** The newest file first. */
  paths: readonly string[]
  query: LogQuery
  budget: WorkBudget
  /** Microseconds since the epoch. */
  now: number
}

/** Reads syslog files backwards. They have no priorities and units: a unit is matched by its identifier. */
export async function openTextLog({ paths, query: requested, budget, now }: TextLogOptions): Promise<LogReader> {
  const { cursor } = requested
  const query = {
    ...requested,
    unit: null,
    identifier: requested.identifier ?? requested.unit?.replace(/\.service$/, '') ?? null
  }
  const faults: string[] = []
  const files: { handle: FileHandle; inode: number; size: number }[] = []
  for (const path of paths) {
    try {
      const handle = await open(path, 'r')
      const { ino: inode, size } = await handle.stat()
      files.push({ handle, inode, size })
    } catch (error) {
      faults.push(`${path} cannot be read (${(error as NodeJS.ErrnoException).code})`)
    }
  }
  // The cursor's file may have been rotated, so it is found by inode. If it was deleted, the cursor's time is the limit.
  const resumed = cursor?.kind === 'file' ? files.findIndex(({ inode }) => inode === cursor.inode) : -1
  const newestRequested = cursor && resumed === -1 ? Math.min(query.until, cursor.at - 1) : query.until

  let next = Math.max(0, resumed)
  let lines: (() => Promise<PlacedLine | null>) | null = null
  let inode = 0
  let newer = now
  let last: LogCursor | null = null

  function openNext(): boolean {
    const file = files[next]
    if (!file) return false
    const end = next === resumed && cursor ? Math.min((cursor as { offset: number }).offset, file.size) : file.size
    lines = createLinesBackwards(file.handle, end)
    inode = file.inode
    next++
    return true
  }

  async function previous(): Promise<LogRecord | null> {
    let continuation: string[] = []
    while (!budget.isOver()) {
      await budget.pause()
      if (lines === null && !openNext()) return null
      const line = await lines!()
      if (line === null) {
        lines = null
        continue
      }
      const record = parseSyslogLine(line.text, newer)
      if (record === null) {
        continuation = [line.text, ...continuation].slice(0, MAX_CONTINUATION)
        continue
      }
      newer = record.at
      last = { kind: 'file', inode, offset: line.offset, at: record.at }
      const message = [record.message, ...continuation].join('\n').slice(0, MAX_MESSAGE)
      return { ...record, message: message.trimEnd() }
    }
    return null
  }

  return {
    faults,
    cursor: () => last,
    async next() {
      for (;;) {
        const record = await previous()
        if (record === null || record.at < query.since) return null
        if (record.at <= newestRequested && matches(record, query)) return record
      }
    },
    async close() {
      await Promise.all(files.map(({ handle }) => handle.close()))
    }
  }
}
