import { browserTags, locale } from '../texts/language.ts'
import { getUnits, type Units } from './units.ts'

const oneDigit = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 })
const twoDigits = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 })
const upToOneDigit = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 })
const plain = new Intl.NumberFormat(locale)
const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })

const scales = {
  binary: { base: 1024, names: ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] },
  decimal: { base: 1000, names: ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] }
}
const hourCycles: Record<Units['clock'], Intl.DateTimeFormatOptions> = {
  // Of the browser's own language: a choice of English texts is no choice of AM and PM.
  auto: { hourCycle: new Intl.DateTimeFormat(browserTags, { hour: 'numeric' }).resolvedOptions().hourCycle },
  '12': { hourCycle: 'h12' },
  '24': { hourCycle: 'h23' }
}

/** Formats times with the chosen clock. */
function timeFormat(options: Intl.DateTimeFormatOptions): (time: number | string) => string {
  const made = new Map<Units['clock'], Intl.DateTimeFormat>()
  return (time) => {
    const { clock } = getUnits()
    const format = made.get(clock) ?? new Intl.DateTimeFormat(locale, { ...options, ...hourCycles[clock] })
    made.set(clock, format)
    return format.format(new Date(time))
  }
}

/** `12.4` */
export const formatDecimal = (value: number): string => oneDigit.format(value)
/** `0.42` */
export const formatLoad = (value: number): string => twoDigits.format(value)
/** `1,245.50` */
export const formatAmount = (value: number): string => twoDigits.format(value)
/** `24 Apr` */
export const formatDay = timeFormat({ day: 'numeric', month: 'short' })
/** `14:32:11`, in the visitor's time zone. */
export const formatClock = timeFormat({ timeStyle: 'medium' })
/** `14:32` */
export const formatHour = timeFormat({ hour: '2-digit', minute: '2-digit' })
/** `24 Apr 2026, 14:32`, in the visitor's time zone. */
export const formatDate = timeFormat({ dateStyle: 'medium', timeStyle: 'short' })
/** `24 Apr 2026, 14:32:11`, for events where seconds matter. */
export const formatMoment = timeFormat({ dateStyle: 'medium', timeStyle: 'medium' })
/** `24 Apr, 14:32:11`, for lists where most entries are of this year. */
export const formatEntryTime = timeFormat({
  month: 'short',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit'
})

/** `1.4 GiB`, or `1.5 GB` in decimal units. */
export function formatBytes(bytes: number): string {
  const { base, names } = scales[getUnits().bytes]
  let power = 0
  while (power < names.length - 1 && bytes >= base ** (power + 1)) power++
  const value = bytes / base ** power
  return `${power === 0 ? Math.round(value) : oneDigit.format(value)} ${names[power]}`
}

/** `1.4 MiB/s` */
export const formatRate = (bytesPerSecond: number): string => `${formatBytes(bytesPerSecond)}/s`
/** `12,345` */
export const formatCount = (value: number): string => whole.format(value)
/** `42.1 %` */
export const formatPercent = (value: number): string => `${oneDigit.format(value)} %`
/** `0.125`, up to three digits: a value as the daemon gives it. */
export const formatNumber = (value: number): string => plain.format(value)
/** `2.5`, `3` */
export const formatMeasured = (value: number): string => upToOneDigit.format(value)

/** `43 °C`, or `109.4 °F`; from °C. */
export function formatTemperature(celsius: number): string {
  if (getUnits().temperature === 'fahrenheit') return `${upToOneDigit.format(celsius * 1.8 + 32)} °F`
  return `${upToOneDigit.format(celsius)} °C`
}
