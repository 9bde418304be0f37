import type { GatewayState } from '../../schemas/security/gateway.ts'
import type { GatewayRecord } from './record.ts'
import { isSet, textIn } from './values.ts'

export const MACHINES_PAGE = 'https://login.tailscale.com/admin/machines'
export const KEYS_PAGE = 'https://login.tailscale.com/admin/settings/keys'

/** What `tailscale status --json` says (type ipnstate.Status), as far as it is used. */
export interface TailscaleStatus {
  /** ipn.State: `NeedsLogin`, `NeedsMachineAuth`, `Stopped`, `Starting` or `Running`. */
  backend: string
  /** The connection to the coordination server. */
  online: boolean
  hostname: string
  ips: string[]
  /** Approved routes, without the addresses of the device; `0.0.0.0/0` for an approved exit node. */
  approved: string[]
  exitNode: boolean
  tailnet: string | null
  version: string | null
  keyExpiresAt: string | null
  /** The first health warning, such as a failed login. */
  warning: string | null
}

const textsIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
const objectIn = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}

/** Null if the text is not the status of Tailscale. Go leaves out empty fields. */
export function parseStatus(text: string): TailscaleStatus | null {
  let status: Record<string, unknown>
  try {
    status = objectIn(JSON.parse(text))
  } catch {
    return null
  }
  if (textIn(status.BackendState) === '') return null
  const self = objectIn(status.Self)
  const ips = textsIn(status.TailscaleIPs ?? self.TailscaleIPs)
  const own = new Set(ips.map((ip) => `${ip}/${ip.includes(':') ? 128 : 32}`))
  return {
    backend: textIn(status.BackendState),
    online: isSet(self.Online),
    hostname: textIn(self.HostName),
    ips,
    approved: textsIn(self.AllowedIPs).filter((route) => !own.has(route)),
    exitNode: isSet(self.ExitNodeOption),
    tailnet: textIn(status.MagicDNSSuffix) || null,
    // Versions of packages have no suffix, those built from the source have `-t` and a commit.
    version: textIn(status.Version).replace(/-.*/, '') || null,
    keyExpiresAt: textIn(self.KeyExpiry) || null,
    warning: textsIn(status.Health)[0] ?? null
  }
}

export interface Verdict {
  state: GatewayState
  /** What happened and what to do; null if there is nothing to do. */
  detail: string | null
  /** The page on which to do it. */
  link: string | null
}

const list = new Intl.ListFormat('en')

/** The state of the gateway by the status of its Tailscale and the offers of its configuration. */
export function judge(
  status: TailscaleStatus,
  { routes, exit_node }: Pick<GatewayRecord, 'routes' | 'exit_node'>
): Verdict {
  if (status.backend === 'NeedsLogin') {
    const why = status.warning === null ? '' : ` Tailscale says: ${status.warning}`
    const detail = `The gateway is not logged in to your tailnet. Create an auth key and enter it here.${why}`
    return { state: 'needs_login', detail, link: KEYS_PAGE }
  }
  if (status.backend === 'NeedsMachineAuth')
    return {
      state: 'needs_login',
      detail: 'Your tailnet asks for the approval of new devices. Approve this device in the Tailscale admin console.',
      link: MACHINES_PAGE
    }
  if (status.backend !== 'Running')
    return {
      state: 'stopped',
      detail: `The container runs, but Tailscale is not connected (${status.backend}). Restart the gateway.`,
      link: null
    }
  const missing = routes.filter((route) => !status.approved.includes(route))
  if (exit_node && !status.exitNode) missing.push('the exit node')
  if (missing.length > 0)
    return {
      state: 'routes_pending',
      detail: `Approve ${list.format(missing)} in the Tailscale admin console: Machines, ${status.hostname}, Edit route settings.`,
      link: MACHINES_PAGE
    }
  const detail = status.online ? null : 'The gateway has lost its connection to Tailscale’s coordination server.'
  return { state: status.online ? 'connected' : 'error', detail, link: null }
}
