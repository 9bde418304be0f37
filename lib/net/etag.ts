/** Whether an If-None-Match header names the entity tag (RFC 9110, 13.1.2: weakly compared; `*` is any). */
export function namesEtag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false
  return header.trim() === '*' || header.split(',').some((each) => each.trim().replace(/^W\//, '') === etag)
}
