/** What a number of the kernel's has been seen as. */
export const BAD = [
  '-1',
  '18446744073709346016',
  '18446744073709551615',
  '99999999999999999999999999',
  'abc',
  'nan',
  '-',
  '1e999'
]

export type JsonValue = null | boolean | number | string | JsonValue[] | { [key: string]: JsonValue }

/** Each figure of an answer by its path. */
export type Figures = ReadonlyMap<string, unknown>

/** An entry of a list by its name, so that one more or less moves no other. */
function nameOf(entry: unknown, place: number): string {
  const { vmid, storage, node, name, mountpoint, unit } = (entry ?? {}) as Record<string, unknown>
  if (storage !== undefined) return `${node}/${storage}`
  if (typeof entry === 'string') return entry
  return String(vmid ?? name ?? mountpoint ?? unit ?? node ?? place)
}

/** The figures of what a parser gives; reasons are none. */
export function flatten(value: unknown, path = '', figures = new Map<string, unknown>()): Map<string, unknown> {
  if (value instanceof Map) for (const [key, each] of value) flatten(each, `${path}.${key}`, figures)
  else if (Array.isArray(value))
    for (const [place, each] of value.entries()) flatten(each, `${path}.${nameOf(each, place)}`, figures)
  else if (typeof value === 'object' && value !== null)
    for (const [key, each] of Object.entries(value)) {
      if (key !== 'reason' && key !== 'reasons') flatten(each, `${path}.${key}`, figures)
    }
  // Unknown is unknown, however it is said.
  else if (value !== null && value !== undefined) figures.set(path, value)
  return figures
}

/** All values of a document that hold no others, with their paths. */
export function leavesOf(value: JsonValue, path: string[] = []): { path: string[]; value: JsonValue }[] {
  if (typeof value !== 'object' || value === null) return [{ path, value }]
  return Object.entries(value).flatMap(([key, each]) => leavesOf(each, [...path, key]))
}

/** The document with another value at the path; undefined takes it out. */
export function withLeaf(document: JsonValue, path: readonly string[], value: JsonValue | undefined): JsonValue {
  const copy = structuredClone(document)
  let at = copy as Record<string, JsonValue>
  for (const key of path.slice(0, -1)) at = at[key] as Record<string, JsonValue>
  const last = path.at(-1)!
  if (value === undefined) delete at[last]
  else at[last] = value
  return copy
}
