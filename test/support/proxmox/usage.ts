import type { Guest, Node, State } from './types.ts'

/** A value that moves with the time, so that a page has something to show: 0.7 to 1.3 times, over some minutes. */
const moving = (seed: number, now: number) => 1 + 0.3 * Math.sin(now / 40_000 + seed)

export const maxMemory = (guest: Guest) => Number(guest.config.memory ?? 512) * 1024 ** 2
export const cores = (guest: Guest) => Number(guest.config.cores ?? 1)
export const nameOf = (guest: Guest) =>
  String(
    guest.config[guest.type === 'lxc' ? 'hostname' : 'name'] ?? `${guest.type === 'lxc' ? 'CT' : 'VM'}${guest.vmid}`
  )

/** What a guest uses at `now`; counters start with it. */
export function guestUsage(guest: Guest, now: number) {
  if (guest.status !== 'running' || guest.startedAt === null)
    return { uptime: 0, cpu: 0, mem: 0, disk: 0, netin: 0, netout: 0, diskread: 0, diskwrite: 0 }
  const seconds = Math.max(0, (now - guest.startedAt) / 1000)
  return {
    uptime: Math.floor(seconds),
    cpu: Math.min(1, guest.load * moving(guest.vmid, now)),
    mem: Math.round(maxMemory(guest) * Math.min(0.98, guest.memoryShare * (0.9 + moving(guest.vmid, now) / 10))),
    // Proxmox VE cannot see how full the disks of a VM are.
    disk: guest.type === 'lxc' ? Math.round(guest.diskUsed) : 0,
    netin: Math.round(seconds * guest.netRate),
    netout: Math.round((seconds * guest.netRate) / 3),
    diskread: Math.round((seconds * guest.netRate) / 5),
    diskwrite: Math.round((seconds * guest.netRate) / 2)
  }
}

export function nodeUsage(state: State, name: string, node: Node, now: number) {
  const running = Object.values(state.guests).filter((guest) => guest.node === name && guest.status === 'running')
  const usages = running.map((guest) => ({ guest, ...guestUsage(guest, now) }))
  const busy = usages.reduce((sum, { guest, cpu }) => sum + cpu * cores(guest), 0)
  const taken = usages.reduce((sum, { mem }) => sum + mem, 2 * 1024 ** 3)
  return {
    uptime: Math.floor((now - node.bootedAt) / 1000),
    cpu: Math.min(1, 0.01 + busy / node.cores),
    mem: Math.min(node.memory, taken)
  }
}
