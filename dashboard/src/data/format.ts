// Numbers and dates follow the browser's locale, independent of the language of the texts.
const oneDigit = new Intl.NumberFormat(undefined, { minimumFractionDigits: 1, maximumFractionDigits: 1 })
const twoDigits = new Intl.NumberFormat(undefined, { minimumFractionDigits: 2, maximumFractionDigits: 2 })
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' })
const dateAndTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })
const whole = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 })
const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB']

/** `12.4` */
export const formatDecimal = (value: number): string => oneDigit.format(value)
/** `0.42` */
export const formatLoad = (value: number): string => twoDigits.format(value)
/** `1,245.50` */
export const formatAmount = (value: number): string => twoDigits.format(value)
/** `14:32:11`, in the visitor's time zone. */
export const formatClock = (time: number | string): string => clock.format(new Date(time))
/** `24 Apr 2026, 14:32`, in the visitor's time zone. */
export const formatDate = (time: number | string): string => dateAndTime.format(new Date(time))

/** `1.4 GiB` */
export function formatBytes(bytes: number): string {
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, bytes)) / 10)))
  const value = bytes / 1024 ** power
  return `${power === 0 ? Math.round(value) : oneDigit.format(value)} ${units[power]}`
}

/** `24 Apr 2026, 14:32:11`, for events where seconds matter. */
export const formatMoment = (time: number | string): string =>
  new Date(time).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium' })
/** `1.4 MiB/s` */
export const formatRate = (bytesPerSecond: number): string => `${formatBytes(bytesPerSecond)}/s`
/** `12,345` */
export const formatCount = (value: number): string => whole.format(value)
/** `42.1 %` */
export const formatPercent = (value: number): string => `${oneDigit.format(value)} %`
