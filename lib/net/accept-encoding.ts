const refused = /;\s*q=0(\.0{0,3})?\s*$/i

/** The first of `available` codings that an Accept-Encoding header (RFC 9110, 12.5.3) names and does not refuse. */
export function chooseEncoding<T extends string>(header: string | undefined, available: readonly T[]): T | null {
  const accepted = (header ?? '')
    .split(',')
    .filter((part) => !refused.test(part))
    .map((part) => part.split(';')[0]!.trim().toLowerCase())
  return available.find((coding) => accepted.includes(coding)) ?? null
}
