import { createContext, type ReactNode, useContext, useEffect } from 'react'
import type { Reply } from '../api/paths.ts'
import { bare } from '../api/transport.ts'
import { type Polled, usePoll } from '../data/use-poll.ts'
import { t } from '../texts/index.ts'

export type HostInfo = Reply<'/api/system-info'>

const EVERY_MS = 15_000
const load = (signal: AbortSignal) => bare.get('/api/system-info', { signal })

const Context = createContext<Polled<HostInfo> | null>(null)

/** Asks the host how it is, for the header and whoever else wants to know. */
export function HostInfoProvider({ children }: { children: ReactNode }) {
  const info = usePoll(load, EVERY_MS)
  const hostname = info.data?.hostname
  useEffect(() => {
    document.title = hostname ? `${hostname} · ${t.product}` : t.product
  }, [hostname])
  return <Context value={info}>{children}</Context>
}

/** Name, uptime and health of this host, asked for every 15 s. */
export function useHostInfo(): Polled<HostInfo> {
  const info = useContext(Context)
  if (!info) throw new Error('HostInfoProvider is missing')
  return info
}
