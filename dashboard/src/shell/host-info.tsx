import { createContext, type ReactNode, useContext } from 'react'
import type { Reply } from '../api/paths.ts'
import { bare } from '../api/transport.ts'
import { type Polled, usePoll } from '../data/use-poll.ts'

export type HostInfo = Reply<'/api/system-info'>

const EVERY_MS = 15_000
const load = (signal: AbortSignal) => bare.get('/api/system-info', { signal })

const Context = createContext<Polled<HostInfo> | null>(null)

/** Polls the host information for the header and other components. */
export function HostInfoProvider({ children }: { children: ReactNode }) {
  return <Context value={usePoll(load, EVERY_MS)}>{children}</Context>
}

/** Name, uptime and health of this host, polled every 15 s. */
export function useHostInfo(): Polled<HostInfo> {
  const info = useContext(Context)
  if (!info) throw new Error('HostInfoProvider is missing')
  return info
}
