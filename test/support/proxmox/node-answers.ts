import { createHash } from 'node:crypto'
import type { Words } from './arguments.ts'
import { die, dieOfParameter } from './context.ts'
import { findStorage, usageOf, volumesOn } from './storages.ts'
import { statusOf } from './tasks.ts'
import type { Guest, State, Task } from './types.ts'
import { guestUsage, maxMemory, nodeUsage } from './usage.ts'

type Options = Words['options']

const versions = {
  '8.4': { release: '8.4', version: '8.4.1', repoid: '2a5fa54a8503f96d', kernel: '6.8.12-9-pve' },
  '9.0': { release: '9.0', version: '9.0.3', repoid: '025864202ebb6109', kernel: '6.14.8-2-pve' }
}
export const describeVersion = ({ version: number }: State) => {
  const { release, version, repoid } = versions[number]
  return { release, version, repoid }
}
/** What pveversion prints. */
export const versionLine = ({ version: number }: State) => {
  const { version, repoid, kernel } = versions[number]
  return `pve-manager/${version}/${repoid} (running kernel: ${kernel})`
}

export const describeNodes = (state: State, now: number) =>
  Object.entries(state.nodes).map(([name, node]) => ({
    id: `node/${name}`,
    node: name,
    type: 'node',
    level: '',
    status: node.online ? 'online' : 'offline',
    ssl_fingerprint: createHash('sha256').update(name).digest('hex').toUpperCase().match(/../g)!.join(':'),
    ...(node.online && {
      ...nodeUsage(state, name, node, now),
      maxcpu: node.cores,
      maxmem: node.memory,
      disk: node.rootUsed,
      maxdisk: node.rootSize
    })
  }))

export function describeNode(state: State, name: string, now: number) {
  const node = state.nodes[name]!
  const { uptime, cpu, mem } = nodeUsage(state, name, node, now)
  const load = (cpu * node.cores).toFixed(2)
  return {
    uptime,
    cpu,
    wait: 0.002,
    // Text, as in /proc.
    loadavg: [load, load, load],
    memory: { total: node.memory, used: mem, free: node.memory - mem },
    swap: { total: 8 * 1024 ** 3, used: 0, free: 8 * 1024 ** 3 },
    rootfs: {
      total: node.rootSize,
      used: node.rootUsed,
      free: node.rootSize - node.rootUsed,
      avail: node.rootSize - node.rootUsed
    },
    cpuinfo: {
      cpus: node.cores,
      cores: node.cores / 2,
      sockets: 1,
      model: 'Intel(R) Core(TM) i7-8700T CPU @ 2.40GHz',
      mhz: '2400.000'
    },
    pveversion: versionLine(state).split(' ')[0],
    kversion: `Linux ${versions[state.version].kernel} #1 SMP PREEMPT_DYNAMIC PMX`,
    'current-kernel': {
      machine: 'x86_64',
      release: versions[state.version].kernel,
      sysname: 'Linux',
      version: '#1 SMP PREEMPT_DYNAMIC PMX'
    }
  }
}

export function describeNetworks(state: State, name: string, { type }: Options) {
  const isWanted = (each: string) =>
    type === undefined || each === type || (type.startsWith('any_') && each === 'bridge')
  return state.nodes[name]!.networks.filter((each) => isWanted(each.type)).map(
    ({ active, cidr, gateway, bridge_ports, ...rest }) => ({
      ...rest,
      // Absent, not 0, where it is down.
      ...(active && { active: 1 }),
      ...(rest.type === 'eth' ? { exists: 1 } : { autostart: 1 }),
      ...(state.version === '9.0' && rest.type === 'eth' && { altnames: [`enx${name.padEnd(6, '0')}`] }),
      families: ['inet'],
      method: cidr === undefined ? 'manual' : 'static',
      method6: 'manual',
      priority: 3,
      ...(cidr !== undefined && { address: cidr.split('/')[0], netmask: cidr.split('/')[1], cidr }),
      ...(gateway !== undefined && { gateway }),
      ...(bridge_ports !== undefined && { bridge_ports, bridge_fd: '0', bridge_stp: 'off' })
    })
  )
}

export const describeTemplates = (state: State) =>
  state.templates.map(({ section, template }) => ({
    template,
    section,
    type: 'lxc',
    os: template.split('-')[0],
    package: template.split('_')[0],
    version: template.split('_')[1],
    architecture: 'amd64',
    location: `http://download.proxmox.com/images/${section}/${template}`
  }))

export function describeStorages(state: State, node: string, { content, enabled, storage: wanted }: Options) {
  return state.storages
    .filter((each) => content === undefined || content.split(',').some((word) => each.content.includes(word)))
    .filter((each) => enabled !== '1' || each.enabled)
    .filter((each) => wanted === undefined || each.storage === wanted)
    .map((each) => {
      const usage = usageOf(state, each, node)
      return {
        storage: each.storage,
        type: each.type,
        content: each.content.toSorted().join(','),
        shared: each.shared ? 1 : 0,
        enabled: each.enabled ? 1 : 0,
        active: usage ? 1 : 0,
        ...(each.enabled && { total: 0, used: 0, avail: 0 }),
        ...usage,
        ...(usage && { used_fraction: usage.used / usage.total })
      }
    })
}

export const describeContent = (state: State, node: string, storage: string, { content, vmid }: Options) =>
  volumesOn(state, findStorage(state, storage), node)
    .filter((volume) => content === undefined || volume.content === content)
    .filter((volume) => vmid === undefined || String(volume.vmid) === vmid)
    .map((volume) => ({
      volid: volume.volid,
      content: volume.content,
      format: volume.format,
      size: volume.size,
      ctime: Math.floor(volume.createdAt / 1000),
      ...(volume.vmid !== undefined && { vmid: volume.vmid })
    }))

const described = ({ upid, node, type, id, user, pid, pstart, starttime }: Task) => ({
  upid,
  node,
  type,
  id,
  user,
  pid,
  pstart,
  starttime
})

/** An entry of a list of tasks: there `status` is how it ended. */
export function describeTask(task: Task) {
  const { status, exitstatus } = statusOf(task)
  return {
    ...described(task),
    ...(status === 'stopped' && { endtime: task.endtime ?? task.starttime, status: exitstatus })
  }
}

export function describeTasks(
  state: State,
  node: string,
  { vmid, limit = '50', start = '0', source, errors, typefilter }: Options
) {
  const tasks = state.tasks
    .filter((task) => task.node === node && (vmid === undefined || task.id === vmid))
    .filter((task) => typefilter === undefined || task.type === typefilter)
    // Without `source` only what has ended is listed.
    .filter((task) => source === 'all' || (statusOf(task).status === 'running') === (source === 'active'))
    .filter((task) => errors !== '1' || (statusOf(task).exitstatus ?? 'OK') !== 'OK')
  return tasks.slice(Number(start), Number(start) + Number(limit)).map(describeTask)
}

const findTask = (state: State, upid: string) =>
  state.tasks.find((task) => task.upid === upid) ??
  (/^UPID:[^:]+(:[0-9A-F]{8,9}){3}:[^:]+:[^:]*:[^:]+:$/.test(upid)
    ? die('no such task')
    : dieOfParameter('upid', `unable to parse worker upid '${upid}'`))

/** DELETE /nodes/{node}/tasks/{upid}: PVE::RESTEnvironment::check_worker ends the worker. */
export function stopTask(state: State, upid: string): null {
  const task = findTask(state, upid)
  if (statusOf(task).status === 'running') process.kill(task.pid, 'SIGKILL')
  return null
}

/** GET /nodes/{node}/tasks/{upid}/status: `running`, or `stopped` with `exitstatus`. */
export function describeTaskStatus(state: State, upid: string) {
  const task = findTask(state, upid)
  const { status, exitstatus } = statusOf(task)
  return { ...described(task), tokenid: undefined, status, ...(exitstatus !== null && { exitstatus }) }
}

export function describeLog(state: State, upid: string, { start = '0', limit = '50' }: Options) {
  const lines = findTask(state, upid).log.map((t, i) => ({ n: i + 1, t }))
  const page = lines.slice(Number(start), Number(limit) === 0 ? undefined : Number(start) + Number(limit))
  return page.length === 0 && start === '0' ? [{ n: 1, t: 'no content' }] : page
}

export function describeConfig({ config }: Guest) {
  const text = Object.entries(config).map(([key, value]) => `${key}: ${value}\n`)
  return { ...config, digest: createHash('sha1').update(text.join('')).digest('hex') }
}

/** GET …/lxc/{vmid}/interfaces. Version 9 names the addresses as the agent of a VM does, beside the older fields. */
export function describeInterfaces({ version }: State, guest: Guest) {
  if (guest.status !== 'running') return null
  const mac = (/hwaddr=([\dA-F:]+)/i.exec(String(guest.config.net0))?.[1] ?? '').toLowerCase()
  const entry = (name: string, hwaddr: string, [inet, inet6]: [string, string]) => ({
    name,
    hwaddr,
    inet,
    inet6,
    ...(version === '9.0' && {
      'hardware-address': hwaddr,
      'ip-addresses': [inet, inet6].map((cidr) => ({
        'ip-address': cidr.split('/')[0],
        'ip-address-type': cidr.includes(':') ? 'inet6' : 'inet',
        prefix: cidr.split('/')[1]
      }))
    })
  })
  return [
    entry('lo', '00:00:00:00:00:00', ['127.0.0.1/8', '::1/128']),
    entry('eth0', mac, [`192.168.1.${guest.vmid % 250}/24`, 'fe80::be24:11ff:fe00:65/64'])
  ]
}

/** GET …/qemu/{vmid}/agent/network-get-interfaces; the texts are those of PVE::QemuServer::Agent. */
export function describeAgentInterfaces({ vmid, status, config, agentIsDead }: Guest) {
  if (!/^(enabled=)?1(,|$)/.test(String(config.agent))) die('No QEMU guest agent configured')
  if (status !== 'running') die(`VM ${vmid} is not running`)
  if (agentIsDead) die('QEMU guest agent is not running')
  const mac = (/=([\dA-F:]{17})/i.exec(String(config.net0))?.[1] ?? '').toLowerCase()
  const address = (text: string, prefix: number) => ({
    'ip-address': text,
    'ip-address-type': text.includes(':') ? 'ipv6' : 'ipv4',
    prefix
  })
  return {
    result: [
      {
        name: 'lo',
        'hardware-address': '00:00:00:00:00:00',
        'ip-addresses': [address('127.0.0.1', 8), address('::1', 128)]
      },
      {
        name: 'enp6s18',
        'hardware-address': mac,
        'ip-addresses': [address(`192.168.1.${vmid % 250}`, 24), address('fe80::be24:11ff:fe00:64', 64)],
        statistics: { 'rx-bytes': 1, 'tx-bytes': 1 }
      }
    ]
  }
}

const steps: Record<string, number> = { hour: 60, day: 1800, week: 10_800, month: 43_200, year: 604_800 }

/** GET …/rrddata: averages, oldest first, 70 of each; times before the guest was started have no values. */
export function describeHistory(state: State, guest: Guest, now: number, { timeframe = '' }: Options) {
  const step =
    steps[timeframe] ??
    dieOfParameter(
      'timeframe',
      `value '${timeframe}' does not have a value in the enumeration 'hour, day, week, month, year'`
    )
  const last = Math.floor(now / 1000 / step) * step
  return Array.from({ length: 70 }, (_, i) => {
    const time = last - (69 - i) * step
    if (guest.startedAt === null || time * 1000 < guest.startedAt) return { time }
    const { cpu, mem, disk } = guestUsage(guest, time * 1000)
    const rates = {
      netin: guest.netRate,
      netout: guest.netRate / 3,
      diskread: guest.netRate / 5,
      diskwrite: guest.netRate / 2
    }
    const sizes = { maxcpu: Number(guest.config.cores ?? 1), maxmem: maxMemory(guest), maxdisk: guest.diskSize }
    return { time, cpu, mem, disk, ...rates, ...sizes, ...(state.version === '9.0' && { memhost: mem }) }
  })
}
