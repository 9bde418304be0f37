/** True if an If-None-Match header matches the entity tag (RFC 9110, 13.1.2: weak comparison; `*` matches any). */
export function namesEtag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false
  return header.trim() === '*' || header.split(',').some((each) => each.trim().replace(/^W\//, '') === etag)
}
