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

/** Kinds of interfaces that connect this host. A bridge with guest ports only has no link while all guests are stopped. */
const UPLINK_KINDS: readonly NetworkInterface['kind'][] = ['physical', 'wireless', 'bond', 'vlan']

/** RFC 2863 states in the kernel: a veth reports lowerlayerdown, a physical interface down. */
const WITHOUT_LINK = ['down', 'lowerlayerdown']

/** True if an interface has no link but is enabled and in use. An unused port without a cable is not a fault. */
function isLinkMissing(one: NetworkInterface, all: readonly NetworkInterface[]): boolean {
  const { name, kind, operstate, isEnabled, addresses, master, bridgeMembers } = one
  if (!isEnabled || !WITHOUT_LINK.includes(operstate)) return false
  if (kind === 'bridge')
    return all.some((port) => bridgeMembers?.includes(port.name) && UPLINK_KINDS.includes(port.kind))
  if (kind !== 'physical' && kind !== 'bond') return false
  return addresses.length > 0 || master !== null || all.some(({ vlan }) => vlan?.parent === name)
}

const addKnown = (a: number | null | undefined, b: number | null | undefined): number | null =>
  a == null || b == null ? null : a + b

const describeInterfaces = ({ interfaces }: NetworkState): InterfaceFact[] =>
  interfaces
    .filter(({ kind }) => ['physical', 'wireless', 'bridge', 'bond'].includes(kind))
    .map((each) => ({
      name: each.name,
      isDown: isLinkMissing(each, interfaces),
      errorsPerSecond: addKnown(each.rates.value?.rxErrors, each.rates.value?.txErrors)
    }))

const describeDisks = (smart: StorageState['smart']): DiskFact[] =>
  [...(smart.value ?? [])].flatMap(([name, { value }]) => {
    if (value === null) return []
    const { status, temperature, pendingSectors, mediaErrors } = value
    const errors = pendingSectors === null && mediaErrors === null ? null : (pendingSectors ?? 0) + (mediaErrors ?? 0)
    return [{ name, hasPassed: status === 'unknown' ? null : status === 'passed', temperature, errors }]
  })

/** Converts the samples of the host to the input of the checks. */
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
