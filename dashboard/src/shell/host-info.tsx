import { createContext, type ReactNode, useContext, useEffect } from 'react'
import type { Reply } from '../api/paths.ts'
import { bare } from '../api/transport.ts'
import { onStreamChange } from '../data/live.ts'
import { type Polled, usePoll } from '../data/use-poll.ts'
import { nameOf, usePanel, useTenant } from '../session/panel.ts'
import { useSession } from '../session/use-session.ts'

export type HostInfo = Reply<'/api/system-info'>

const EVERY_MS = 15_000
const load = (signal: AbortSignal) => bare.get('/api/system-info', { signal })

const Context = createContext<Polled<HostInfo> | null>(null)

/**
 * Polls the host information for the header and other components, and loads it at once when the connection is lost or is
 * back, and after a login: what was read before it may be of a daemon that had just started.
 */
export function HostInfoProvider({ children }: { children: ReactNode }) {
  const panel = usePanel()
  // A tenant is refused it: the hosts are the operator's.
  const isRefused = panel === undefined || panel?.tenant != null
  const polled = usePoll(isRefused ? null : load, EVERY_MS)
  const { reload } = polled
  const { kind } = useSession()
  const isInside = kind === 'in' || kind === 'open'
  useEffect(() => {
    if (isInside) reload()
  }, [isInside, reload])
  useEffect(() => {
    const forget = onStreamChange(reload)
    for (const event of ['offline', 'online']) window.addEventListener(event, reload)
    return () => {
      forget()
      for (const event of ['offline', 'online']) window.removeEventListener(event, reload)
    }
  }, [reload])
  return <Context value={polled}>{children}</Context>
}

/** Name, uptime and health of this host, polled every 15 s. */
export function useHostInfo(): Polled<HostInfo> {
  const info = useContext(Context)
  if (!info) throw new Error('HostInfoProvider is missing')
  return info
}

/** Whose dashboard this is: the name of the host, or of the tenant. Undefined until it is known. */
export function useOwnName(): string | undefined {
  const tenant = useTenant()
  const hostname = useHostInfo().data?.hostname
  return tenant ? nameOf(tenant) : hostname
}
