import { webcrypto, X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import type { Pair } from './certificate.ts'
import { type CertificateNames, listCertificateNames } from './certificate-names.ts'
import type { CertificateAndKey } from './tls-listener.ts'

const DAY_MS = 86_400_000
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }

/** Tolerates a client clock that is behind. */
const BEFORE_DAYS = 1
/**
 * From notBefore to notAfter. Apple's systems reject certificates of more than 825 days, also those that a user trusts
 * by hand (support.apple.com/103769). Half of that, because nobody can revoke a self-signed certificate.
 */
const VALID_DAYS = 397

export interface SelfSignedWish extends CertificateNames {
  /** The organisational unit of the subject. */
  unit: string
  /** Milliseconds since the epoch. */
  now: number
}

/** A new key and a certificate that it signs, as PEM. */
export async function generateSelfSigned({ commonName, names, unit, now }: SelfSignedWish): Promise<CertificateAndKey> {
  // Loaded on demand: the packages need 20 MB. @peculiar/x509 needs reflect-metadata to be loaded first.
  await import('reflect-metadata')
  const x509 = await import('@peculiar/x509')
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
  const notBefore = now - BEFORE_DAYS * DAY_MS
  const certificate = await x509.X509CertificateGenerator.createSelfSigned(
    {
      // Without a serial number the library makes one of 128 random bits. Firefox rejects a repeated one.
      name: [{ CN: [commonName] }, { OU: [unit] }],
      notBefore: new Date(notBefore),
      notAfter: new Date(notBefore + VALID_DAYS * DAY_MS),
      signingAlgorithm: ALGORITHM,
      keys,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
        new x509.SubjectAlternativeNameExtension(
          names.map((value) => ({ type: isIP(value) ? ('ip' as const) : ('dns' as const), value }))
        ),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey, false, webcrypto)
      ]
    },
    webcrypto
  )
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64')
  const key = `-----BEGIN PRIVATE KEY-----\n${pkcs8.replace(/.{64}/g, '$&\n')}\n-----END PRIVATE KEY-----\n`
  return { cert: `${certificate.toString('pem')}\n`, key }
}

/** Served if the configured certificate cannot be used, so that clients do not send secrets unencrypted. */
export async function createSelfSigned(candidates: readonly string[], now: number): Promise<Pair> {
  const names = listCertificateNames(candidates)
  const { cert, key } = await generateSelfSigned({ ...names, unit: 'ProxMenux Monitor, temporary', now })
  return { cert, key, chain: [new X509Certificate(cert)], keyMode: 0, warnings: [], foreignOwner: null }
}

/** Earlier than this program: a battery is empty, and no time server has been reached yet. */
const EARLIEST = Date.UTC(2025, 0, 1)

/** Why no certificate should be made now; null if the clock can be right. Browsers compare its dates with their clock. */
export const faultOfClock = (now: number): string | null =>
  now >= EARLIEST
    ? null
    : `the clock of this host shows ${new Date(now).toISOString()}; browsers would reject the certificate. Set the clock: timedatectl set-ntp true`
