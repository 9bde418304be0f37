import type { Options } from '../../api/paths.ts'
import { hostNow } from '../../data/host-clock.ts'

export const levels = ['any', 'emergency', 'alert', 'critical', 'error', 'warning', 'notice', 'info'] as const
export const times = ['any', 'boot', '3600', '86400', '604800'] as const

export interface Filters {
  level: (typeof levels)[number]
  time: (typeof times)[number]
  unit: string
  search: string
}
export const noFilters: Filters = { level: 'any', time: 'any', unit: '', search: '' }

type Query = NonNullable<NonNullable<Options<'/api/logs', 'get'>>['query']>

/** The query parameters of the API. A time range ends now by the host's clock and is recomputed for each request. */
export function queryOf({ level, time, unit, search }: Filters): Query {
  const seconds = Number(time)
  return {
    ...(level !== 'any' && { priority: level }),
    ...(time === 'boot' && { boot: 'current' as const }),
    ...(seconds > 0 && { since: new Date(hostNow() - seconds * 1000).toISOString() }),
    ...(unit.trim() && { unit: unit.trim() }),
    ...(search.trim() && { search: search.trim() })
  }
}

const orElse = <T extends string>(values: readonly T[], value: string | undefined, fallback: T): T =>
  values.find((each) => each === value) ?? fallback

// A part of the URL is never empty, so a dash stands for an empty text.
const pack = (text: string) => encodeURIComponent(text.trim()) || '-'
const unpack = (text: string | undefined) => {
  try {
    return !text || text === '-' ? '' : decodeURIComponent(text)
  } catch {
    return ''
  }
}

/** The parts of the URL after `#/logs`. */
export const partsOf = ({ level, time, unit, search }: Filters): string[] => [level, time, pack(unit), pack(search)]
export const filtersOf = ([level, time, unit, search]: string[]): Filters => ({
  level: orElse(levels, level, 'any'),
  time: orElse(times, time, 'any'),
  unit: unpack(unit),
  search: unpack(search)
})
