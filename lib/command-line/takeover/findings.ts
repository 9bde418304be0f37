import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AuthFile } from '../../../schemas/auth/auth-file.ts'
import type { Config } from '../../../schemas/foundation/config.ts'
import { imageTypeOf } from '../../avatar/image-type.ts'
import { MAX_BYTES } from '../../avatar/store.ts'
import type { ServiceUnit } from '../../startup/service-unit.ts'
import { readAuthFile } from '../../storage/auth-store.ts'
import { faultOfDates, loadPair } from '../../tls/certificate.ts'
import { describeFault } from '../../tls/keeper.ts'
import { readTlsFile } from '../json-files.ts'
import { AVATAR } from './copies.ts'

/** What a host has of another Monitor. */
export interface Findings {
  unit: string
  program: string
  is_enabled: boolean
  is_active: boolean
  username: string | null
  totp_enabled: boolean
  /** Those that are not revoked. */
  api_tokens: number
  https: boolean
  avatar: boolean
}

/** What was found, for programs and as lines for people. */
export interface Found {
  findings: Findings
  lines: string[]
}

function describeLogin(file: AuthFile | null): string {
  if (file === null) return 'no login yet; the dashboard asks for an account'
  if (file.username) {
    const factor = file.totp_enabled ? 'with two-factor authentication' : 'without two-factor authentication'
    return `of the user ${JSON.stringify(file.username)}, ${factor}${file.enabled === false ? ', switched off' : ''}`
  }
  return file.declined ? 'no password: everyone who reaches port 8008 has full access' : 'no login yet'
}

function describeTokens(file: AuthFile | null, count: number): string {
  // Monitors before 1.2 signed with a secret that everybody knows.
  const isUnsigned = count > 0 && !file?.jwt_secret
  return `${count}${isUnsigned ? '; they are of an old version and must be created again' : ''}`
}

async function describeTls(path: string): Promise<{ isOn: boolean; text: string }> {
  const { enabled, cert_path = '', key_path = '' } = await readTlsFile(path)
  if (!enabled) return { isOn: false, text: 'off' }
  const read = await loadPair({ cert_path, key_path })
  const fault = read.ok ? faultOfDates(read.pair, Date.now()) : describeFault(read)
  const text = `on, with the certificate ${cert_path}`
  return {
    isOn: true,
    text: fault === null ? text : `${text} (${fault}; a self-signed one is served until it is fixed)`
  }
}

/** The old avatar's bytes; null without a usable one. */
export async function readOldAvatar({ configDir }: Config): Promise<Buffer | null> {
  const path = join(configDir, AVATAR)
  if (!existsSync(path)) return null
  const bytes = await readFile(path)
  return bytes.length <= MAX_BYTES && imageTypeOf(bytes) !== null ? bytes : null
}

/** Throws an Error with one line if this daemon could not use the files. */
export async function findOldState(
  config: Config,
  { path, program }: ServiceUnit,
  state: Pick<Findings, 'is_enabled' | 'is_active'>
): Promise<Found> {
  const authPath = join(config.configDir, 'auth.json')
  const read = existsSync(authPath) ? await readAuthFile(authPath) : null
  if (read && !read.ok)
    throw new Error(`${authPath} cannot be read: ${read.fault}; fix the file or restore a copy of it`)
  const file = read?.data ?? null
  const revoked = new Set(file?.revoked_tokens)
  const tokens = (file?.api_tokens ?? []).filter(({ token_hash: hash }) => !revoked.has(hash)).length
  const tls = await describeTls(config.sslConfig)
  const avatar = (await readOldAvatar(config)) !== null
  const findings = {
    unit: path,
    program: program!,
    ...state,
    username: file?.username ?? null,
    totp_enabled: file?.totp_enabled === true,
    api_tokens: tokens,
    https: tls.isOn,
    avatar
  }
  const running = `${state.is_active ? 'runs' : 'does not run'}, and ${state.is_enabled ? 'starts' : 'does not start'} with the host`
  return {
    findings,
    lines: [
      `service     ${path}: it starts ${program}, ${running}`,
      `login       ${describeLogin(file)}`,
      `API tokens  ${describeTokens(file, tokens)}`,
      `HTTPS       ${tls.text}`,
      `avatar      ${avatar ? 'one' : 'none'}`
    ]
  }
}
