import { useCallback, useRef, useState } from 'react'
import { CANCELLED, type Problem, toProblem } from '../api/problem.ts'

export interface Action<A extends unknown[]> {
  /** Runs the action unless it is already running. Resolves to true on success. */
  run(...args: A): Promise<boolean>
  isBusy: boolean
  /** Why the last run failed. Show it with FormProblem, which counts down a required wait. */
  problem: Problem | null
  setProblem(problem: Problem | null): void
}

/** An action started by the user: runs at most once at a time and keeps its result. */
export function useAction<A extends unknown[]>(task: (...args: A) => Promise<unknown>): Action<A> {
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const running = useRef(false)
  const latest = useRef(task)
  latest.current = task

  const run = useCallback(async (...args: A) => {
    if (running.current) return false
    running.current = true
    setBusy(true)
    setProblem(null)
    try {
      await latest.current(...args)
      return true
    } catch (error) {
      const failed = toProblem(error)
      if (failed.code !== CANCELLED) setProblem(failed)
      return false
    } finally {
      running.current = false
      setBusy(false)
    }
  }, [])
  return { run, isBusy, problem, setProblem }
}
