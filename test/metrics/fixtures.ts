import type { App } from '../helper.ts'

type Host = Parameters<Parameters<App['metrics']['add']>[0]>[0]

/** What hosts have that this machine may lack: every family there is, with a counter that grows at each scrape. */
export function addFixtures(app: App): void {
  let bytes = 1e12
  app.metrics.add((host: Host) => {
    bytes += 1000
    const node = app.vitals.latest().hostname
    const traffic = { bytesReceived: bytes, bytesSent: bytes / 2 }
    return [
      ...host.networkFamilies(node, [{ name: 'vmbr0', ...traffic }], traffic),
      ...host.filesystemFamilies(node, [
        { disk: 'rpool/ROOT', mountpoint: '/', total: 100e9, used: 40e9, usage: 40 },
        { disk: 'sdb1', mountpoint: '/mnt/"quoted" \\ \n', total: null, used: null, usage: null },
        { disk: 'sdb1', mountpoint: '/srv', total: 2e12, used: 0, usage: 0 }
      ]),
      ...host.diskFamilies(node, [
        { disk: 'nvme0n1', temperature: 41 },
        { disk: 'sda', temperature: null }
      ]),
      ...host.guestFamilies(node, [
        {
          vmid: 100,
          name: 'a "name" \\ with\nall',
          type: 'qemu',
          isRunning: true,
          cpu: 0.25,
          memoryUsed: 2e9,
          memoryMax: 4e9
        },
        { vmid: 101, name: 'ct', type: 'lxc', isRunning: false, cpu: 0, memoryUsed: 0, memoryMax: 1e9 }
      ]),
      {
        name: 'proxmox_cpu_temperature_celsius',
        help: 'CPU temperature in Celsius',
        type: 'gauge',
        values: app.vitals.latest().temperature.value === null ? [{ labels: { node }, value: 47 }] : []
      }
    ]
  })
}
