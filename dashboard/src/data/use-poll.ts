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
/** What is asked once has no pace of its own to be tried again at. */
const ONCE_AGAIN_MS = 5000

const nothing = { data: null, at: null, problem: null }

/** Whether the next try may fare better by itself: a refusal stays one until somebody does something about it. */
const maySubside = ({ status, retryAfter }: Problem) => status === 0 || status >= 500 || retryAfter !== null

/**
 * Asks at once and then again `everyMs` after each answer (0: once, until there is one): later after more failures, as late as
 * a limit says, and not while nobody looks. `load` is asked anew when it changes, so wrap it in useCallback; what the one
 * before it brought is gone then.
 */
export function usePoll<T>(load: (signal: AbortSignal) => Promise<T>, everyMs: number): Polled<T> {
  const [state, setState] = useState<Omit<Polled<T>, 'reload'>>(nothing)
  const again = useRef(() => {})
  const [asked, setAsked] = useState(() => load)
  if (asked !== load) {
    setAsked(() => load)
    setState(nothing)
  }

  useEffect(() => {
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
    async function run() {
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
        if (everyMs || maySubside(problem))
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
