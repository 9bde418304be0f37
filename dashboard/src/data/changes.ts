import { useEffect, useSyncExternalStore } from 'react'

/** A change that reverts at `at` (milliseconds since the epoch) unless it is kept. */
export interface Waiting {
  setting: string
  at: number
}

let last: { madeAt: number; waiting: Waiting | null } = { madeAt: 0, waiting: null }
const listeners = new Set<() => void>()

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/**
 * To be called when a change with `confirm_within` was made, kept or taken back. `made`: what is known to wait now,
 * shown even if this host no longer answers under the new setting.
 */
export function announceChange(made?: { setting: string; seconds: number }): void {
  const now = Date.now()
  last = { madeAt: now, waiting: made ? { setting: made.setting, at: now + made.seconds * 1000 } : null }
  for (const listener of listeners) listener()
}

/** The last change this tab announced. */
export const useLastChange = () => useSyncExternalStore(subscribe, () => last)

/** Asks anew after each of them. Nothing else of a tab is touched: what it shows once must not go. */
export function useReloadOnChange(reload: () => void): void {
  const made = useLastChange()
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked for whenever something was changed
  useEffect(reload, [made])
}
