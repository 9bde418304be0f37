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
  app.sources.proxmox.latest = () => standIn(sampled({ guests, storages: [], nodes: [{ node }, { node: 'another' }] }))
}
