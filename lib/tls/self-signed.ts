import { webcrypto, X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import type { Pair } from './certificate.ts'

const DAY_MS = 86_400_000
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }

/**
 * Creates a self-signed certificate for host names and addresses, valid for a year. It is served if the configured one
 * cannot be used, so that clients do not send secrets unencrypted. `now` in milliseconds since the epoch.
 */
export async function createSelfSigned(names: readonly string[], now: number): Promise<Pair> {
  // Loaded on demand: the packages need 20 MB. @peculiar/x509 needs reflect-metadata to be loaded first.
  await import('reflect-metadata')
  const x509 = await import('@peculiar/x509')
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
  const certificate = await x509.X509CertificateGenerator.createSelfSigned(
    {
      name: [{ CN: [names[0]!] }, { OU: ['ProxMenux Monitor, temporary'] }],
      // Tolerates a client clock that is behind.
      notBefore: new Date(now - DAY_MS),
      notAfter: new Date(now + 365 * DAY_MS),
      signingAlgorithm: ALGORITHM,
      keys,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
        new x509.SubjectAlternativeNameExtension(
          names.map((value) => ({ type: isIP(value) ? ('ip' as const) : ('dns' as const), value }))
        )
      ]
    },
    webcrypto as never
  )
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64')
  const cert = `${certificate.toString('pem')}\n`
  const key = `-----BEGIN PRIVATE KEY-----\n${pkcs8.replace(/.{64}/g, '$&\n')}\n-----END PRIVATE KEY-----\n`
  return { cert, key, chain: [new X509Certificate(cert)], keyMode: 0, warnings: [], foreignOwner: null }
}
