import { t } from '../texts/index.ts'

/** The time that is left, for a text that changes each second: `43 s`, `4 min 00 s`, `2 h 10 min`. */
export function describeLeft(seconds: number): string {
  if (seconds < 60) return t.ui.seconds(seconds)
  if (seconds < 3600) return t.ui.minutesAndSeconds(Math.floor(seconds / 60), seconds % 60)
  return t.ui.hoursAndMinutes(Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60))
}

/** A duration or an age, without zeros: `43 s`, `4 min 05 s`, `1 min`, `2 h`. */
export function describeSeconds(seconds: number): string {
  const minutes = Math.floor(seconds / 60)
  if (seconds >= 3600 && minutes % 60 === 0) return t.ui.hours(minutes / 60)
  if (seconds >= 60 && seconds < 3600 && seconds % 60 === 0) return t.ui.minutes(minutes)
  return describeLeft(seconds)
}
