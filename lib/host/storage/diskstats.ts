import { type Measurement, ok, unavailable } from '../measurement.ts'
import { countIn } from '../plausible.ts'
import type { Counters } from '../rates.ts'

/** Since boot; `busyMs` is the time with at least one request in flight. */
export type DiskCounters = Counters<'reads' | 'readBytes' | 'writes' | 'writeBytes' | 'busyMs'>

/** The kernel counts in 512-byte sectors for every disk (kernel documentation, admin-guide/iostats). */
const SECTOR = 512
const bytesOf = (sectors: number | null): number | null => (sectors === null ? null : sectors * SECTOR)

/** Reads the text of /proc/diskstats: every block device and partition. */
export function parseDiskstats(text: string): Measurement<Map<string, DiskCounters>> {
  const devices = new Map<string, DiskCounters>()
  for (const line of text.split('\n')) {
    const match = /^ *\S+ +\S+ (\S{1,64}) (\S+(?: \S+){10,})$/.exec(line)
    if (!match) continue
    const numbers = match[2]!.split(' ').map(countIn)
    devices.set(match[1]!, {
      reads: numbers[0]!,
      readBytes: bytesOf(numbers[2]!),
      writes: numbers[4]!,
      writeBytes: bytesOf(numbers[6]!),
      busyMs: numbers[9]!
    })
  }
  return devices.size === 0 ? unavailable('/proc/diskstats lists no block device') : ok(devices)
}
