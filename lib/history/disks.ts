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

const toRecord = (disks: readonly DiskState[]): DiskState[] =>
  disks.toSorted((a, b) => Number(b.isPhysical) - Number(a.isPhysical)).slice(0, kindOf('disk').most)

/** Why a disk that is there is not recorded; null if it is. */
export const whyNotRecorded = (name: string, disks: readonly DiskState[]): string | null =>
  toRecord(disks).some((disk) => disk.name === name)
    ? null
    : `at most ${kindOf('disk').most} disks are recorded, physical ones first`

/** The values of the disks to record: a limited number of them, physical ones first. */
export function pickDisks(
  disks: readonly DiskState[],
  temperatureOf: (name: string) => number | null
): Map<string, DeviceValues> {
  return new Map(
    toRecord(disks).map((disk) => {
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
