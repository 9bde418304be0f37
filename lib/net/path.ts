/**
 * A request target that the router can decode. The router answers invalid percent-encoding before any hook runs, so ban
 * gate, rate limit and error envelope would be bypassed. With escaped percent signs it is an ordinary unknown path.
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

/** A base path without trailing slash; null if it is not a supported base path. */
export const parseBasePath = (text: string): string | null =>
  text.length <= MAX_BASE_PATH && BASE_PATH.test(text) ? text.replace(/\/$/, '') : null
