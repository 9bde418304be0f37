import type { QuietHours } from '../../schemas/host/alerts.ts'

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

/** Whether it is quiet now, in the time zone of the host. Equal times are never quiet. */
export function isQuiet(hours: QuietHours | null, now: number): boolean {
  if (hours === null) return false
  const date = new Date(now)
  const minute = date.getHours() * 60 + date.getMinutes()
  const [from, to] = [minutesOf(hours.from), minutesOf(hours.to)]
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to
}
