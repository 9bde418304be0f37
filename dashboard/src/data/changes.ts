import { useEffect, useSyncExternalStore } from 'react'

/** A change that reverts at `at` (milliseconds since the epoch) unless it is confirmed. */
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
 * Call it after a change with `confirm_within` was made, confirmed or reverted. `made` is the pending change: it is
 * shown even if this host no longer answers with the new setting.
 */
export function announceChange(made?: { setting: string; seconds: number }): void {
  const now = Date.now()
  last = { madeAt: now, waiting: made ? { setting: made.setting, at: now + made.seconds * 1000 } : null }
  for (const listener of listeners) listener()
}

/** The last change this tab announced. */
export const useLastChange = () => useSyncExternalStore(subscribe, () => last)

/** Reloads after each change. Nothing else in the tab is reloaded, because values shown only once must stay. */
export function useReloadOnChange(reload: () => void): void {
  const made = useLastChange()
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked for whenever something was changed
  useEffect(reload, [made])
}
