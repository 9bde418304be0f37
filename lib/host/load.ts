import { absent, present, type Reading } from './reading.ts'

/** Runnable and uninterruptible tasks, averaged over 1, 5 and 15 minutes; null where the kernel shows no plausible number. */
export type LoadAverage = [number | null, number | null, number | null]

/** Reads the text of /proc/loadavg (proc_loadavg(5)). */
export function parseLoadavg(text: string): Reading<LoadAverage> {
  const match = /^(\S+) (\S+) (\S+) /.exec(text)
  const [one, five, fifteen] = (match ?? [])
    .slice(1)
    .map((word) => (/^\d{1,9}\.\d\d$/.test(word) ? Number(word) : null))
  if ((one ?? five ?? fifteen ?? null) === null) return absent('loadavg has no readable average')
  return present([one ?? null, five ?? null, fifteen ?? null])
}
