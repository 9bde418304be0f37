import { useCallback, useSyncExternalStore } from 'react'
import { follow, type LiveData, stateOf, type Topic, tryNow } from './live.ts'
import type { Polled } from './use-poll.ts'

/**
 * A topic of the live stream: the answer of the route it belongs to, as it changes. Where there is no stream the route is
 * asked instead. A `problem` beside `data`: nothing newer has come.
 */
export function useLive<T extends Topic>(topic: T): Polled<LiveData[T]> {
  const subscribe = useCallback((listener: () => void) => follow(topic, listener), [topic])
  const state = useSyncExternalStore(subscribe, () => stateOf(topic))
  return { ...state, reload: tryNow }
}
