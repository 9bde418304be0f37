import { domainToASCII } from 'node:url'
import { normaliseAddress } from './address.ts'

const LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/
const MAX_NAME = 253

/** True for a name that a certificate can contain (RFC 5280, 4.2.1.6), in lower case. */
function isDnsName(name: string): boolean {
  const labels = name.split('.')
  // A name that ends in a number would be an address (RFC 1123, 2.1).
  return name.length <= MAX_NAME && labels.every((label) => LABEL.test(label)) && !/^\d+$/.test(labels.at(-1)!)
}

/**
 * A host name or address in the form that a certificate contains: lower case, international names encoded, addresses
 * canonical and without brackets. Null for any other text.
 */
export function serverNameOf(text: string): string | null {
  const address = normaliseAddress(text.replace(/^\[(.*)\]$/, '$1'))
  if (address !== null) return address
  // domainToASCII drops line breaks.
  if (text.length > MAX_NAME || /[\s\p{C}]/u.test(text)) return null
  // Only for international names: domainToASCII reads "1.2" as an address.
  const name = /^[\x21-\x7e]*$/.test(text) ? text : domainToASCII(text)
  const lower = name.toLowerCase().replace(/\.$/, '')
  return isDnsName(lower) ? lower : null
}
