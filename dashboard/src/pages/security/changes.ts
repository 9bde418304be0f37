import { useEffect, useSyncExternalStore } from 'react'

let version = 0
const listeners = new Set<() => void>()

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** To be called when a change with `confirm_within` was made, kept or taken back. */
export function announceChange(): void {
  version++
  for (const listener of listeners) listener()
}

/** Asks anew after each of them. Nothing else of a tab is touched: what it shows once must not go. */
export function useReloadOnChange(reload: () => void): void {
  const made = useSyncExternalStore(subscribe, () => version)
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked for whenever something was changed
  useEffect(reload, [made])
}
