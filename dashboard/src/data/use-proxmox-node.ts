import { api } from '../api/client.ts'
import { useTenant } from '../session/panel.ts'
import { useMay } from '../session/use-session.ts'
import { usePoll } from './use-poll.ts'

const load = (signal: AbortSignal) => api.get('/api/system', { signal })

/** The name of this host as a node of Proxmox VE; null on other hosts, undefined until it is known. */
export function useProxmoxNode(): string | null | undefined {
  const mayView = useMay('system.view')
  const tenant = useTenant()
  const { data } = usePoll(mayView && !tenant ? load : null, 0)
  return data === null ? undefined : data.proxmox_node
}
