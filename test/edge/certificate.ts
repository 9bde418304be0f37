import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

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
  const [cert, key, both] = ['cert.pem', 'key.pem', 'both.pem'].map((name) => join(folder, name)) as [
    string,
    string,
    string
  ]
  const names = `subjectAltName=DNS:${HOST},DNS:${SHARED_HOST}`
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2', '-subj', '/CN=test']
  execFileSync('openssl', ['req', '-x509', ...kind, '-addext', names, '-keyout', key, '-out', cert], { stdio: 'pipe' })
  const ca = readFileSync(cert, 'utf8')
  writeFileSync(both, ca + readFileSync(key, 'utf8'), { mode: 0o600 })
  return { cert, key, both, ca }
}
