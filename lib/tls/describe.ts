import type { X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import type { CertificateDescription } from '../../schemas/security/ssl.ts'
import { normaliseAddress } from '../net/address.ts'
import { parseHost } from '../net/origin.ts'
import { describeKey, isSelfSigned, type Pair } from './certificate.ts'

const DAY_MS = 86_400_000
const WARN_DAYS = 21
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1'

/** `DNS:a, IP Address:::1` as a list; a value with a comma in it stands in quotes. */
export function namesOf({ subjectAltName }: Pick<X509Certificate, 'subjectAltName'>): string[] {
  const entries = (subjectAltName ?? '').matchAll(/(?:^|, )(DNS|IP Address):("(?:[^"\\]|\\.)*"|[^,]*)/g)
  return [...entries].map(([, , value]) => {
    const name = value!.replace(/^"|"$/g, '')
    return normaliseAddress(name) ?? name
  })
}

const oneLine = (name: string | undefined): string => (name ?? '').split('\n').join(', ')

/** Whole days until it expires, negative afterwards; `now` in milliseconds since the epoch. */
export const daysLeft = ({ validToDate }: X509Certificate, now: number): number =>
  Math.floor((validToDate.getTime() - now) / DAY_MS)

export function describeCertificate(chain: Pair['chain'], now: number): CertificateDescription {
  const [leaf] = chain
  return {
    subject: oneLine(leaf.subject),
    issuer: oneLine(leaf.issuer),
    names: namesOf(leaf),
    valid_from: leaf.validFromDate.toISOString(),
    valid_to: leaf.validToDate.toISOString(),
    days_left: daysLeft(leaf, now),
    key_type: describeKey(leaf.publicKey) ?? leaf.publicKey.asymmetricKeyType ?? 'unknown',
    fingerprint_sha256: leaf.fingerprint256,
    chain_length: chain.length,
    self_signed: isSelfSigned(leaf)
  }
}

function isFor(leaf: X509Certificate, name: string): boolean {
  if (isIP(name)) return leaf.checkIP(name) !== undefined
  // As browsers do: the common name counts for nothing.
  return leaf.checkHost(name, { subject: 'never' }) !== undefined
}

/** What works and should be looked at all the same; `host` is the name the request came to. */
export function warningsOf({ chain, keyMode, oddities }: Pair, host: string, now: number): string[] {
  const [leaf, ...others] = chain
  const warnings: string[] = []
  const days = daysLeft(leaf, now)
  if (now < leaf.validFromDate.getTime()) warnings.push('the certificate is not valid yet')
  if (now > leaf.validToDate.getTime()) warnings.push('the certificate has expired')
  else if (days < WARN_DAYS) warnings.push(`the certificate expires in ${days} ${days === 1 ? 'day' : 'days'}`)
  if (others.some((certificate) => now > certificate.validToDate.getTime()))
    warnings.push('a certificate of the chain has expired')
  const names = namesOf(leaf)
  const name = parseHost(host)?.name
  if (names.length === 0) warnings.push('the certificate names no host (subjectAltName); browsers do not accept it')
  else if (name && !isFor(leaf, name))
    warnings.push(`the certificate is not for ${name}, the name this request came to`)
  const isOwn = isSelfSigned(leaf)
  if (isOwn) warnings.push('the certificate is self-signed; browsers trust it only once it was accepted by hand')
  else if (others.length === 0)
    warnings.push('no certificate of its issuer is in the file; clients that do not have it cannot check this one')
  if (leaf.keyUsage && !leaf.keyUsage.includes(SERVER_AUTH))
    warnings.push('the certificate is not made for servers (extendedKeyUsage); browsers do not accept it')
  if (leaf.publicKey.asymmetricKeyType === 'ed25519')
    warnings.push('browsers do not speak Ed25519 certificates; programs like curl do')
  if (keyMode & 0o007) warnings.push('the key file can be read by every user of this host; to close it: chmod o= KEY')
  return [...warnings, ...oddities]
}
