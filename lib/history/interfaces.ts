import type { NetworkInterface } from '../host/network/reader.ts'
import { type DeviceValues, kindOf } from './devices.ts'

/** From the most to the least important. Ports of guests come and go, and Proxmox VE has their history. */
const KINDS: readonly NetworkInterface['kind'][] = ['physical', 'wireless', 'bond', 'bridge', 'vlan']
const names = new Intl.Collator('en', { numeric: true })

/** Whether the history of an interface may be kept. */
export const isRecorded = ({ kind }: Pick<NetworkInterface, 'kind'>): boolean => KINDS.includes(kind)

/** The rates of the interfaces to record: a limited number of them, physical ones first. */
export function pickInterfaces(interfaces: readonly NetworkInterface[]): Map<string, DeviceValues> {
  const byImportance = interfaces
    .filter(isRecorded)
    .toSorted((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || names.compare(a.name, b.name))
  return new Map(
    byImportance
      .slice(0, kindOf('interface').most)
      .map(({ name, rates: { value } }) => [name, { netin: value?.rxBytes ?? null, netout: value?.txBytes ?? null }])
  )
}
