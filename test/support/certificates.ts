import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { appendFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** On a user's machine without it the test says what would run it, on CI it fails. */
export const missing =
  existsSync('/usr/bin/openssl') || process.env.CI ? false : 'needs openssl: apt-get install openssl'

export const openssl = (...args: string[]): string =>
  execFileSync('openssl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

const KINDS = {
  rsa: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'],
  weak: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:1024'],
  pss: ['-algorithm', 'RSA-PSS', '-pkeyopt', 'rsa_keygen_bits:2048'],
  ec: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  p521: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-521'],
  koblitz: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:secp256k1'],
  ed25519: ['-algorithm', 'ED25519'],
  ed448: ['-algorithm', 'ED448']
}
export type Kind = keyof typeof KINDS

export interface Files {
  cert_path: string
  key_path: string
}

const filesIn = (folder: string, name: string): Files => ({
  cert_path: join(folder, `${name}.pem`),
  key_path: join(folder, `${name}.key`)
})

export interface Wish {
  kind?: Kind
  days?: number
  names?: string
  extensions?: string[]
}

const NAMES = 'DNS:monitor.example.com,DNS:localhost,IP:127.0.0.1,IP:::1'

/** A certificate that signs itself, with its key. */
export function selfSigned(folder: string, name: string, { kind = 'ec', days = 90, ...wish }: Wish = {}): Files {
  const files = filesIn(folder, name)
  openssl('genpkey', ...KINDS[kind], '-out', files.key_path)
  const names = wish.names === '' ? [] : [`subjectAltName=${wish.names ?? NAMES}`]
  const extensions = [...names, ...(wish.extensions ?? [])].flatMap((each) => ['-addext', each])
  const subject = `/O=Example, Inc./CN=${name}`
  const out = ['-key', files.key_path, '-out', files.cert_path]
  openssl('req', '-x509', '-new', '-days', String(days), '-subj', subject, ...extensions, ...out)
  return files
}

/** A certificate that another signs. */
export async function signedBy(issuer: Files, folder: string, name: string, extensions: string): Promise<Files> {
  const files = filesIn(folder, name)
  const request = join(folder, `${name}.csr`)
  const config = join(folder, `${name}.ext`)
  openssl('genpkey', ...KINDS.ec, '-out', files.key_path)
  openssl('req', '-new', '-key', files.key_path, '-subj', `/CN=${name}`, '-out', request)
  await writeFile(config, extensions)
  const by = ['-CA', issuer.cert_path, '-CAkey', issuer.key_path, '-CAcreateserial']
  openssl('x509', '-req', '-in', request, ...by, '-days', '90', '-extfile', config, '-out', files.cert_path)
  return files
}

export const concatenate = async (to: string, ...from: string[]): Promise<string> => {
  await writeFile(to, '')
  for (const file of from) await appendFile(to, await readFile(file))
  return to
}

/** Leaf, intermediate and root, each with its own files. */
export async function makeChain(folder: string) {
  const root = selfSigned(folder, 'root', { names: '' })
  const authority = 'basicConstraints=critical,CA:TRUE\n'
  const middle = await signedBy(root, folder, 'middle', authority)
  const leaf = await signedBy(middle, folder, 'leaf', `subjectAltName=${NAMES}\nextendedKeyUsage=serverAuth\n`)
  return { root, middle, leaf }
}
