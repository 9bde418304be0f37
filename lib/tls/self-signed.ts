import { webcrypto, X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import type { Pair } from './certificate.ts'

const DAY_MS = 86_400_000
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }

/**
 * A certificate for a year that this host signs itself, for host names and addresses: what is served where the configured
 * one cannot be, so that nobody is brought to send secrets in the clear. `now` in milliseconds since the epoch.
 */
export async function createSelfSigned(names: readonly string[], now: number): Promise<Pair> {
  // The packages need 20 MB, and @peculiar/x509 the other one before itself.
  await import('reflect-metadata')
  const x509 = await import('@peculiar/x509')
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
  const certificate = await x509.X509CertificateGenerator.createSelfSigned(
    {
      name: [{ CN: [names[0]!] }, { OU: ['ProxMenux Monitor, temporary'] }],
      // A clock that is a little off must not make it a certificate of tomorrow.
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
    webcrypto
  )
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64')
  const cert = `${certificate.toString('pem')}\n`
  const key = `-----BEGIN PRIVATE KEY-----\n${pkcs8.replace(/.{64}/g, '$&\n')}\n-----END PRIVATE KEY-----\n`
  return { cert, key, chain: [new X509Certificate(cert)], keyMode: 0, oddities: [], foreign: null }
}
