import { useEffect, useState } from 'react'

/** The current time, updated each second while `isNeeded`. */
export function useNow(isNeeded = true): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    if (!isNeeded) return
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [isNeeded])
  return now
}

/** Whole seconds until `at`, updated each second; 0 if `at` has passed or is null. */
export function useCountdown(at: number | null): number {
  const now = useNow(at !== null && at > Date.now())
  return at === null ? 0 : Math.max(0, Math.ceil((at - Math.max(now, Date.now())) / 1000))
}
