import type { Disk } from '../host/storage/disk.ts'
import type { DiskState } from '../host/storage/reader.ts'
import { type DeviceValues, kindOf } from './devices.ts'

type Named = Pick<Disk, 'name' | 'serial'>

/** Longer serial numbers do not exist; the text comes from the device. */
const MAX_SERIAL = 64

/**
 * The name under which the history of a disk is kept: its serial number, since `sda` may be another disk after a start.
 * The kernel's name if it has none, or if another disk has the same one, as some USB adapters and NVMe namespaces do.
 */
export function historyNameOf({ name, serial }: Named, disks: readonly Named[]): string {
  const isUnique = serial !== null && disks.every((other) => other.name === name || other.serial !== serial)
  return isUnique ? serial.slice(0, MAX_SERIAL) : name
}

/** The busy time in percent, from milliseconds per second. */
const utilizationOf = (busyMs: number | null | undefined): number | null =>
  busyMs == null ? null : Math.min(100, busyMs / 10)

/** The values of the disks to record: a limited number of them, physical ones first. */
export function pickDisks(
  disks: readonly DiskState[],
  temperatureOf: (name: string) => number | null
): Map<string, DeviceValues> {
  const byImportance = disks.toSorted((a, b) => Number(b.isPhysical) - Number(a.isPhysical))
  return new Map(
    byImportance.slice(0, kindOf('disk').most).map((disk) => {
      const { value } = disk.rates
      const values = {
        diskread: value?.readBytes ?? null,
        diskwrite: value?.writeBytes ?? null,
        utilization: utilizationOf(value?.busyMs),
        temperature: temperatureOf(disk.name)
      }
      return [historyNameOf(disk, disks), values]
    })
  )
}
