type Members = Readonly<Record<string, unknown>>

const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const own = (members: Members, name: string): unknown => (Object.hasOwn(members, name) ? (members[name] ?? null) : null)

function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (Array.isArray(one)) {
    return Array.isArray(other) && one.length === other.length && one.every((item, i) => isSame(item, other[i]))
  }
  return isMembers(one) && isMembers(other) && createMergePatch(one, other) === null
}

/**
 * The JSON merge patch (RFC 7396) that turns `before` into `after`; null if nothing changed. Arrays are replaced as a
 * whole. Null removes a member in a merge patch, so a member that becomes null is absent from the patched object.
 */
export function createMergePatch(before: Members, after: Members): Record<string, unknown> | null {
  let patch: Record<string, unknown> | null = null
  const change = (name: string, to: unknown) => {
    // Without a prototype: names come from guests and disks and can be `__proto__`.
    patch ??= Object.create(null) as Record<string, unknown>
    patch[name] = to
  }
  for (const name of Object.keys(after)) {
    const from = own(before, name)
    const to = own(after, name)
    if (isMembers(from) && isMembers(to)) {
      const inner = createMergePatch(from, to)
      if (inner !== null) change(name, inner)
    } else if (!isSame(from, to)) change(name, to)
  }
  for (const name of Object.keys(before)) {
    if (own(before, name) !== null && !Object.hasOwn(after, name)) change(name, null)
  }
  return patch
}
