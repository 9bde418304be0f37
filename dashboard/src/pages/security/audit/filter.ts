const names = ['event', 'user', 'ip'] as const

export type Filter = Partial<Record<(typeof names)[number], string>>

/** A filter as parts of the address, so that it can be kept and sent. Encoded once more: a user name may hold a slash. */
export const partsOf = (filter: Filter): string[] =>
  names.flatMap((name) => (filter[name] ? [`${name}=${encodeURIComponent(filter[name])}`] : []))

export function readFilter(parts: readonly string[]): Filter {
  const filter: Filter = {}
  for (const part of parts) {
    const [name, value = ''] = part.split('=')
    const known = names.find((each) => each === name)
    try {
      if (known) filter[known] = decodeURIComponent(value)
    } catch {
      // Cut somewhere on its way: without it more is shown, and nothing wrong.
    }
  }
  return filter
}
