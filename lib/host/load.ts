import { absent, present, type Reading } from './reading.ts'

/** Runnable and uninterruptible tasks, averaged over 1, 5 and 15 minutes. */
export type LoadAverage = [number, number, number]

/** Reads the text of /proc/loadavg (proc_loadavg(5)). */
export function parseLoadavg(text: string): Reading<LoadAverage> {
  const match = /^(\d{1,9}\.\d\d) (\d{1,9}\.\d\d) (\d{1,9}\.\d\d) /.exec(text)
  if (!match) return absent('loadavg has no three averages')
  return present([Number(match[1]), Number(match[2]), Number(match[3])])
}
