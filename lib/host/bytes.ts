/** A UTF-8 sequence (RFC 3629), or a single byte outside any valid sequence. */
const SEQUENCES =
  /[\0-\x7f]+|[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}|[\x80-\xff]/g

/**
 * Decodes a kernel name, given as bytes (latin1). Kernel names have no fixed encoding: bytes that are not UTF-8 become
 * `\xNN`, so that two different names stay different.
 */
export function decodeName(bytes: string): string {
  if (/^[\0-\x7f]*$/.test(bytes)) return bytes
  return bytes.replace(SEQUENCES, (part) =>
    part.length === 1 && part > '\x7f'
      ? `\\x${part.charCodeAt(0).toString(16)}`
      : Buffer.from(part, 'latin1').toString()
  )
}

/** The name as a path for system calls: a Buffer if the bytes are not valid UTF-8. */
export const pathOf = (bytes: string): string | Buffer => {
  const buffer = Buffer.from(bytes, 'latin1')
  const text = buffer.toString()
  return Buffer.from(text).equals(buffer) ? text : buffer
}
