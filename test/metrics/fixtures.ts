import { ok } from '../../lib/host/measurement.ts'
import { nodeNameOf } from '../../lib/host/vitals.ts'
import type { App } from '../support/app.ts'
import { standIn } from '../support/stand-in.ts'

const sampled = (value: unknown) => ({ value, reason: null, sampledAt: Date.now(), stale: false })
const filesystem = (source: string, mountpoint: string, size: object) => ({ source, mountpoint, size })

/** What hosts have that this machine may lack: samples for every family there is, with a counter that grows at each scrape. */
export function addFixtures(app: App): void {
  let rxBytes = 1e12
  const latest = app.vitals.latest
  app.vitals.latest = () => ({ ...latest(), temperature: ok(47) })
  app.sources.network.latest = () => {
    rxBytes += 1000
    const counters = { rxBytes, txBytes: rxBytes / 2 }
    const interfaces = [
      { name: 'vmbr0', isUp: true, counters },
      { name: 'eno9', isUp: false, counters }
    ]
    return standIn(sampled({ interfaces, growing: ok(counters) }))
  }
  const storage = {
    disks: sampled({ disks: [] }),
    pools: sampled([]),
    filesystems: sampled([
      filesystem('rpool/ROOT', '/', sampled({ total: 100e9, used: 40e9, usage: 40 })),
      filesystem('/dev/sdb1', '/mnt/"quoted" \\ \n', { value: null, reason: 'hangs', sampledAt: null, stale: false }),
      filesystem('/dev/sdb1', '/srv', sampled({ total: 2e12, used: 0, usage: 0 }))
    ]),
    smart: sampled(
      new Map([
        ['nvme0n1', sampled({ temperature: 41 })],
        ['sda', sampled({ temperature: null })]
      ])
    )
  }
  app.sources.storage.latest = () => standIn(storage)
  const node = nodeNameOf(app.vitals.latest())
  const guest = { node, vmid: 100, name: 'a "name" \\ with\nall', type: 'qemu', status: 'running' }
  const guests = [
    { ...guest, cpu: 0.25, mem: 2e9, maxmem: 4e9 },
    { node, vmid: 101, name: 'ct', type: 'lxc', status: 'stopped', cpu: 0, mem: 0, maxmem: 1e9 },
    { ...guest, node: 'another', vmid: 102, name: 'on another node' }
  ]
  const none = { temperature: null, utilization: null, memoryTotal: null, memoryUsed: null, power: null }
  const figures = { temperature: 41, utilization: 7, memoryTotal: 8e9, memoryUsed: 3e8, power: 14.5, clock: 500 }
  const fan = { chip: 'nct6798', device: null, value: 812 }
  const battery = { charge: 98, load: 23, runtime: 1825, inputVoltage: 231 }
  const hardware = {
    inventory: sampled({}),
    sensors: sampled({
      // Two headers with the same label: one series.
      chips: ok({
        fans: [
          { ...fan, name: 'CPU "Fan"' },
          { ...fan, name: 'fan2' },
          { ...fan, name: 'fan2' }
        ]
      }),
      gpus: [
        { slot: '0000:03:00.0', driver: 'amdgpu', figures: { ...figures, memoryClock: 96 } },
        { slot: '0000:00:02.0', driver: 'i915', figures: { ...none, clock: 300, memoryClock: null } }
      ]
    }),
    pciNames: sampled(new Map([['0000:03:00.0', { device: 'Navi 33 [Radeon RX 7600]' }]])),
    memoryModules: sampled([]),
    nvidia: { value: null, reason: 'no GPU has the driver nvidia', sampledAt: null, stale: false },
    ups: sampled([
      { name: 'apc', ...battery },
      { name: 'silent', charge: null, load: null, runtime: null, inputVoltage: null }
    ])
  }
  app.hardware.sample = async () => standIn(hardware)
  app.sources.proxmox.latest = () => standIn(sampled({ guests, storages: [], nodes: [{ node }, { node: 'another' }] }))
}
