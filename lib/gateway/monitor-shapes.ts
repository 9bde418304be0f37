import { isIPv4 } from 'node:net'
import type { GatewayJob, GatewayJobKind, GatewayState, NewGatewayBody } from '../../schemas/security/gateway.ts'
import type {
  DeployConfig,
  OciInstalledApp,
  OciInstance,
  OciNetwork,
  OciStatus,
  OciStorage,
  UpdateCheck
} from '../../schemas/security/oci.ts'
import type { GatewayOptions, GatewayStatus, GatewayUpdate } from './types.ts'

/** The answers of the Monitor for its own client, made of ours (contract 16). */
export const APP_ID = 'secure-gateway'

/** The networks of this host. IPv4 only: the Monitor's client writes `/32` behind the address. */
export function describeNetworks({ subnets, bridges }: GatewayOptions): OciNetwork[] {
  const bridge = bridges.find(({ recommended }) => recommended)?.id
  const networks = subnets.filter(({ address }) => isIPv4(address))
  const best = networks.find((each) => each.interface === bridge)
  return networks.map((each) => ({
    interface: each.interface,
    subnet: each.subnet,
    ip: each.address,
    recommended: each === best
  }))
}

/** The usable storages, best first. The Monitor does not list others. */
export const describeStorages = ({ storages }: GatewayOptions): OciStorage[] =>
  storages
    .filter(({ reason }) => reason === null)
    .toSorted((a, b) => Number(b.recommended) - Number(a.recommended) || b.free - a.free)
    .map(({ id, type, total, used, free, recommended }, i) => ({
      name: id,
      type,
      total,
      used,
      avail: free,
      active: true,
      enabled: true,
      priority: i + 1,
      recommended
    }))

// The Monitor's client shows `running` as "Connected". A gateway that is not logged in must not look so: with `error` the
// client still offers a new auth key.
const states: Record<GatewayState, Pick<OciStatus, 'state' | 'health'>> = {
  not_installed: { state: 'not_installed', health: 'unknown' },
  deploying: { state: 'not_installed', health: 'unknown' },
  needs_login: { state: 'error', health: 'unhealthy' },
  routes_pending: { state: 'running', health: 'unhealthy' },
  connected: { state: 'running', health: 'healthy' },
  stopped: { state: 'stopped', health: 'stopped' },
  error: { state: 'error', health: 'unhealthy' }
}

export function describeStatus({ state, started_at, checked_at }: GatewayStatus, now: number): OciStatus {
  const described = states[state]
  const isUp = described.state === 'running' && started_at !== null
  const uptime_seconds = isUp ? Math.max(0, Math.floor((now - Date.parse(started_at)) / 1000)) : 0
  return { ...described, uptime_seconds, last_check: checked_at }
}

export const isInstalled = (status: GatewayStatus): boolean => describeInstance(status, 0) !== null

/** The installed gateway; null without one. */
export function describeInstance(status: GatewayStatus, now: number): OciInstance | null {
  const described = describeStatus(status, now)
  const { vmid, hostname, installed_at, installed_by, template } = status
  if (vmid === null || described.state === 'not_installed') return null
  return {
    app_id: APP_ID,
    vmid,
    instance_name: hostname,
    installed_at,
    installed_by,
    template,
    container_type: 'lxc',
    status: described
  }
}

/** The installed apps: the gateway, or an empty list. */
export function describeInstalled(status: GatewayStatus, now: number): OciInstalledApp[] {
  const instance = describeInstance(status, now)
  if (instance === null) return []
  const { app_id: id, template: _, container_type: __, ...fields } = instance
  return [{ id, ...fields }]
}

const accessOf = { host_only: 'host', proxmox_network: 'network', custom: 'custom' } as const

/**
 * A deployment as the Monitor's client asks for it. In the Monitor `advertise_routes` decides, and its client always
 * shows these networks to the user: nothing else may be advertised.
 */
export function readDeployment(config: DeployConfig): NewGatewayBody {
  const { auth_key, hostname, access_mode = 'custom', advertise_routes: routes = [], storage } = config
  const { exit_node = false, accept_routes = false } = config
  return {
    auth_key,
    ...(hostname && { hostname: hostname.toLowerCase() }),
    ...(storage && { storage }),
    ...(routes.length > 0 ? { access: 'custom', routes } : { access: accessOf[access_mode] }),
    exit_node,
    accept_routes
  }
}

const fieldOf: Record<string, string> = { access: 'access_mode', routes: 'advertise_routes' }

/** The path in the Monitor's body for a path in ours, such as `/routes/0`. */
export function pathInDeployment(path: string): string {
  const [, field = '', ...rest] = path.split('/')
  return `/${['config', fieldOf[field] ?? field, ...rest].join('/')}`
}

export function describeUpdateCheck(update: GatewayUpdate): UpdateCheck {
  const { checked_at, reason, ...rest } = update
  return { ...rest, last_checked_iso: checked_at, error: reason }
}

/** What an update has changed: the packages that had a newer version before. The job is null if there was nothing to do. */
export function describeUpdated({ packages }: Pick<GatewayUpdate, 'packages'>, job: Pick<GatewayJob, 'steps'> | null) {
  const count = packages.length
  return {
    packages_updated: packages,
    tailscale_restarted: job?.steps.some(({ name, state }) => name === 'restart' && state === 'done') ?? false,
    message: count === 0 ? 'No updates available' : `${count} ${count === 1 ? 'package' : 'packages'} updated`
  }
}

const done: Record<Exclude<GatewayJobKind, 'update'>, (container: string) => string> = {
  deploy: (container) => `Secure Gateway deployed in ${container}`,
  remove: () => 'Secure Gateway removed',
  start: (container) => `Secure Gateway started in ${container}`,
  stop: (container) => `Secure Gateway stopped in ${container}`,
  restart: (container) => `Secure Gateway restarted in ${container}`,
  'auth-key': () => 'Secure Gateway logged in with the new auth key'
}

export const describeDone = (kind: keyof typeof done, vmid: number | null): string =>
  done[kind](vmid === null ? 'its container' : `container ${vmid}`)
