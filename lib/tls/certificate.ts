import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { createSecureContext } from 'node:tls'
import type { PairBody } from '../../schemas/ssl.ts'
import { type PemFile, readPemFile } from './pem-file.ts'

/** A certificate and its key, ready to be served. */
export interface Pair {
  cert: string
  key: string
  /** The certificate first, then those that vouch for it. */
  chain: readonly [X509Certificate, ...X509Certificate[]]
  keyMode: number
}

export interface PairFault {
  at: keyof PairBody
  /** Follows the name of the file: "does not exist". */
  fault: string
}

export type PairResult = { ok: true; pair: Pair } | ({ ok: false } & PairFault)

const refuse = (at: PairFault['at'], fault: string): PairResult => ({ ok: false, at, fault })

const CURVES: Record<string, string> = { prime256v1: 'P-256', secp384r1: 'P-384', secp521r1: 'P-521' }
const MIN_RSA_BITS = 2048

/** RSA 2048, EC P-256, Ed25519; null for a kind that browsers do not speak. */
export function describeKey({ asymmetricKeyType: type, asymmetricKeyDetails: details }: KeyObject): string | null {
  if (type === 'rsa') return `RSA ${details?.modulusLength}`
  if (type === 'ed25519') return 'Ed25519'
  const curve = type === 'ec' ? CURVES[details?.namedCurve ?? ''] : undefined
  return curve === undefined ? null : `EC ${curve}`
}

const isEncrypted = ({ label, text }: { label: string; text: string }) =>
  label.startsWith('ENCRYPTED') || /^Proc-Type: *4, *ENCRYPTED/m.test(text)

function keyOf(file: PemFile & { ok: true }): { ok: true; key: KeyObject; text: string } | PairResult {
  const refuseKey = (fault: string) => refuse('key_path', fault)
  const blocks = file.blocks.filter(({ label }) => label.endsWith('PRIVATE KEY'))
  if (blocks.length === 0) {
    const swapped = file.blocks.some(({ label }) => label === 'CERTIFICATE')
    return refuseKey(`holds no private key in PEM form${swapped ? '; there is a certificate in it' : ''}`)
  }
  if (blocks.length > 1) return refuseKey(`holds ${blocks.length} private keys; which one is meant cannot be told`)
  const [block] = blocks as [(typeof blocks)[0]]
  if (isEncrypted(block)) {
    return refuseKey(
      'is protected by a passphrase, which nobody could type at a restart; to store it without one: openssl pkey -in encrypted.key -out plain.key'
    )
  }
  let key: KeyObject
  try {
    key = createPrivateKey(block.text)
  } catch {
    return refuseKey('holds a private key that cannot be read; the file may be damaged')
  }
  if (describeKey(key) === null)
    return refuseKey('holds a key of a kind that is not supported; RSA, EC (P-256, P-384, P-521) and Ed25519 are')
  if ((key.asymmetricKeyDetails?.modulusLength ?? MIN_RSA_BITS) < MIN_RSA_BITS)
    return refuseKey(`holds an RSA key of ${key.asymmetricKeyDetails!.modulusLength} bits; it takes 2048 or more`)
  return { ok: true, key, text: block.text }
}

function chainOf(file: PemFile & { ok: true }): { ok: true; chain: X509Certificate[]; text: string } | PairResult {
  const blocks = file.blocks.filter(({ label }) => label === 'CERTIFICATE' || label === 'X509 CERTIFICATE')
  if (blocks.length === 0) {
    const swapped = file.blocks.some(({ label }) => label.endsWith('PRIVATE KEY'))
    return refuse('cert_path', `holds no certificate in PEM form${swapped ? '; there is a private key in it' : ''}`)
  }
  const chain: X509Certificate[] = []
  for (const { text } of blocks) {
    try {
      chain.push(new X509Certificate(text))
    } catch {
      return refuse('cert_path', `holds a certificate that cannot be read (number ${chain.length + 1} in the file)`)
    }
  }
  return { ok: true, chain, text: blocks.map(({ text }) => text).join('') }
}

/** Whether a certificate carries the other's signature. */
const isSignedBy = (certificate: X509Certificate, issuer: X509Certificate): boolean => {
  try {
    return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)
  } catch {
    return false
  }
}

/** Whether it vouches for itself. */
export const isSelfSigned = (certificate: X509Certificate): boolean => isSignedBy(certificate, certificate)

function faultOfChain(chain: readonly X509Certificate[], key: KeyObject): PairFault | null {
  const owner = chain.findIndex((certificate) => certificate.checkPrivateKey(key))
  if (owner === -1) return { at: 'key_path', fault: 'does not belong to the certificate' }
  if (owner > 0)
    return {
      at: 'cert_path',
      fault: `is out of order: the certificate of the key is number ${owner + 1}, and must be first`
    }
  const broken = chain.findIndex((certificate, i) => i > 0 && !isSignedBy(chain[i - 1]!, certificate))
  if (broken === -1) return null
  const isElsewhere = chain.some((issuer, i) => i !== broken - 1 && isSignedBy(chain[broken - 1]!, issuer))
  const fault = isElsewhere
    ? `is out of order: number ${broken + 1} did not sign the certificate before it`
    : `holds a certificate (number ${broken + 1}) that did not sign the one before it`
  return { at: 'cert_path', fault }
}

/** What is wrong with the certificate's time, or null; `now` in milliseconds since the epoch. */
export function faultOfDates({ chain: [leaf] }: Pair, now: number): string | null {
  const { validFromDate: from, validToDate: to } = leaf
  if (now < from.getTime()) return `is not valid before ${from.toISOString()}; is this host's clock right?`
  return now > to.getTime() ? `has expired on ${to.toISOString()}` : null
}

/**
 * Reads certificate and key and says which of them is wrong and how, never with a word of what is in them. Dates are not
 * looked at: they go by, and a host that starts may not know the time yet.
 */
export async function loadPair({ cert_path, key_path }: PairBody): Promise<PairResult> {
  const certFile = await readPemFile(cert_path)
  if (!certFile.ok) return refuse('cert_path', certFile.fault)
  const keyFile = await readPemFile(key_path)
  if (!keyFile.ok) return refuse('key_path', keyFile.fault)
  const certificates = chainOf(certFile)
  if (!('chain' in certificates)) return certificates
  const privateKey = keyOf(keyFile)
  if (!('key' in privateKey)) return privateKey

  const chain = certificates.chain as [X509Certificate, ...X509Certificate[]]
  const fault = faultOfChain(chain, privateKey.key)
  if (fault) return refuse(fault.at, fault.fault)
  const pair: Pair = { cert: certificates.text, key: privateKey.text, chain, keyMode: keyFile.mode }
  try {
    createSecureContext({ cert: pair.cert, key: pair.key, minVersion: 'TLSv1.2' })
  } catch (error) {
    // OpenSSL's own word for it ("ca md too weak"); it holds nothing of the file.
    const { reason } = error as { reason?: string }
    return refuse('cert_path', `is refused by OpenSSL${reason ? `: ${reason}` : ''}`)
  }
  return { ok: true, pair }
}
