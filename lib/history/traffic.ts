import type { NetworkInterface } from '../host/network/reader.ts'

/** Bytes per second. */
export interface Traffic {
  netin: number
  netout: number
}
/** Of an interface within a step: the means and the maxima. */
export interface TrafficStep extends Traffic {
  netinMax: number
  netoutMax: number
}

/** The interfaces whose history is kept; a host with hundreds of guests has a small file, too. */
export const MAX_INTERFACES = 8
/** From the most to the least important. Ports of guests come and go, and Proxmox VE has their history. */
const KINDS: readonly NetworkInterface['kind'][] = ['physical', 'wireless', 'bond', 'bridge', 'vlan']

/** Whether the history of an interface may be kept. */
export const isRecorded = ({ kind }: Pick<NetworkInterface, 'kind'>): boolean => KINDS.includes(kind)

/** The rates of the recorded interfaces that have any: at most 8, physical ones first. */
export function pickTraffic(interfaces: readonly NetworkInterface[]): Map<string, Traffic> {
  const byImportance = interfaces
    .filter(isRecorded)
    .toSorted(
      (a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || a.name.localeCompare(b.name, 'en', { numeric: true })
    )
  const traffic = new Map<string, Traffic>()
  for (const { name, rates } of byImportance.slice(0, MAX_INTERFACES)) {
    const { rxBytes, txBytes } = rates.value ?? {}
    if (rxBytes != null && txBytes != null) traffic.set(name, { netin: rxBytes, netout: txBytes })
  }
  return traffic
}

/** Collects the samples of one step. */
export function createTrafficStep() {
  const sums = new Map<string, TrafficStep & { count: number }>()
  return {
    add(traffic: ReadonlyMap<string, Traffic>): void {
      for (const [name, { netin, netout }] of traffic) {
        const sum = sums.get(name)
        if (sum === undefined) {
          sums.set(name, { netin, netout, netinMax: netin, netoutMax: netout, count: 1 })
          continue
        }
        sum.netin += netin
        sum.netout += netout
        sum.netinMax = Math.max(sum.netinMax, netin)
        sum.netoutMax = Math.max(sum.netoutMax, netout)
        sum.count++
      }
    },
    finish: (): Map<string, TrafficStep> =>
      new Map(
        [...sums].map(([name, { netin, netout, netinMax, netoutMax, count }]) => [
          name,
          { netin: netin / count, netout: netout / count, netinMax, netoutMax }
        ])
      )
  }
}
