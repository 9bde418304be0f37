import { useCallback, useEffect, useRef, useState } from 'react'
import { api } from '../../api/client.ts'
import type { Reply } from '../../api/paths.ts'
import { type Polled, usePoll } from '../../data/use-poll.ts'
import { type Filters, queryOf } from './filters.ts'

type Page = Reply<'/api/logs'>
export type Entry = Page['logs'][number]

const FOLLOW_EVERY_MS = 5000
const LIMIT = 100

export interface Logs {
  /** The newest page, polled while `isFollowing`. */
  newest: Polled<Page>
  /** The older entries loaded so far. */
  older: Entry[]
  /** Whether older entries exist after the last page. */
  hasMore: boolean
  /** Whether the host stopped the search for the last page at its time limit. */
  isCut: boolean
  loadOlder(): Promise<void>
}

/** The newest entries, and older entries page by page. Older pages stay in place while new entries arrive. */
export function useLogs(filters: Filters, isFollowing: boolean): Logs {
  const { level, time, unit, search } = filters
  const load = useCallback(
    (signal: AbortSignal) =>
      api.get('/api/logs', { query: { ...queryOf({ level, time, unit, search }), limit: LIMIT }, signal }),
    [level, time, unit, search]
  )
  // Older pages continue the newest page of that time, which is kept while they are shown.
  const [pages, setPages] = useState<{ load: unknown; first: Page; rest: Page[] } | null>(null)
  const shown = pages?.load === load ? pages : null
  const polled = usePoll(load, isFollowing ? FOLLOW_EVERY_MS : 0)
  const last = shown?.rest.at(-1) ?? shown?.first ?? polled.data
  const isAlive = useRef(true)
  useEffect(() => {
    isAlive.current = true
    return () => {
      isAlive.current = false
    }
  }, [])

  const loadOlder = async () => {
    if (!last?.next) return
    const first = shown?.first ?? polled.data!
    const page = await api.get('/api/logs', {
      query: { ...queryOf({ level, time, unit, search }), limit: LIMIT, before: last.next }
    })
    if (isAlive.current) setPages({ load, first, rest: [...(shown?.rest ?? []), page] })
  }
  const newest = shown ? { ...polled, data: shown.first } : polled
  return {
    newest,
    older: shown?.rest.flatMap(({ logs }) => logs) ?? [],
    hasMore: last?.next != null,
    isCut: last?.complete === false,
    loadOlder
  }
}
