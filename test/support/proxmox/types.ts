export type Version = '8.4' | '9.0'

/** One interface in the form of GET /nodes/{node}/network, without what both versions share by type. */
export interface NetworkInterface {
  iface: string
  type: 'eth' | 'bridge' | 'bond' | 'vlan'
  cidr?: string
  gateway?: string
  bridge_ports?: string
  active: boolean
}

export interface Node {
  nodeid: number
  ip: string
  online: boolean
  /** Milliseconds since 1970, as every time of the state. */
  bootedAt: number
  cores: number
  memory: number
  rootSize: number
  rootUsed: number
  networks: NetworkInterface[]
}

export interface Storage {
  storage: string
  type: 'dir' | 'lvmthin' | 'zfspool' | 'nfs'
  content: string[]
  shared: boolean
  enabled: boolean
  /** A dead share is enabled and not active. */
  active: boolean
  total: number
  /** Bytes that are used besides the volumes of the state. */
  used: number
}

export interface Volume {
  volid: string
  storage: string
  node: string
  content: 'vztmpl' | 'rootdir' | 'images' | 'iso' | 'backup'
  format: string
  size: number
  /** Of a thin volume less than its size. */
  used: number
  createdAt: number
  vmid?: number
}

export interface Tailscale {
  wantRunning: boolean
  loggedIn: boolean
  /** An admin of the tailnet has approved the machine. */
  machineApproved: boolean
  nodeId: string
  nodeKey: string
  ips: string[]
  hostname: string
  advertised: string[]
  exitNode: boolean
  acceptRoutes: boolean
  /** Of what is advertised, what an admin has approved; 0.0.0.0/0 and ::/0 for an exit node. */
  approved: string[]
  loginError: string | null
  createdAt: number
}

/** What is inside of a container. */
export interface Inside {
  files: Record<string, { content: string; mode: number }>
  packages: Record<string, string>
  services: Record<string, { enabled: boolean; started: boolean }>
  tailscale: Tailscale | null
}

export interface Guest {
  vmid: number
  type: 'lxc' | 'qemu'
  node: string
  status: 'running' | 'stopped'
  startedAt: number | null
  /** As in its file below /etc/pve. */
  config: Record<string, string | number>
  /** Share of its processors, share of its memory, bytes per second. */
  load: number
  memoryShare: number
  netRate: number
  diskSize: number
  diskUsed: number
  /** It ignores a shutdown. */
  stubborn?: boolean
  /** Its QEMU guest agent is configured and does not run. */
  agentIsDead?: boolean
  inside: Inside | null
}

export interface Task {
  upid: string
  node: string
  type: string
  id: string
  user: string
  pid: number
  pstart: number
  /** Seconds. */
  starttime: number
  endtime: number | null
  /** `OK` or the error; null while it runs. */
  exitstatus: string | null
  log: string[]
}

export type AuthKey = 'valid' | 'reusable' | 'expired' | 'used' | 'needs-approval'

/**
 * What goes wrong on request. `step` is the program and its first words, as `pct create`, `pvesh get /nodes` or
 * `pct exec tailscale up` (the command inside, without number and options).
 */
export type Fault = {
  step: string
  /** Before anything is done, or after half of it. A process is always killed half-way. */
  at?: 'start' | 'half'
  /** How often; always if it is left out. */
  times?: number
} & (
  | { kind: 'fail'; text: string; code?: number }
  | { kind: 'hang' }
  | { kind: 'slow'; ms: number }
  | { kind: 'killed' }
)

export interface State {
  version: Version
  /** The node on which the programs run. */
  node: string
  clusterName: string | null
  nodes: Record<string, Node>
  storages: Storage[]
  volumes: Volume[]
  guests: Record<string, Guest>
  tasks: Task[]
  /** Sections and file names as `pveam available` lists them. */
  templates: { section: string; template: string; size: number }[]
  tailnet: {
    name: string
    keys: Record<string, AuthKey>
    /** Routes are approved at once, as by an auto-approver of the tailnet's policy. */
    approvesRoutes: boolean
    /** The version in Alpine's repository, and the newest one. */
    packaged: string
    latest: string
  }
  /** Whether names are resolved, on the host and in containers. */
  resolvesNames: boolean
  /** How long a step takes, milliseconds, under its first two words. */
  durations: Record<string, number>
  faults: Fault[]
}
