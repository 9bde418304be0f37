import { useCallback, useEffect, useRef, useState } from 'react'
import { type Problem, toProblem } from '../api/problem.ts'

export interface Polled<T> {
  /** The last successful response; kept while later requests fail. */
  data: T | null
  /** The time of that response, in milliseconds since the epoch. */
  at: number | null
  /** Why the last request failed; null if it succeeded. */
  problem: Problem | null
  reload(): void
}

const LONGEST_MS = 60_000
/** The first retry delay for requests without a poll interval. */
const ONCE_AGAIN_MS = 5000

const nothing = { data: null, at: null, problem: null }

/** Whether a retry may succeed. A rejected request stays rejected until the user acts. */
const isRetryable = ({ status, retryAfter }: Problem) => status === 0 || status >= 500 || retryAfter !== null

/**
 * Loads immediately and again `everyMs` after each response (0: until the first success). Failures double the delay, a
 * Retry-After extends it, and a hidden tab does not load. A changed `load` runs immediately and discards the data of
 * the previous one, so wrap it in useCallback. Null loads nothing.
 */
export function usePoll<T>(load: ((signal: AbortSignal) => Promise<T>) | null, everyMs: number): Polled<T> {
  const [state, setState] = useState<Omit<Polled<T>, 'reload'>>(nothing)
  const again = useRef(() => {})
  const [previousLoad, setPreviousLoad] = useState(() => load)
  if (previousLoad !== load) {
    setPreviousLoad(() => load)
    setState(nothing)
  }

  useEffect(() => {
    if (load === null) {
      again.current = () => {}
      return
    }
    const life = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    let failures = 0
    let due: number | null = null
    let running = false

    const plan = () => {
      clearTimeout(timer)
      if (due !== null && !life.signal.aborted && !document.hidden)
        timer = setTimeout(run, Math.max(0, due - Date.now()))
    }
    const run = async () => {
      if (running || life.signal.aborted) return
      clearTimeout(timer)
      running = true
      let wait: number | null = everyMs || null
      try {
        const data = await load(life.signal)
        failures = 0
        if (!life.signal.aborted) setState({ data, at: Date.now(), problem: null })
      } catch (error) {
        const problem = toProblem(error)
        failures++
        const pause = (everyMs || ONCE_AGAIN_MS) * 2 ** (failures - 1)
        if (everyMs || isRetryable(problem))
          wait = Math.max(Math.min(LONGEST_MS, pause), (problem.retryAfter ?? 0) * 1000)
        if (!life.signal.aborted) setState((last) => ({ ...last, problem }))
      }
      running = false
      due = wait === null ? null : Date.now() + wait
      plan()
    }

    again.current = () => void run()
    document.addEventListener('visibilitychange', plan)
    void run()
    return () => {
      life.abort()
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', plan)
    }
  }, [load, everyMs])

  const reload = useCallback(() => again.current(), [])
  return { ...state, reload }
}
