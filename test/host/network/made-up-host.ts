import { writeFileSync } from 'node:fs'
import type { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import type { Test } from 'tap'
import { createNetworkReader, type NetworkState } from '../../../lib/host/network/reader.ts'
import type { Sample } from '../../../lib/host/sampling.ts'
import { plant, type Tree } from '../tree.ts'

export const NOON = Date.UTC(2025, 5, 1, 12)
const HEAD = 'Inter-|   Receive                |  Transmit\n face |bytes packets errs drop|bytes\n'
export const netDev = (bytes: Record<string, [rx: number, tx: number]>) =>
  HEAD +
  Object.entries(bytes)
    .map(
      ([name, [rx, tx]]) =>
        `${name.padStart(6)}: ${rx} 90 1 10 0 0 0 0 ${tx}    50    2    0    0     0       0          0\n`
    )
    .join('')

export const card = (name: string, more: Tree = {}): Tree => ({
  [`sys/class/net/${name}/device/vendor`]: '0x8086\n',
  ...link(name, more)
})
export const link = (name: string, more: Tree = {}): Tree => ({
  [`sys/class/net/${name}/type`]: '1\n',
  [`sys/class/net/${name}/operstate`]: 'up\n',
  [`sys/class/net/${name}/mtu`]: '1500\n',
  [`sys/class/net/${name}/address`]: '02:00:00:00:00:01\n',
  [`sys/class/net/${name}/ifindex`]: '7\n',
  [`sys/class/net/${name}/iflink`]: '7\n',
  [`sys/class/net/${name}/flags`]: '0x1003\n',
  ...Object.fromEntries(Object.entries(more).map(([file, text]) => [`sys/class/net/${name}/${file}`, text]))
})

/** A Proxmox host with a bond under its bridge, a VLAN, two guests and WireGuard. */
export const proxmox: Tree = {
  ...link('lo', { type: '772\n', operstate: 'unknown\n', address: '00:00:00:00:00:00\n' }),
  ...card('eno1', { speed: '1000\n', duplex: 'full\n', master: { to: '../bond0' } }),
  ...card('eno2', { speed: '-1\n', duplex: 'unknown\n', operstate: 'down\n', master: { to: '../bond0' } }),
  ...card('wlp3s0', { 'wireless/none': '', uevent: 'DEVTYPE=wlan\n' }),
  ...link('bond0', {
    'bonding/mode': 'active-backup 1\n',
    'bonding/slaves': 'eno1 eno2\n',
    'bonding/active_slave': 'eno1\n',
    speed: '1000\n',
    duplex: 'full\n',
    master: { to: '../vmbr0' }
  }),
  ...link('vmbr0', { 'bridge/bridge_id': '8000\n', 'brif/bond0': null, 'brif/tap101i0': null, 'brif/fwpr100p0': null }),
  ...link('vmbr0.20', { uevent: 'DEVTYPE=vlan\n', lower_vmbr0: null, iflink: '5\n' }),
  ...link('veth100i0', { iflink: '2\n', master: { to: '../fwbr100i0' } }),
  ...link('fwbr100i0', { 'bridge/bridge_id': '8000\n', 'brif/veth100i0': null }),
  ...link('tap101i0', { tun_flags: '0x1002\n' }),
  ...link('wg0', { type: '65534\n', operstate: 'unknown\n', uevent: 'DEVTYPE=wireguard\n', address: '\n' }),
  ...link('docker1', { iflink: '99\n' }),
  ...link('dummy0'),
  'proc/net/vlan/config': 'VLAN Dev name\t | VLAN ID\nvmbr0.20       | 20  | vmbr0\n'
}
export const names = 'lo eno1 eno2 wlp3s0 bond0 vmbr0 vmbr0.20 veth100i0 fwbr100i0 tap101i0 wg0 docker1 dummy0'.split(
  ' '
)
export const addresses = (() => ({
  vmbr0: [
    { address: '192.0.2.10', netmask: '255.255.255.0', family: 'IPv4' },
    { address: '2001:db8::10', netmask: 'ffff:ffff:ffff:ffff::', family: 'IPv6' }
  ]
})) as unknown as typeof networkInterfaces

export function hostOf(t: Test, tree: Tree, options: { addresses?: typeof networkInterfaces } = {}) {
  const root = t.testdir()
  plant(root, { 'proc/net/dev': netDev(Object.fromEntries(names.map((name) => [name, [1000, 500]]))), ...tree })
  let at = 0
  const reader = createNetworkReader({
    procDir: join(root, 'proc'),
    sysDir: join(root, 'sys'),
    etcDir: join(root, 'etc'),
    addresses,
    monotonicNow: () => at,
    ...options
  })
  t.teardown(reader.close)
  return {
    root,
    read: reader.read,
    pass: (ms: number) => (at += ms),
    count: (bytes: Record<string, [number, number]>) => writeFileSync(join(root, 'proc/net/dev'), netDev(bytes))
  }
}
export const sampleOf = (value: NetworkState): Sample<NetworkState> => ({
  value,
  reason: null,
  sampledAt: NOON,
  stale: false
})
