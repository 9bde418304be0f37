import ipaddr from 'ipaddr.js'
import type { NewGatewayBody } from '../../schemas/security/gateway.ts'
import type { Facts } from './options.ts'
import type { GatewayRecord } from './record.ts'
import type { Outcome, Refusal } from './types.ts'

/** What a deployment makes, checked against this host. The auth key is not part of it. */
export type Plan = Pick<
  GatewayRecord,
  'vmid' | 'hostname' | 'storage' | 'bridge' | 'access' | 'routes' | 'exit_node' | 'accept_routes'
>

const invalid = (path: string, reason: string): Refusal => ({ ok: false, code: 'VALIDATION', path, reason })

/** Why a network cannot be advertised; null if it can. */
function faultOfRoute(route: string): string | null {
  if (!route.includes('/') || !ipaddr.isValidCIDR(route)) return `"${route}" is not a network such as 192.168.1.0/24`
  const [address, bits] = ipaddr.parseCIDR(route)
  if (bits === 0) return `"${route}" is every address; offer the exit node instead`
  const range = address.range()
  if (['unspecified', 'loopback', 'linkLocal', 'multicast', 'broadcast'].includes(range))
    return `"${route}" cannot be routed`
  const family = address.kind() === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6
  const network = `${family.networkAddressFromCIDR(route)}/${bits}`
  return network === `${address}/${bits}` ? null : `"${route}" has host bits set; use ${network}`
}

/** The networks to advertise for `host` and `network`: by the addresses of the host on the bridge. */
function routesOf(access: 'host' | 'network', bridge: string, { subnets }: Facts): string[] {
  const here = subnets.filter((each) => each.interface === bridge)
  const of = ({ address, subnet }: (typeof here)[number]) =>
    access === 'network' ? subnet : `${address}/${address.includes(':') ? 128 : 32}`
  return [...new Set(here.map(of))]
}

/** Checks a request against the options of this host, and fills in the defaults. */
export function planDeployment(request: NewGatewayBody, facts: Facts): Outcome<Plan> {
  const { access, hostname = 'proxmox-gateway', exit_node = false, accept_routes = false } = request
  const { vmid = facts.next_vmid } = request
  if (facts.taken.has(vmid))
    return invalid('/vmid', `${vmid} is the id of another guest; the next free one is ${facts.next_vmid}`)

  const storage = facts.storages.find(({ id, recommended }) =>
    request.storage === undefined ? recommended : id === request.storage
  )
  if (storage === undefined)
    return invalid('/storage', request.storage === undefined ? 'no storage can hold the container' : 'no such storage')
  if (storage.reason !== null) return invalid('/storage', `storage ${storage.id}: ${storage.reason}`)

  const bridge = facts.bridges.find(({ id, recommended }) =>
    request.bridge === undefined ? recommended : id === request.bridge
  )
  if (bridge === undefined)
    return invalid('/bridge', request.bridge === undefined ? 'this host has no bridge' : 'no such bridge')

  const given = request.routes ?? []
  if (access !== 'custom' && given.length > 0) return invalid('/routes', 'routes are for access "custom"')
  const routes = access === 'custom' ? [...new Set(given)] : routesOf(access, bridge.id, facts)
  if (routes.length === 0)
    return access === 'custom'
      ? invalid('/routes', 'name at least one network')
      : invalid('/access', `this host has no address on ${bridge.id}; use access "custom"`)
  for (const [i, route] of routes.entries()) {
    const fault = faultOfRoute(route)
    if (fault !== null) return invalid(`/routes/${i}`, fault)
  }
  const plan = { vmid, hostname, storage: storage.id, bridge: bridge.id, access, routes, exit_node, accept_routes }
  return { ok: true, value: plan }
}
