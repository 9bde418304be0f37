import { dieOfParameter } from './context.ts'
import { usageOf } from './storages.ts'
import type { Guest, State } from './types.ts'
import { cores, guestUsage, maxMemory, nameOf, nodeUsage } from './usage.ts'

type Entry = { type: string } & Record<string, unknown>

function guestEntry(state: State, guest: Guest, now: number) {
  const id = { id: `${guest.type}/${guest.vmid}`, node: guest.node, type: guest.type, vmid: guest.vmid }
  const template = guest.config.template === 1 ? 1 : 0
  // pvestatd of a node that is away has reported nothing: PVE::API2Tools::extract_vm_stats.
  if (!state.nodes[guest.node]!.online) return { ...id, name: nameOf(guest), status: 'unknown', template }
  const usage = guestUsage(guest, now)
  return {
    ...id,
    ...usage,
    name: nameOf(guest),
    status: guest.status,
    template,
    maxcpu: cores(guest),
    maxmem: maxMemory(guest),
    maxdisk: guest.diskSize,
    ...(guest.config.tags !== undefined && { tags: guest.config.tags }),
    ...(guest.config.lock !== undefined && { lock: guest.config.lock }),
    ...(state.version === '9.0' && { memhost: guest.type === 'lxc' ? usage.mem : Math.round(usage.mem * 1.05) })
  }
}

/** GET /cluster/resources. Version 9 lists zones under `network`, version 8 under `sdn`. */
export function describeResources(state: State, now: number, type?: string) {
  const entries: Entry[] = []
  for (const [name, node] of Object.entries(state.nodes)) {
    const id = { id: `node/${name}`, node: name, type: 'node' }
    entries.push(
      node.online
        ? {
            ...id,
            'cgroup-mode': 2,
            level: '',
            status: 'online',
            ...nodeUsage(state, name, node, now),
            maxcpu: node.cores,
            maxmem: node.memory,
            disk: node.rootUsed,
            maxdisk: node.rootSize
          }
        : { ...id, status: 'offline' }
    )
  }
  for (const guest of Object.values(state.guests)) entries.push(guestEntry(state, guest, now))
  for (const [name, node] of Object.entries(state.nodes))
    for (const storage of state.storages.filter(({ enabled }) => enabled)) {
      const usage = node.online ? usageOf(state, storage, name) : null
      entries.push({
        id: `storage/${name}/${storage.storage}`,
        storage: storage.storage,
        node: name,
        type: 'storage',
        plugintype: storage.type,
        content: storage.content.toSorted().join(','),
        shared: storage.shared ? 1 : 0,
        status: usage ? 'available' : 'unknown',
        ...(usage && { disk: usage.used, maxdisk: usage.total })
      })
    }
  for (const [name, { online }] of Object.entries(state.nodes)) {
    if (!online) continue
    const zone = { node: name, status: 'ok' }
    entries.push(
      state.version === '9.0'
        ? {
            id: `network/${name}/zone/localnetwork`,
            type: 'network',
            'network-type': 'zone',
            network: 'localnetwork',
            ...zone
          }
        : { id: `sdn/${name}/localnetwork`, type: 'sdn', sdn: 'localnetwork', ...zone }
    )
  }
  const isWanted = (each: Entry) =>
    type === undefined || each.type === type || (type === 'vm' && (each.type === 'lxc' || each.type === 'qemu'))
  return entries.filter(isWanted)
}

/** GET /cluster/status; a host alone has no entry of the type `cluster`. */
export function describeCluster(state: State) {
  const names = Object.entries(state.nodes)
  const online = names.filter(([, node]) => node.online).length
  const cluster = {
    id: 'cluster',
    type: 'cluster',
    name: state.clusterName,
    nodes: names.length,
    quorate: online * 2 > names.length ? 1 : 0,
    version: names.length
  }
  const nodes = names.map(([name, node]) => ({
    id: `node/${name}`,
    type: 'node',
    name,
    nodeid: state.clusterName === null ? 0 : node.nodeid,
    ip: node.ip,
    level: '',
    local: name === state.node ? 1 : 0,
    online: node.online ? 1 : 0
  }))
  return state.clusterName === null ? nodes : [cluster, ...nodes]
}

/** GET /cluster/nextid: text, as in the API. With `--vmid` it checks this one. */
export function nextFreeId(state: State, wanted?: string): string {
  if (wanted !== undefined) {
    const taken = state.guests[Number(wanted)]
    if (taken) dieOfParameter('vmid', `VM ${wanted} already exists`)
    return wanted
  }
  let vmid = 100
  while (state.guests[vmid] !== undefined) vmid++
  return String(vmid)
}
