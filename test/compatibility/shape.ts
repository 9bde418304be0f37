import type { Shape as Schema } from '../support/description.ts'

/**
 * An answer of the Monitor by names and types: `string`, `number`, `boolean`, `null`, `any`, several with `|`; a list has
 * the shape of its items. `name?` may be absent or null there. True and false stand for themselves.
 */
export type Shape = string | boolean | Shape[] | { [name: string]: Shape }

/** Where an answer of this daemon is not as captured. `null`: a value that is never null in the Monitor may be null here. */
export interface Difference {
  path: string
  kind: 'missing' | 'type' | 'null'
}

const under = (path: string, name: string) => (path === '' ? name : `${path}.${name}`)
/** A list without a name has none in the paths of its items. */
const items = (path: string) => (path === '' ? '' : `${path}[]`)
const isOptional = (name: string) => name.endsWith('?')
const nameOf = (name: string) => name.replace(/\?$/, '')

const typeOf = (value: unknown): string => {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}
const typesOf = (shape: Shape): string[] => {
  if (typeof shape === 'string') return shape.split('|')
  if (typeof shape === 'boolean') return ['boolean']
  return [Array.isArray(shape) ? 'array' : 'object']
}

function* wrongTypes(shape: Shape, found: Iterable<string>, path: string, mayBeNull: boolean): Generator<Difference> {
  const allowed = typesOf(shape)
  if (allowed.includes('any')) return
  for (const type of new Set(found)) {
    if (allowed.includes(type) || (type === 'null' && mayBeNull)) continue
    yield { path, kind: type === 'null' ? 'null' : 'type' }
  }
}

/** Compares a captured answer with an answer of this daemon. Items of empty lists are not compared. */
export function* inAnswer(shape: Shape, value: unknown, path = '', mayBeNull = false): Generator<Difference> {
  if (typeof shape === 'boolean' && value !== shape) return void (yield { path, kind: 'type' })
  const wrong = [...wrongTypes(shape, [typeOf(value)], path, mayBeNull)]
  yield* wrong
  if (wrong.length > 0 || value === null || typeof shape !== 'object') return
  if (Array.isArray(shape)) for (const item of value as unknown[]) yield* inAnswer(shape[0]!, item, items(path))
  else
    for (const [name, child] of Object.entries(shape)) {
      const place = under(path, nameOf(name))
      const member = (value as Record<string, unknown>)[nameOf(name)]
      if (member !== undefined) yield* inAnswer(child, member, place, isOptional(name))
      else if (!isOptional(name)) yield { path: place, kind: 'missing' }
    }
}

const alternatives = (schema: Schema): Schema[] =>
  (schema.anyOf ?? schema.oneOf)?.flatMap(alternatives) ??
  ([schema.type ?? valueType(schema)].flat() as string[]).map((type) => ({ ...schema, type }))

/** The type of a schema that has values in its place. */
function valueType(schema: Schema): string | string[] {
  const values = 'const' in schema ? [schema.const] : schema.enum
  return values?.map(typeOf) ?? 'any'
}

/** Compares a captured answer with the described schema (without references) of an answer: what may be there. */
export function* inSchema(shape: Shape, schema: Schema, path = '', mayBeNull = false): Generator<Difference> {
  const found = alternatives(schema)
  const types = found.map(({ type }) => (type === 'integer' ? 'number' : type!))
  yield* wrongTypes(shape, types, path, mayBeNull)
  if (typeof shape !== 'object') return
  if (Array.isArray(shape)) {
    const item = found.find(({ type }) => type === 'array')?.items
    if (item) yield* inSchema(shape[0]!, item, items(path))
    return
  }
  const object = found.find(({ type }) => type === 'object')
  if (!object) return
  for (const [name, child] of Object.entries(shape)) {
    const place = under(path, nameOf(name))
    const property = object.properties?.[nameOf(name)]
    if (property) yield* inSchema(child, property, place, isOptional(name))
    else if (!isOptional(name)) yield { path: place, kind: 'missing' }
  }
}
