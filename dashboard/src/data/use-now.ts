import { useEffect, useState } from 'react'

/** The time, each second, while `isNeeded`. */
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

/** Whole seconds until `at`, counted down; 0 when it is over or null. */
export function useCountdown(at: number | null): number {
  const now = useNow(at !== null && at > Date.now())
  return at === null ? 0 : Math.max(0, Math.ceil((at - Math.max(now, Date.now())) / 1000))
}
