import type { Page } from 'playwright-core'
import { deviceHistoryOfAnHour, historyOfAnHour } from './made-up-host.ts'

const GIB = 1024 ** 3
const age = () => ({ timestamp: new Date().toISOString(), stale: false, age_seconds: 2, reason: null })
const io = (read: number, write: number) => ({
  read_bytes: 52 * GIB,
  write_bytes: 104 * GIB,
  read_bytes_per_second: read,
  write_bytes_per_second: write,
  reads_per_second: 12,
  writes_per_second: 34
})

const disk = (name: string, type: string, model: string, more: object) => ({
  name,
  type,
  model,
  serial: `S62ANX0R12345${name.length}`,
  size_bytes: 500_107_862_016,
  physical: true,
  partitions: [],
  mounts: [],
  ...io(4096, 262_144),
  utilization: 2.5,
  health: 'healthy',
  smart_status: 'passed',
  temperature: 34,
  power_on_hours: 12_345,
  power_cycles: 123,
  reallocated_sectors: 0,
  pending_sectors: 0,
  crc_errors: 0,
  media_errors: 0,
  percentage_used: 3,
  smart: age(),
  reasons: {},
  ...more
})
const filesystem = (mountpoint: string, device: string, fstype: string, total: number, used: number) => ({
  mountpoint,
  device,
  fstype,
  total_bytes: total * GIB,
  used_bytes: used * GIB,
  available_bytes: (total - used) * GIB,
  usage_percent: (used / total) * 100,
  read_only: false,
  remote: fstype === 'nfs4',
  disks: [],
  ...age()
})
const storage = () => ({
  success: true,
  ...age(),
  total_bytes: 4_500_970_758_144,
  used_bytes: 1_620 * GIB,
  available_bytes: 2_480 * GIB,
  usage_percent: 39.5,
  disk_count: 2,
  io: { ...io(96_000, 674_000), reasons: {} },
  disks: [
    disk('nvme0n1', 'nvme', 'Samsung SSD 980 500GB', { mounts: ['/', '/boot/efi'] }),
    disk('sda', 'hdd', 'WDC WD40EFRX-68N32N0', {
      size_bytes: 4_000_787_030_016,
      health: 'warning',
      pending_sectors: 8,
      temperature: 38,
      rotation_rate: 5400
    })
  ],
  filesystems: [
    filesystem('/', '/dev/mapper/pve-root', 'ext4', 94, 26),
    filesystem('/boot/efi', '/dev/nvme0n1p2', 'vfat', 1, 0.1),
    filesystem('/mnt/pve/backup', '192.168.1.5:/backup', 'nfs4', 1800, 1602)
  ],
  zfs_pools: [],
  sources: { disks: age(), filesystems: age(), smart: age(), zfs_pools: age() },
  reasons: {}
})

const link = (name: string, type: string, more: object) => ({
  name,
  type,
  status: 'up',
  operstate: 'up',
  speed: 1000,
  duplex: 'full',
  mtu: 1500,
  mac_address: '02:00:00:00:00:01',
  addresses: [],
  bytes_sent: 98 * GIB,
  bytes_recv: 412 * GIB,
  errors_in: 0,
  errors_out: 0,
  drops_in: 0,
  drops_out: 0,
  bytes_recv_per_second: 642_000,
  bytes_sent_per_second: 118_000,
  reasons: {},
  ...more
})
const network = () => ({
  success: true,
  ...age(),
  interfaces: [],
  physical_interfaces: [
    link('eno1', 'physical', { master: 'vmbr0' }),
    link('eno2', 'physical', {
      status: 'down',
      speed: null,
      bytes_recv: 0,
      bytes_sent: 0,
      bytes_recv_per_second: 0,
      bytes_sent_per_second: 0,
      reasons: { speed: 'there is no link' }
    })
  ],
  bridge_interfaces: [
    link('vmbr0', 'bridge', {
      addresses: [
        { ip: '192.168.1.10', netmask: '255.255.255.0', family: 'IPv4' },
        { ip: '2001:db8::10', netmask: 'ffff:ffff:ffff:ffff::', family: 'IPv6' }
      ],
      bridge_members: ['eno1', 'tap100i0', 'veth101i0'],
      bridge_physical_interface: 'eno1'
    })
  ],
  vm_lxc_interfaces: [
    link('tap100i0', 'vm_lxc', { vmid: 100, vm_type: 'vm', master: 'vmbr0', speed: 10_000 }),
    link('veth101i0', 'vm_lxc', { vmid: 101, vm_type: 'lxc', master: 'vmbr0', speed: 10_000 })
  ],
  bond_interfaces: [],
  hostname: 'pve1',
  domain: 'example.com',
  dns_servers: ['192.168.1.1'],
  reasons: {},
  traffic: {
    bytes_sent: 98 * GIB,
    bytes_recv: 412 * GIB,
    errin: 0,
    errout: 0,
    dropin: 12,
    dropout: 0,
    bytes_recv_per_second: 642_000,
    bytes_sent_per_second: 118_000,
    reasons: {}
  },
  physical_active_count: 1,
  physical_total_count: 2
})

const guest = (vmid: number, name: string, type: string, cpu: number) => ({
  vmid,
  name,
  type,
  status: cpu > 0 ? 'running' : 'stopped',
  cpu,
  maxcpu: 4,
  template: false
})
const guests = () => ({
  success: true,
  ...age(),
  guests: [
    guest(100, 'home-assistant', 'qemu', 0.062),
    guest(101, 'web', 'lxc', 0.031),
    guest(102, 'files', 'lxc', 0.014),
    guest(103, 'windows', 'qemu', 0)
  ]
})
const storages = () => ({
  success: true,
  ...age(),
  storage: [
    {
      name: 'local',
      type: 'dir',
      status: 'active',
      status_detail: 'available',
      total: 93.9,
      used: 26,
      available: 67.9
    },
    {
      name: 'backup',
      type: 'nfs',
      status: 'active',
      status_detail: 'available',
      total: 1800,
      used: 1602,
      available: 198
    }
  ].map((each) => ({ ...each, percent: (each.used / each.total) * 100, content: 'iso,vztmpl,backup', shared: false }))
})

const programs: [command: string, cmdline: string, user: string, cpu: number, mib: number][] = [
  ['kvm', '/usr/bin/kvm -id 100 -name home-assistant,debug-threads=on -no-shutdown', 'root', 24.6, 4112],
  ['postgres', 'postgres: 15/main: writer', 'postgres', 8.2, 212],
  ['nginx', 'nginx: worker process', 'www-data', 4.1, 38],
  ['pvestatd', 'pvestatd', 'root', 1.8, 154],
  ['pveproxy worker', 'pveproxy worker', 'www-data', 0.9, 166],
  ['corosync', '/usr/sbin/corosync -f', 'root', 0.6, 172],
  ['fail2ban-server', '/usr/bin/python3 /usr/bin/fail2ban-server -xf start', 'root', 0.5, 24],
  ['smbd', '/usr/sbin/smbd --foreground --no-process-group', 'root', 0.4, 26],
  ['sshd', 'sshd: /usr/sbin/sshd -D [listener] 0 of 10-100 startups', 'root', 0, 9],
  ['cron', '/usr/sbin/cron -f', 'root', 0, 3],
  ['systemd', '/sbin/init', 'root', 0, 13]
]
const processOf = ([command, cmdline, user, cpu, mib]: (typeof programs)[number], i: number) => ({
  pid: 812 + 97 * i,
  ppid: 1,
  command,
  name: cmdline.startsWith('/usr/bin/python3') ? 'python3' : command,
  cmdline,
  script: /^\/usr\/bin\/python3 (\S+)/.exec(cmdline)?.[1] ?? null,
  user,
  state: cpu > 5 ? 'R' : 'S',
  cpu,
  mem: (mib / 31_949) * 100,
  rss: mib * 1024 ** 2,
  threads: 1 + (i % 7),
  start_time: new Date(Date.now() - 3 * 86_400_000).toISOString(),
  read_bytes_per_second: Math.round(cpu * 900),
  write_bytes_per_second: Math.round(cpu * 2100)
})
const processes = () => ({
  success: true,
  ...age(),
  processes: programs.map(processOf),
  total: 214,
  sort: 'cpu',
  reasons: {}
})
const process = () => ({
  ...processOf(programs[0]!, 0),
  success: true,
  ...age(),
  comm: 'kvm',
  group: 'root',
  exe: '/usr/bin/qemu-system-x86_64',
  cwd: '/',
  parent_name: 'systemd',
  nice: 0,
  monotonicNow: '3 days, 0:00:12',
  vm_size_kb: 5_400_000,
  vm_swap_kb: 0,
  pss: 4_290_000_000,
  io_read_bytes: 12 * GIB,
  io_write_bytes: 48 * GIB,
  fd_count: 94,
  cgroup: '/qemu.slice/100.scope',
  oom_score: 702,
  voluntary_switches: 8_120_443,
  involuntary_switches: 12_804,
  limits: [],
  children: [],
  reasons: { limits: 'not shown here' }
})

/** Answers for the screenshots, so that they do not show the disks, adapters and programs of the real machine. */
export async function makeUpAnswers(page: Page): Promise<void> {
  const answers: Record<string, () => object> = {
    '**/api/node/metrics?*': historyOfAnHour,
    '**/api/storage': storage,
    '**/api/network': network,
    '**/api/network/*/history?*': () => deviceHistoryOfAnHour('interface'),
    '**/api/storage/disks/*/history?*': () => deviceHistoryOfAnHour('disk'),
    '**/api/guests': guests,
    '**/api/proxmox-storage': storages,
    '**/api/processes?*': processes,
    '**/api/processes/*': process
  }
  for (const [path, answer] of Object.entries(answers))
    await page.route(path, (route) => route.fulfill({ json: answer() }))
  // Without the live stream the dashboard polls the routes.
  await page.route('**/api/live/ticket', (route) => route.fulfill({ status: 503, json: { code: 'BUSY' } }))
}
