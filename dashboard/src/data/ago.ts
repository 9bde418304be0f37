import { locale } from '../texts/language.ts'

const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
const steps = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60]
] as const

/** `5 minutes ago`, `in 3 days`; less than a minute is `now`. */
export function formatAgo(time: string | number, now: number): string {
  const seconds = (new Date(time).getTime() - now) / 1000
  const step = steps.find(([, length]) => Math.abs(seconds) >= length)
  return step ? format.format(Math.round(seconds / step[1]), step[0]) : format.format(0, 'second')
}
