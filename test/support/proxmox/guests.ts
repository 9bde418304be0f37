import { type Context, checkpoint, die } from './context.ts'
import { runTask } from './tasks.ts'
import type { Guest, State } from './types.ts'
import { cores, guestUsage, maxMemory, nameOf } from './usage.ts'

const word = { lxc: 'CT', qemu: 'VM' } as const
const folder = { lxc: 'lxc', qemu: 'qemu-server' } as const
const prefix = { lxc: 'vz', qemu: 'qm' } as const

/** The guest with this number on this node; its text is that of PVE::AbstractConfig::load_config. */
export function findGuest(state: State, type: Guest['type'], vmid: number, node: string): Guest {
  const guest = state.guests[vmid]
  if (guest?.type === type && guest.node === node) return guest
  return die(`Configuration file 'nodes/${node}/${folder[type]}/${vmid}.conf' does not exist`)
}

/** PVE::AbstractConfig::check_lock. */
export function checkLock(guest: Guest): void {
  if (guest.config.lock !== undefined) die(`${word[guest.type]} is locked (${guest.config.lock})`)
}

/** PVE::API2::LXC::Status and PVE::API2::Qemu say it with the same words. */
function requireState(guest: Guest, wanted: Guest['status']): void {
  if (guest.status === wanted) return
  die(`${word[guest.type]} ${guest.vmid} ${wanted === 'running' ? 'not' : 'already'} running`)
}

const setRunning = (guest: Guest) => {
  guest.status = 'running'
  guest.startedAt = Date.now()
  // A service that starts with the container.
  for (const service of Object.values(guest.inside?.services ?? {})) service.started = service.enabled
}
const setStopped = (guest: Guest) => {
  guest.status = 'stopped'
  guest.startedAt = null
  for (const service of Object.values(guest.inside?.services ?? {})) service.started = false
}

/** A bridge of the guest that its node does not have. */
const missingBridge = (state: State, guest: Guest) => {
  const bridges = state.nodes[guest.node]!.networks.map(({ iface }) => iface)
  return Object.entries(guest.config)
    .filter(([key]) => /^net\d+$/.test(key))
    .map(([, value]) => /bridge=([^,]+)/.exec(String(value))?.[1])
    .find((bridge) => bridge !== undefined && !bridges.includes(bridge))
}

const lockOf = (type: Guest['type'], vmid: number) =>
  type === 'lxc' ? `/run/lock/lxc/pve-config-${vmid}.lock` : `/var/lock/qemu-server/lock-${vmid}.conf`

export type Action = 'start' | 'stop' | 'shutdown' | 'reboot'
export const isAction = (name: string): name is Action => ['start', 'stop', 'shutdown', 'reboot'].includes(name)

/** Starts, stops, shuts down or reboots a guest in a task. What can be seen before is refused without a task. */
export async function act(
  context: Context,
  {
    type,
    vmid,
    node,
    action,
    options
  }: {
    type: Guest['type']
    vmid: number
    node: string
    action: Action
    options: Record<string, string>
  }
) {
  const { store } = context
  const before = findGuest(store.read(), type, vmid, node)
  // PVE::API2::LXC::Status says VM here.
  if (action === 'reboot' && before.status !== 'running') die(`VM ${vmid} not running`)
  // Stopping a VM that is off does nothing.
  if (!(type === 'qemu' && action === 'stop')) requireState(before, action === 'start' ? 'stopped' : 'running')
  const change = (change: (guest: Guest, state: State) => void) =>
    store.change((state) => change(findGuest(state, type, vmid, node), state))
  return runTask(
    context,
    { type: `${prefix[type]}${action}`, id: vmid, node, lock: lockOf(type, vmid) },
    async (log) => {
      const guest = findGuest(store.read(), type, vmid, node)
      if (guest.config.template === 1) die(`you can't start a ${type === 'lxc' ? 'CT' : 'vm'} if it's a template`)
      checkLock(guest)
      if (action === 'start') {
        const bridge = missingBridge(store.read(), guest)
        if (bridge !== undefined) {
          log(`bridge '${bridge}' does not exist`)
          // PVE::LXC::vm_start.
          die(type === 'lxc' ? `startup for container '${vmid}' failed` : `start failed: QEMU exited with code 1`)
        }
        // systemd starts the container: it runs on when the program that asked for it is killed.
        change(setRunning)
        await checkpoint(context, 'half')
        return
      }
      await checkpoint(context, 'half')
      if (guest.stubborn && action !== 'stop' && options.forceStop !== '1')
        // PVE::LXC::vm_stop, PVE::QemuServer::vm_stop.
        die(type === 'lxc' ? 'container did not stop' : 'VM quit/powerdown failed - got timeout')
      change(setStopped)
      if (action === 'reboot') change(setRunning)
    }
  )
}

/** PVE::LXC::destroy_lxc_container: volumes first, the configuration last. */
export async function destroy(context: Context, vmid: number, node: string, options: Record<string, string>) {
  const { store } = context
  const guest = findGuest(store.read(), 'lxc', vmid, node)
  if (guest.config.protection === 1 || guest.config.protection === '1')
    die(`can't remove CT ${vmid} - protection mode enabled`)
  if (guest.status === 'running' && options.force !== '1') die(`unable to destroy CT ${vmid} - container is running`)
  return runTask(context, { type: 'vzdestroy', id: vmid, node, lock: lockOf('lxc', vmid) }, async (log) => {
    const { lock } = findGuest(store.read(), 'lxc', vmid, node).config
    if (lock !== undefined && options.force !== '1' && lock !== 'destroyed') die(`CT is locked (${lock})`)
    store.change((state) => {
      state.volumes = state.volumes.filter((volume) => volume.vmid !== vmid)
      state.guests[vmid]!.config.lock = 'destroyed'
      setStopped(state.guests[vmid]!)
    })
    await checkpoint(context, 'half')
    store.change((state) => delete state.guests[vmid])
    if (options.purge === '1') log(`purging CT ${vmid} from related configurations..`)
  })
}

/** The entry of a guest in /nodes/{node}/lxc and /qemu. Numbers as PVE::LXC::vmstatus and PVE::QemuServer::vmstatus. */
export function describeStatus(state: State, guest: Guest, now: number) {
  const usage = guestUsage(guest, now)
  const isRunning = guest.status === 'running'
  const isContainer = guest.type === 'lxc'
  return {
    vmid: guest.vmid,
    name: nameOf(guest),
    status: guest.status,
    ...usage,
    cpus: cores(guest),
    maxmem: maxMemory(guest),
    maxdisk: guest.diskSize,
    ...(guest.config.tags !== undefined && { tags: guest.config.tags }),
    ...(guest.config.lock !== undefined && { lock: guest.config.lock }),
    ...(guest.config.template === 1 && { template: 1 }),
    ...(isRunning && { pid: 1000 + guest.vmid }),
    ...(isContainer && { type: 'lxc', swap: 0, maxswap: Number(guest.config.swap ?? 512) * 1024 ** 2 }),
    ...(state.version === '9.0' && {
      memhost: isContainer ? usage.mem : Math.round(usage.mem * 1.05),
      // A container's are text.
      ...(isRunning &&
        Object.fromEntries(
          ['cpusome', 'cpufull', 'iosome', 'iofull', 'memorysome', 'memoryfull'].map((name) => [
            `pressure${name}`,
            isContainer ? '0.00' : 0
          ])
        ))
    })
  }
}
