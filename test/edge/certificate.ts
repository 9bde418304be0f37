import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { selfSigned } from '../support/certificates.ts'

/** The names of the shipped files. */
export const HOST = 'monitor.example.com'
export const SHARED_HOST = 'example.com'

export interface Certificate {
  cert: string
  key: string
  /** Both in one file, as HAProxy wants them. */
  both: string
  /** What a client has to believe. */
  ca: string
}

export function makeCertificate(folder: string): Certificate {
  const { cert_path: cert, key_path: key } = selfSigned(folder, 'tls-listener', {
    names: `DNS:${HOST},DNS:${SHARED_HOST}`
  })
  const both = join(folder, 'both.pem')
  const ca = readFileSync(cert, 'utf8')
  writeFileSync(both, ca + readFileSync(key, 'utf8'), { mode: 0o600 })
  return { cert, key, both, ca }
}
