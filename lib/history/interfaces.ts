import type { NetworkInterface } from '../host/network/reader.ts'
import { type DeviceValues, kindOf } from './devices.ts'

/** From the most to the least important. Ports of guests come and go, and Proxmox VE has their history. */
const KINDS: readonly NetworkInterface['kind'][] = ['physical', 'wireless', 'bond', 'bridge', 'vlan']
const names = new Intl.Collator('en', { numeric: true })

/** Whether the history of an interface may be kept. */
const isRecorded = ({ kind }: Pick<NetworkInterface, 'kind'>): boolean => KINDS.includes(kind)

const toRecord = (interfaces: readonly NetworkInterface[]): NetworkInterface[] =>
  interfaces
    .filter(isRecorded)
    .toSorted((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || names.compare(a.name, b.name))
    .slice(0, kindOf('interface').most)

/** The rates of the interfaces to record: a limited number of them, physical ones first. */
export const pickInterfaces = (interfaces: readonly NetworkInterface[]): Map<string, DeviceValues> =>
  new Map(
    toRecord(interfaces).map(({ name, rates: { value } }) => [
      name,
      { netin: value?.rxBytes ?? null, netout: value?.txBytes ?? null }
    ])
  )

/** Why an interface that is there is not recorded; null if it is. */
export function whyNotRecorded(name: string, interfaces: readonly NetworkInterface[]): string | null {
  const one = interfaces.find((each) => each.name === name)
  if (!one || toRecord(interfaces).includes(one)) return null
  return isRecorded(one)
    ? `at most ${kindOf('interface').most} interfaces are recorded, physical ones first`
    : 'only physical interfaces, bonds, bridges and VLANs are recorded'
}
