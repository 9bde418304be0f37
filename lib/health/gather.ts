import type { FailedUnit } from '../host/failed-units.ts'
import type { NetworkInterface, NetworkState } from '../host/network/reader.ts'
import type { Sample } from '../host/sampling.ts'
import type { StorageState } from '../host/storage/reader.ts'
import type { TimeSync } from '../host/time-sync.ts'
import type { Updates } from '../updates/apt.ts'
import type { DiskFact, Facts, InterfaceFact } from './facts.ts'

export interface Gathered {
  network: Readonly<Sample<NetworkState>>
  storage: Readonly<StorageState>
  units: Readonly<Sample<FailedUnit[]>>
  timeSync: Readonly<Sample<TimeSync>>
  updates: Readonly<Sample<Updates>>
}

const from = <T, U>({ value, reason, stale }: Readonly<Sample<T>>, read: (value: T) => U) => ({
  value: value === null ? null : read(value),
  reason,
  stale
})

/** A card that is not plugged in is no fault; one that carries addresses, or belongs to a bond, and has no link is. */
const isMissed = ({ kind, operstate, addresses, master }: NetworkInterface, isBond: (name: string) => boolean) =>
  operstate === 'down' &&
  (addresses.length > 0 || (master !== null && isBond(master))) &&
  ['physical', 'bridge', 'bond'].includes(kind)

function describeInterfaces({ interfaces }: NetworkState): InterfaceFact[] {
  const bonds = new Set(interfaces.filter(({ kind }) => kind === 'bond').map(({ name }) => name))
  return interfaces
    .filter(({ kind }) => ['physical', 'wireless', 'bridge', 'bond'].includes(kind))
    .map((each) => ({
      name: each.name,
      isDown: isMissed(each, (name) => bonds.has(name)),
      errorsPerSecond: each.rates.value === null ? null : each.rates.value.rxErrors + each.rates.value.txErrors
    }))
}

const describeDisks = (smart: StorageState['smart']): DiskFact[] =>
  [...(smart.value ?? [])].flatMap(([name, { value }]) => {
    if (value === null) return []
    const { status, temperature, pendingSectors, mediaErrors } = value
    const errors = pendingSectors === null && mediaErrors === null ? null : (pendingSectors ?? 0) + (mediaErrors ?? 0)
    return [{ name, hasPassed: status === 'unknown' ? null : status === 'passed', temperature, errors }]
  })

/** What the sources of the host show, as the checks go by it. */
export const gatherFacts = ({
  network,
  storage,
  units,
  timeSync,
  updates
}: Gathered): Omit<Facts, 'vitals' | 'faults'> => ({
  filesystems: from(storage.filesystems, (mounts) =>
    mounts.map(({ mountpoint, size, hasStopped }) => ({
      mount: mountpoint,
      usage: size.value?.usage ?? null,
      isReadOnly: hasStopped,
      isStale: size.stale
    }))
  ),
  disks: from(storage.smart, () => describeDisks(storage.smart)),
  pools: from(storage.pools, (pools) => pools.map(({ name, health, usage }) => ({ name, state: health, usage }))),
  interfaces: from(network, describeInterfaces),
  failedUnits: from(units, (failed) => failed.map(({ unit }) => unit)),
  timeSync: from(timeSync, ({ synchronized }) => ({ isSynchronised: synchronized })),
  updates: from(updates, ({ packages }) => ({
    pending: packages.length,
    security: packages.filter(({ security }) => security).length
  }))
})
