import { useCallback, useEffect, useRef, useState } from 'react'
import { type Problem, toProblem } from '../api/problem.ts'

export interface Polled<T> {
  /** The last answer; kept while later ones fail. */
  data: T | null
  /** When it came, as milliseconds since the epoch. */
  at: number | null
  /** Why the last try failed; null where it did not. */
  problem: Problem | null
  reload(): void
}

const LONGEST_MS = 60_000

/**
 * Asks at once and then again `everyMs` after each answer (0: once): later after failures, as late as a limit says, and
 * not while nobody looks. `load` is asked anew when it changes, so wrap it in useCallback.
 */
export function usePoll<T>(load: (signal: AbortSignal) => Promise<T>, everyMs: number): Polled<T> {
  const [state, setState] = useState<Omit<Polled<T>, 'reload'>>({ data: null, at: null, problem: null })
  const again = useRef(() => {})

  useEffect(() => {
    const life = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    let failures = 0
    let notBefore = 0
    let running = false

    const plan = (ms: number) => {
      clearTimeout(timer)
      if (!life.signal.aborted && !document.hidden && everyMs > 0) timer = setTimeout(run, ms)
    }
    async function run() {
      if (running || life.signal.aborted) return
      clearTimeout(timer)
      running = true
      let wait = everyMs
      try {
        const data = await load(life.signal)
        failures = 0
        if (!life.signal.aborted) setState({ data, at: Date.now(), problem: null })
      } catch (error) {
        const problem = toProblem(error)
        failures++
        wait = Math.min(LONGEST_MS, everyMs * 2 ** failures)
        if (problem.retryAfter !== null) wait = Math.max(wait, problem.retryAfter * 1000)
        if (!life.signal.aborted) setState((last) => ({ ...last, problem }))
      }
      running = false
      notBefore = Date.now() + wait
      plan(wait)
    }
    const onVisible = () => (document.hidden ? clearTimeout(timer) : plan(Math.max(0, notBefore - Date.now())))

    again.current = () => void run()
    document.addEventListener('visibilitychange', onVisible)
    void run()
    return () => {
      life.abort()
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', onVisible)
    }
  }, [load, everyMs])

  const reload = useCallback(() => again.current(), [])
  return { ...state, reload }
}
