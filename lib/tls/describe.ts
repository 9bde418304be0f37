import type { X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import type { CertificateDescription } from '../../schemas/security/ssl.ts'
import { normaliseAddress } from '../net/address.ts'
import { parseHost } from '../net/origin.ts'
import { describeKey, isSelfSigned, type Pair } from './certificate.ts'

const DAY_MS = 86_400_000
const WARN_DAYS = 21
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1'

/** Parses a subjectAltName such as `DNS:a, IP Address:::1`; a value that contains a comma is quoted. */
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

/** The API's description of a certificate; `now` in milliseconds since the epoch. */
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
  // Browsers ignore the common name.
  return leaf.checkHost(name, { subject: 'never' }) !== undefined
}

/**
 * Problems of a usable certificate; `host` is the Host header of the request, `now` in milliseconds since the epoch.
 */
export function warningsOf({ chain, keyMode, warnings: fileWarnings }: Pair, host: string, now: number): string[] {
  const [leaf, ...others] = chain
  const warnings: string[] = []
  const days = daysLeft(leaf, now)
  if (now < leaf.validFromDate.getTime()) warnings.push('the certificate is not valid yet')
  if (now > leaf.validToDate.getTime()) warnings.push('the certificate has expired')
  else if (days < WARN_DAYS) warnings.push(`the certificate expires in ${days} ${days === 1 ? 'day' : 'days'}`)
  if (others.some((certificate) => now > certificate.validToDate.getTime()))
    warnings.push('an intermediate certificate has expired')
  const names = namesOf(leaf)
  const name = parseHost(host)?.name
  if (names.length === 0) warnings.push('the certificate has no host name (subjectAltName); browsers reject it')
  else if (name && !isFor(leaf, name))
    warnings.push(`the certificate is not valid for ${name}, the host name of this request`)
  const isOwn = isSelfSigned(leaf)
  if (isOwn) warnings.push('the certificate is self-signed; browsers show a warning until a user accepts it')
  else if (others.length === 0)
    warnings.push(
      'the file lacks the intermediate certificate; clients that do not have it cannot verify the certificate'
    )
  if (leaf.keyUsage && !leaf.keyUsage.includes(SERVER_AUTH))
    warnings.push('the certificate is not issued for servers (extendedKeyUsage); browsers reject it')
  if (leaf.publicKey.asymmetricKeyType === 'ed25519')
    warnings.push('browsers do not support Ed25519 certificates; programs such as curl do')
  if (keyMode & 0o007) warnings.push('the key file can be read by every user of this host; to fix it: chmod o= KEY')
  return [...warnings, ...fileWarnings]
}
