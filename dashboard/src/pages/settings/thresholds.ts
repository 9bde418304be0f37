import { asSentence } from '../../api/explain.ts'
import type { Body, Reply } from '../../api/paths.ts'
import type { Problem } from '../../api/problem.ts'
import { texts } from '../../texts/settings.ts'

export type Gauges = Reply<'/api/health/thresholds'>['gauges']
export type GaugeName = keyof Gauges
export type Gauge = Gauges[GaugeName]
export type Level = 'warning' | 'critical'
export const levels: readonly Level[] = ['warning', 'critical']
type Changes = NonNullable<Body<'/api/health/thresholds', 'patch'>>

/** A threshold, as `cpu/warning`. */
export type Place = `${GaugeName}/${Level}`

/** What a user has typed, and the threshold at that time. */
export interface Edit {
  text: string
  before: number
}
export type Draft = { readonly [place in Place]?: Edit }
export type Faults = { readonly [place in Place]?: string }

export const placeOf = (name: GaugeName, level: Level): Place => `${name}/${level}`
export const gaugeNames = (gauges: Gauges) => Object.keys(gauges) as GaugeName[]

const places = (gauges: Gauges) =>
  gaugeNames(gauges).flatMap((name) => levels.map((level) => ({ name, level, place: placeOf(name, level) })))

/** An empty or unreadable number. The daemon checks the rest. */
export function faultsOf(draft: Draft): Faults {
  const entries = Object.entries(draft).filter(
    ([, edit]) => edit.text.trim() === '' || !Number.isFinite(Number(edit.text))
  )
  return Object.fromEntries(entries.map(([place]) => [place, texts.thresholds.notNumber]))
}

/** The changed thresholds alone, so that those of another tab stay. */
export function changesOf(gauges: Gauges, draft: Draft): Changes {
  const changes: Partial<Record<GaugeName, Partial<Record<Level, number>>>> = {}
  for (const { name, level, place } of places(gauges)) {
    const edit = draft[place]
    if (edit !== undefined) changes[name] = { ...changes[name], [level]: Number(edit.text) }
  }
  return changes as Changes
}

/** Without the edits that changed nothing. */
export function withEdit(draft: Draft, place: Place, text: string, now: number): Draft {
  const { [place]: edit, ...others } = draft
  if (text === String(now)) return others
  return { ...others, [place]: { text, before: edit?.before ?? now } }
}

/** Edited thresholds that have another value by now, with it. */
export const overtaken = (gauges: Gauges, draft: Draft): Map<Place, number> =>
  new Map(
    places(gauges).flatMap(({ name, level, place }) => {
      const edit = draft[place]
      const now = gauges[name][level]
      return edit === undefined || edit.before === now || Number(edit.text) === now ? [] : [[place, now] as const]
    })
  )

/** The daemon's messages at the fields they are about. */
export function faultsIn(problem: Problem, gauges: Gauges): Faults {
  const known = new Set<string>(places(gauges).map(({ place }) => place))
  const detailed = problem.details
    .map(({ path, message }) => [path.replace(/^body\//, ''), asSentence(message)] as const)
    .filter(([place]) => known.has(place))
  if (detailed.length > 0) return Object.fromEntries(detailed)
  // `cpu: critical must be above warning (95, 99)`
  const [, name, message] = /^(\w+): (.+)$/.exec(problem.message) ?? []
  const place = `${name}/critical`
  return known.has(place) ? { [place]: asSentence(message!) } : {}
}
