type Json = Record<string, unknown>

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * A JSON merge patch (RFC 7396) applied to what is left as it was. A member that is taken away becomes null: in the live
 * stream both mean the same, and null is what the types of the API say.
 */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch
  const merged: Json = isObject(target) ? { ...target } : {}
  for (const [name, value] of Object.entries(patch)) merged[name] = mergePatch(merged[name], value)
  return merged
}
