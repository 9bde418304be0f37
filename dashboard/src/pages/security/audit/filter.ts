const names = ['event', 'user', 'ip'] as const

export type Filter = Partial<Record<(typeof names)[number], string>>

/** A filter as parts of the URL, so that it can be bookmarked. Encoded twice, because a username may contain a slash. */
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
      // The URL was truncated. Without this filter the list shows more, but nothing wrong.
    }
  }
  return filter
}
