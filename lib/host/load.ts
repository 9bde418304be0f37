import { type Measurement, ok, unavailable } from './measurement.ts'

/** Runnable and uninterruptible tasks, averaged over 1, 5 and 15 minutes; null if implausible. */
export type LoadAverage = [number | null, number | null, number | null]

/** Reads the text of /proc/loadavg (proc_loadavg(5)). */
export function parseLoadavg(text: string): Measurement<LoadAverage> {
  const match = /^(\S+) (\S+) (\S+) /.exec(text)
  const [one, five, fifteen] = (match ?? [])
    .slice(1)
    .map((word) => (/^\d{1,9}\.\d\d$/.test(word) ? Number(word) : null))
  if ((one ?? five ?? fifteen ?? null) === null) return unavailable('loadavg has no readable average')
  return ok([one ?? null, five ?? null, fifteen ?? null])
}
