import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { createSecureContext } from 'node:tls'
import type { PairBody } from '../../schemas/security/ssl.ts'
import { type PemFile, readPemFile } from './pem-file.ts'
import { faultOfOwner } from './regular-file.ts'

/** A certificate and its key, ready to be served. */
export interface Pair {
  cert: string
  key: string
  /** The leaf certificate, then its issuers. */
  chain: readonly [X509Certificate, ...X509Certificate[]]
  /** The combined mode bits of the files that contain a private key. */
  keyMode: number
  /** Problems of the files that do not prevent their use. */
  warnings: readonly string[]
  /** A file that belongs to another user. A pair already in use stays in use; a new pair is rejected. */
  foreignOwner: PairFault | null
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

/** For example RSA 2048, EC P-256 or Ed25519; null for an unsupported key type. */
export function describeKey({ asymmetricKeyType: type, asymmetricKeyDetails: details }: KeyObject): string | null {
  if (type === 'rsa') return `RSA ${details?.modulusLength}`
  if (type === 'ed25519') return 'Ed25519'
  const curve = type === 'ec' ? CURVES[details?.namedCurve ?? ''] : undefined
  return curve === undefined ? null : `EC ${curve}`
}

const isEncrypted = ({ label, text }: { label: string; text: string }) =>
  label.startsWith('ENCRYPTED') || /^Proc-Type: *4, *ENCRYPTED/m.test(text)

const isKey = ({ label }: { label: string }) => label.endsWith('PRIVATE KEY')

function keyOf(file: PemFile & { ok: true }): { ok: true; key: KeyObject; text: string; count: number } | PairResult {
  const refuseKey = (fault: string) => refuse('key_path', fault)
  const blocks = file.blocks.filter(isKey)
  if (blocks.length === 0) {
    const swapped = file.blocks.some(({ label }) => label === 'CERTIFICATE')
    return refuseKey(`holds no private key in PEM form${swapped ? '; there is a certificate in it' : ''}`)
  }
  // OpenSSL uses the first key.
  const [block] = blocks as [(typeof blocks)[0]]
  if (isEncrypted(block)) {
    return refuseKey(
      'is protected by a passphrase, which the daemon cannot enter; to remove it: openssl pkey -in encrypted.key -out plain.key'
    )
  }
  let key: KeyObject
  try {
    key = createPrivateKey(block.text)
  } catch {
    return refuseKey('holds a private key that cannot be read; the file may be damaged')
  }
  if (describeKey(key) === null)
    return refuseKey('holds a key of an unsupported type; use RSA, EC (P-256, P-384 or P-521) or Ed25519')
  if ((key.asymmetricKeyDetails?.modulusLength ?? MIN_RSA_BITS) < MIN_RSA_BITS)
    return refuseKey(`holds an RSA key of ${key.asymmetricKeyDetails!.modulusLength} bits; 2048 or more are required`)
  return { ok: true, key, text: block.text, count: blocks.length }
}

const CERTIFICATES = ['CERTIFICATE', 'X509 CERTIFICATE', 'TRUSTED CERTIFICATE']

function chainOf(file: PemFile & { ok: true }): { ok: true; chain: X509Certificate[] } | PairResult {
  const blocks = file.blocks.filter(({ label }) => CERTIFICATES.includes(label))
  if (blocks.length === 0) {
    const swapped = file.blocks.some(isKey)
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
  return { ok: true, chain }
}

/** True if `issuer` signed the certificate. */
const isSignedBy = (certificate: X509Certificate, issuer: X509Certificate): boolean => {
  try {
    return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)
  } catch {
    return false
  }
}

/** True if the certificate is signed with its own key. It need not be allowed to sign (keyUsage), as an issuer must. */
export const isSelfSigned = (certificate: X509Certificate): boolean => {
  try {
    return certificate.subject === certificate.issuer && certificate.verify(certificate.publicKey)
  } catch {
    return false
  }
}

function faultOfChain(chain: readonly X509Certificate[], key: KeyObject): PairFault | null {
  const owner = chain.findIndex((certificate) => certificate.checkPrivateKey(key))
  if (owner === -1) return { at: 'key_path', fault: 'does not belong to the certificate' }
  if (owner > 0)
    return {
      at: 'cert_path',
      fault: `is out of order: the certificate of the key is number ${owner + 1} and must be first`
    }
  return null
}

/** Faults of the chain that servers tolerate and some clients do not. */
function warningsOfChain(chain: readonly X509Certificate[]): string[] {
  const broken = chain.findIndex((certificate, i) => i > 0 && !isSignedBy(chain[i - 1]!, certificate))
  if (broken === -1) return []
  const isMisordered = chain.some((issuer, i) => i !== broken - 1 && isSignedBy(chain[broken - 1]!, issuer))
  return [
    isMisordered
      ? `the certificate file is out of order: number ${broken + 1} did not sign the certificate before it; some clients reject that`
      : `the certificate file holds a certificate (number ${broken + 1}) that did not sign the one before it; some clients reject that`
  ]
}

const foreignOf = ([cert, key]: (string | null)[]): PairFault | null => {
  if (cert) return { at: 'cert_path', fault: cert }
  return key ? { at: 'key_path', fault: key } : null
}

const warningOfByteOrderMark = (file: PemFile & { ok: true }, name: string): string[] =>
  file.hasByteOrderMark ? [`the ${name} file has a byte order mark, which some programs cannot read`] : []

/** Why the certificate is not valid at `now` (milliseconds since the epoch); null if it is valid. */
export function faultOfDates({ chain: [leaf] }: Pair, now: number): string | null {
  const { validFromDate: from, validToDate: to } = leaf
  if (now < from.getTime())
    return `is not valid before ${from.toISOString()}; check the clock of this host: timedatectl`
  return now > to.getTime() ? `expired on ${to.toISOString()}` : null
}

/**
 * Reads and checks certificate and key. A fault names the file and never quotes its content. Validity dates are not
 * checked: they change with time, and a starting host may not have set its clock yet.
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
  const owners = [faultOfOwner(certFile.owner), faultOfOwner(keyFile.owner)]
  const pair: Pair = {
    // Encoded again without the trust settings of TRUSTED CERTIFICATE, which are local to the file.
    cert: chain.map(String).join(''),
    key: privateKey.text,
    chain,
    keyMode: keyFile.mode | (certFile.blocks.some(isKey) ? certFile.mode : 0),
    warnings: [
      ...warningOfByteOrderMark(certFile, 'certificate'),
      ...warningOfByteOrderMark(keyFile, 'key'),
      ...warningsOfChain(chain),
      ...(privateKey.count > 1 ? [`the key file holds ${privateKey.count} private keys; the first one is used`] : []),
      ...(owners[0] ? [`the certificate file ${owners[0]}`] : []),
      ...(owners[1] ? [`the key file ${owners[1]}`] : [])
    ],
    foreignOwner: foreignOf(owners)
  }
  try {
    createSecureContext({ cert: pair.cert, key: pair.key, minVersion: 'TLSv1.2' })
  } catch (error) {
    // OpenSSL's own reason, such as "ca md too weak". It quotes no content of the file.
    const { reason } = error as { reason?: string }
    return refuse('cert_path', `is rejected by OpenSSL${reason ? `: ${reason}` : ''}`)
  }
  return { ok: true, pair }
}
