import { useCallback, useSyncExternalStore } from 'react'
import { follow, type LiveData, retryNow, stateOf, type Topic } from './live.ts'
import type { Polled } from './use-poll.ts'

/**
 * A topic of the live stream: the response of its route, updated on changes. Without a stream, the route is polled.
 * A `problem` together with `data` means that the data is stale.
 */
export function useLive<T extends Topic>(topic: T): Polled<LiveData[T]> {
  const subscribe = useCallback((listener: () => void) => follow(topic, listener), [topic])
  const state = useSyncExternalStore(subscribe, () => stateOf(topic))
  return { ...state, reload: retryNow }
}
