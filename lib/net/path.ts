/**
 * A request target whose path the router can decode. One with a broken percent-encoding never reaches the hooks: the
 * router would answer it past ban gate, limit and envelope. With its percent signs taken literally it is a path like
 * any other, and none of ours.
 */
export function toDecodableTarget(target: string): string {
  if (!target.includes('%')) return target
  const end = target.search(/[?#]/)
  const path = end === -1 ? target : target.slice(0, end)
  try {
    decodeURI(path)
    return target
  } catch {
    return path.replaceAll('%', '%25') + target.slice(path.length)
  }
}
