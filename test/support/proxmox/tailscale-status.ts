import type { Shell } from './container.ts'
import type { Inside } from './types.ts'

export const versionOf = (inside: Inside) => inside.packages.tailscale?.replace(/-r\d+$/, '') ?? ''

/** ipn.State. */
export function backendStateOf({ tailscale: now }: Inside): 'NeedsLogin' | 'NeedsMachineAuth' | 'Stopped' | 'Running' {
  if (!now?.loggedIn) return 'NeedsLogin'
  if (!now.machineApproved) return 'NeedsMachineAuth'
  return now.wantRunning ? 'Running' : 'Stopped'
}

const NEVER = '0001-01-01T00:00:00Z'

/** ipnstate.Status as JSON. Fields that Go leaves out when they are empty are left out here. */
function statusOf(shell: Shell) {
  const inside = shell.inside()
  const { tailnet } = shell.store.read()
  const state = backendStateOf(inside)
  const now = inside.tailscale
  const isRunning = state === 'Running'
  const hostName = now?.hostname || String(shell.store.read().guests[shell.vmid]!.config.hostname)
  const hosts = now?.loggedIn ? now.ips.map((ip) => `${ip}/${ip.includes(':') ? 128 : 32}`) : []
  const routes = (now?.approved ?? []).filter((route) => !route.endsWith('/0'))
  const health =
    state === 'NeedsLogin'
      ? [`You are logged out.${now?.loginError ? ` The last login error was: ${now.loginError}` : ''}`]
      : state === 'Stopped'
        ? ['Tailscale is stopped.']
        : []
  return {
    Version: versionOf(inside),
    TUN: true,
    BackendState: state,
    ...(now?.loggedIn && { HaveNodeKey: true }),
    AuthURL: '',
    TailscaleIPs: now?.loggedIn ? now.ips : null,
    Self: {
      ID: now?.loggedIn ? now.nodeId : '',
      PublicKey: `nodekey:${now?.loggedIn ? now.nodeKey : '0'.repeat(64)}`,
      HostName: hostName,
      DNSName: now?.loggedIn ? `${hostName.toLowerCase()}.${tailnet.name}.` : '',
      OS: 'linux',
      UserID: now?.loggedIn ? 1000000000000001 : 0,
      TailscaleIPs: now?.loggedIn ? now.ips : null,
      ...(now?.loggedIn && { AllowedIPs: [...hosts, ...now.approved] }),
      ...(routes.length > 0 && { PrimaryRoutes: routes }),
      Addrs: isRunning ? ['192.168.1.50:41641'] : null,
      CurAddr: '',
      Relay: isRunning ? 'fra' : '',
      RxBytes: 0,
      TxBytes: 0,
      Created: now?.loggedIn ? new Date(now.createdAt).toISOString() : NEVER,
      LastWrite: NEVER,
      LastSeen: NEVER,
      LastHandshake: NEVER,
      Online: isRunning,
      ExitNode: false,
      ExitNodeOption: now?.approved.includes('0.0.0.0/0') ?? false,
      Active: false,
      PeerAPIURL: isRunning ? [`http://${now!.ips[0]}:39261`] : null,
      TaildropTarget: 0,
      NoFileSharingReason: '',
      ...(isRunning && {
        Capabilities: [
          'HTTPS://TAILSCALE.COM/s/DEPRECATED-NODE-CAPS#see-https://github.com/tailscale/tailscale/issues/11508'
        ],
        CapMap: {},
        KeyExpiry: new Date(now!.createdAt + 180 * 86_400_000).toISOString()
      }),
      InNetworkMap: isRunning,
      InMagicSock: false,
      InEngine: false
    },
    Health: health,
    MagicDNSSuffix: now?.loggedIn ? tailnet.name : '',
    CurrentTailnet: now?.loggedIn
      ? { Name: 'admin@example.com', MagicDNSSuffix: tailnet.name, MagicDNSEnabled: true }
      : null,
    CertDomains: null,
    Peer: null,
    User: now?.loggedIn
      ? { 1000000000000001: { ID: 1000000000000001, LoginName: 'admin@example.com', DisplayName: 'Admin' } }
      : null,
    ClientVersion: tailnet.latest.startsWith(versionOf(inside))
      ? { RunningLatest: true }
      : { LatestVersion: tailnet.latest.replace(/-r\d+$/, '') }
  }
}

const words = {
  NeedsLogin: 'Logged out.',
  NeedsMachineAuth: 'Machine is not yet approved by tailnet admin.',
  Stopped: 'Tailscale is stopped.'
}

/** `tailscale status`: JSON ends with 0 in every state, the text with 1 unless it runs. */
export function describeTailscale(shell: Shell, json: boolean): number {
  const status = statusOf(shell)
  if (json) {
    shell.out(`${JSON.stringify(status, null, 2)}\n`)
    return 0
  }
  if (status.BackendState !== 'Running') {
    shell.out(`${words[status.BackendState]}\n`)
    return 1
  }
  shell.out(`${status.Self.TailscaleIPs![0]!.padEnd(15)} ${status.Self.HostName.padEnd(20)} admin@       linux   -\n`)
  return 0
}
