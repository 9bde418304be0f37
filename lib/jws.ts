import { createHmac, timingSafeEqual } from 'node:crypto'

type Fields = Record<string, unknown>

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const mac = (text: string, key: string | Buffer): Buffer =>
  Buffer.from(createHmac('sha256', key).update(text).digest('base64url'))

function parseFields(part: string): Fields | null {
  try {
    const value = JSON.parse(Buffer.from(part, 'base64url').toString()) as unknown
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null
  } catch {
    return null
  }
}

/** A JWS in compact form (RFC 7515), HS256 (RFC 7518). A text as key is its UTF-8 bytes. */
export function signJws(payload: object, key: string | Buffer): string {
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(payload)}`
  return `${signed}.${mac(signed, key)}`
}

/**
 * The payload of a JWS that this key signed by HS256; null for any other text, whatever is wrong with it. Nothing of it is
 * read before its MAC has been compared, as text and in constant time, so a signature has one spelling only. An extension
 * that must be understood (`crit`) is none of ours.
 */
export function openJws(token: string, key: string | Buffer): Fields | null {
  const dot = token.lastIndexOf('.')
  const signed = token.slice(0, Math.max(0, dot))
  const expected = mac(signed, key)
  const signature = Buffer.from(token.slice(dot + 1))
  if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) return null
  const [header, payload, ...more] = signed.split('.')
  if (!header || !payload || more.length > 0) return null
  const fields = parseFields(header)
  return fields?.alg === 'HS256' && !Object.hasOwn(fields, 'crit') ? parseFields(payload) : null
}
