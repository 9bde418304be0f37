import { type Measurement, ok, unavailable } from './measurement.ts'

/** Seconds since boot, with hundredths, from /proc/uptime (proc_uptime(5)). */
export function parseUptime(text: string): Measurement<number> {
  const match = /^(\d{1,12}\.\d\d) /.exec(text)
  return match ? ok(Number(match[1])) : unavailable('uptime has no readable number of seconds')
}

const TOLERANCE_MS = 5000

/**
 * The time of the boot in milliseconds since the epoch, by the uptime in seconds and the time now. It stays the same while
 * the clock is slewed, so that "up since" does not change at each poll; a clock that was set changes it.
 */
export function createBootTime(): (uptime: number, now: number) => number {
  let known: number | null = null
  return (uptime, now) => {
    const measured = now - uptime * 1000
    if (known === null || Math.abs(measured - known) > TOLERANCE_MS) known = Math.round(measured / 1000) * 1000
    return known
  }
}

const split = (seconds: number) => ({
  days: Math.floor(seconds / 86400),
  hours: Math.floor((seconds % 86400) / 3600),
  minutes: Math.floor((seconds % 3600) / 60),
  seconds: Math.floor(seconds % 60)
})

const pad = (value: number): string => String(value).padStart(2, '0')

/** `3 days, 4:05:06`: the format of `uptime` in the Monitor's /api/system (Python's timedelta). */
export function formatElapsed(uptimeSeconds: number): string {
  const { days, hours, minutes, seconds } = split(uptimeSeconds)
  const time = `${hours}:${pad(minutes)}:${pad(seconds)}`
  if (days === 0) return time
  return `${days} ${days === 1 ? 'day' : 'days'}, ${time}`
}

/** `3d 4h 5m`, `4h 5m` or `5m`: the format of `uptime` in the Monitor's /api/system-info. */
export function formatUptime(uptimeSeconds: number): string {
  const { days, hours, minutes } = split(uptimeSeconds)
  if (days > 0) return `${days}d ${hours}h ${minutes}m`
  return hours > 0 ? `${hours}h ${minutes}m` : `${minutes}m`
}
