import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Shape } from './shape.ts'

/** What the Monitor answers: a status, 200 if absent, and an answer, JSON unless `type` says otherwise. */
export interface Answer {
  status?: number
  type?: string
  answer?: Shape
}
export interface Capture extends Answer {
  /** Answers to other requests than the plain one, by what is special about them. */
  cases?: Record<string, Answer>
}
interface Family {
  /** Where the routes and fields were read. */
  origin: string
  shapes?: Record<string, Shape>
  /** Null for a route that is not offered here. */
  routes: Record<string, Capture | null>
}

const folder = join(import.meta.dirname, 'captures')

/** The family with each `@name` replaced by the shape of that name. */
function read(file: string): Family {
  const text = readFileSync(join(folder, file), 'utf8')
  const { shapes = {} } = JSON.parse(text) as Family
  const resolve = (name: string, value: unknown): unknown => {
    if (typeof value !== 'string' || !value.startsWith('@')) return value
    const shape = shapes[value.slice(1)]
    if (shape === undefined) throw new Error(`${file}: ${name} names the unknown shape ${value}`)
    return JSON.parse(JSON.stringify(shape), (key, each) => resolve(key, each))
  }
  return JSON.parse(text, (name, value) => resolve(name, value))
}

/** The captured answers of each family. */
export const families = Object.fromEntries(
  readdirSync(folder)
    .toSorted()
    .map((file) => [file.replace('.json', ''), read(file)])
)

/** The captured answers by route, such as `GET /api/system`. */
export const captures: Record<string, Capture | null> = Object.assign(
  {},
  ...Object.values(families).map(({ routes }) => routes)
)
