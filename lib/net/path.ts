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

const BASE_PATH = /^(?:\/(?!\.\.?(?:\/|$))[A-Za-z0-9._~-]+){1,8}\/?$/
const MAX_BASE_PATH = 256

/** The path something is mounted under, without a slash at its end; null for what no operator would mount it under. */
export const parseBasePath = (text: string): string | null =>
  text.length <= MAX_BASE_PATH && BASE_PATH.test(text) ? text.replace(/\/$/, '') : null
