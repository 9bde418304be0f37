import type { LevelCounts, LogCountsReply } from '../../schemas/host/logs.ts'
import { LEVELS, type LogQuery } from './log-query.ts'
import { joinFaults, type Logs } from './logs.ts'

/** Sums of the levels, as the Monitor's client shows them. */
const isError = (priority: number) => priority <= 3
const isWarning = (priority: number) => priority === 4

const isoTime = (microseconds: number): string => new Date(Math.floor(microseconds / 1000)).toISOString()

const levelsOf = (counted: readonly number[]): LevelCounts =>
  Object.fromEntries(LEVELS.map((level, priority) => [level, counted[priority]!])) as LevelCounts

/**
 * Counts entries by priority, the newest first, within the limits of one answer. Beyond them the counts are of the newest
 * entries, and `since` is the time of the oldest counted one. Resolves to null if too many requests are running.
 */
export function createLogCounts(logs: Pick<Logs, 'acquire' | 'open' | 'createBudget'>) {
  return async (query: LogQuery, signal: AbortSignal, now: number): Promise<LogCountsReply | null> => {
    const release = await logs.acquire()
    if (release === null) return null
    const budget = logs.createBudget()
    let log: Awaited<ReturnType<Logs['open']>> | undefined
    try {
      // Messages are most of the output of journalctl.
      log = await logs.open(query, budget, signal, { withoutMessages: query.search === null })
      const { reader } = log
      const counted = LEVELS.map(() => 0)
      let withoutPriority = 0
      let oldest: number | null = null
      for (let record = await reader?.next(); record; record = await reader?.next()) {
        oldest = record.at
        if (record.priority === null) withoutPriority++
        else counted[record.priority]!++
      }
      const complete = !budget.isOver()
      const isJournal = reader !== null && log.source === 'journal'
      const sum = (matches: (priority: number) => boolean) =>
        isJournal ? counted.reduce((total, count, priority) => total + (matches(priority) ? count : 0), 0) : null
      const since = complete ? query.since : (oldest ?? now * 1000)
      const noPriorities = isJournal || reader === null ? null : `${log.source} has no priorities`
      const fault = log.reason ?? joinFaults(reader?.faults ?? []) ?? noPriorities
      return {
        success: true,
        counts: isJournal ? levelsOf(counted) : null,
        without_priority: withoutPriority,
        errors: sum(isError),
        warnings: sum(isWarning),
        info: sum((priority) => !isError(priority) && !isWarning(priority)),
        total: counted.reduce((total, count) => total + count, withoutPriority),
        since: isoTime(since),
        source: reader === null ? null : log.source,
        complete,
        reason: complete ? fault : `${budget.reason()}; entries before \`since\` are not counted`
      }
    } finally {
      await log?.reader?.close()
      release()
    }
  }
}
export type LogCounts = ReturnType<typeof createLogCounts>
