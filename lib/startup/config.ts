import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { resolve } from 'node:path'
import type { TSchema } from 'typebox'
import { Errors } from 'typebox/schema'
import { type Config, ConfigSchema, type Reading } from '../../schemas/foundation/config.ts'
import { isNetwork } from '../net/address.ts'
import { isHostName, registerNetworkFormats } from '../net/formats.ts'
import { isOrigin } from '../net/origin.ts'
import { faultOfProxies } from '../net/trusted-proxies.ts'
import { readKeys } from '../storage/panel/encryption.ts'
import { plainFault } from './plain-fault.ts'

export interface Variable {
  property: keyof Config
  env: string
  reading: Reading
  default: string
  description: string
  example: string
  secret?: boolean
  fromFile?: boolean
}

/** Every variable of the configuration, in the order of the schema. */
export const variables: readonly Variable[] = Object.entries(ConfigSchema.properties).map(([property, schema]) => ({
  ...(schema as TSchema as unknown as Variable),
  property: property as keyof Config
}))

type Env = Readonly<Record<string, string | undefined>>

const UNITS: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86400 }

/** Seconds of `90`, `90s`, `15m`, `24h` or `30d`; null for anything else. */
export function parseDuration(text: string): number | null {
  const match = /^(\d{1,9})([smhd]?)$/.exec(text)
  return match ? Number(match[1]) * UNITS[match[2] || 's']! : null
}

const listOf = (text: string) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')

/** The text of a variable, or of the file that `<env>_FILE` names. */
function textOf({ env: name, fromFile, default: standard }: Variable, env: Env): { text: string } | { fault: string } {
  const path = fromFile ? env[`${name}_FILE`] : undefined
  if (path === undefined) return { text: env[name] ?? standard }
  if (env[name]) return { fault: `${name}_FILE: ${name} is set as well. Example: ${name}_FILE=/etc/proxmenux/secret` }
  try {
    return { text: readFileSync(path, 'utf8').trim() }
  } catch (error) {
    return { fault: `${name}_FILE: ${path}: ${plainFault(error)}. Example: ${name}_FILE=/etc/proxmenux/secret` }
  }
}

function readText(variable: Variable, text: string): unknown {
  if (variable.reading === 'integer') return /^-?\d{1,15}$/.test(text) ? Number(text) : text
  if (variable.reading === 'duration') return parseDuration(text) ?? text
  if (variable.reading === 'list') return listOf(text).map((item) => item.toLowerCase())
  return text
}

const phrases: Record<Reading, string> = {
  text: 'is not accepted',
  integer: 'is not a whole number',
  duration: 'is not a duration (seconds, or a number with s, m, h or d)',
  list: 'is not accepted'
}

// Keeps a fault on one line, even if the value contains line breaks.
const quote = (value: unknown): string => `"${String(value).replace(/[\p{Cc}\u2028\u2029]/gu, '?')}"`

const items: Partial<Record<keyof Config, { isValid: (text: string) => boolean; expected: string }>> = {
  allowedHosts: { isValid: isHostName, expected: 'a host name' },
  corsOrigins: { isValid: isOrigin, expected: 'an origin (scheme, host, and the port if not the default; no path)' },
  trustedProxies: { isValid: isNetwork, expected: 'an IP address, a CIDR or a known name' }
}

const exampleOf = (name: string): string => variables.find(({ env }) => env === name)!.example

/** A panel needs all three variables. */
function faultOfPanel({ databaseUrl, redisUrl, encryptionKey, saasDomain }: Config): string | null {
  if (databaseUrl === '' && redisUrl === '') {
    const fault = `MONITOR_SAAS_DOMAIN: tenants need a panel. Example: MONITOR_DATABASE_URL=${exampleOf('MONITOR_DATABASE_URL')}`
    return saasDomain === '' ? null : fault
  }
  const missing = Object.entries({ databaseUrl, redisUrl, encryptionKey }).find(([, value]) => value === '')
  if (missing) {
    const { env, example } = variables.find(({ property }) => property === missing[0])!
    return `${env}: a panel needs it. Example: ${env}=${example}`
  }
  for (const [name, url] of Object.entries({ MONITOR_DATABASE_URL: databaseUrl, MONITOR_REDIS_URL: redisUrl })) {
    if (!URL.canParse(url))
      return `${name}: the value is not a URL; write special characters of the password as %40 for @. Example: ${name}=${exampleOf(name)}`
  }
  try {
    readKeys(encryptionKey)
    return null
  } catch (error) {
    return `MONITOR_ENCRYPTION_KEY: ${plainFault(error)}. Example: MONITOR_ENCRYPTION_KEY=$(openssl rand -base64 32)`
  }
}

function faultOf(variable: Variable, value: unknown, message: string): string {
  if (variable.reading === 'list' && Array.isArray(value)) {
    const { isValid, expected } = items[variable.property]!
    return `${quote(value.find((item) => !isValid(item)))} is not ${expected}`
  }
  const shown = variable.secret ? 'the value' : quote(value)
  return typeof value === 'number' ? `${shown} ${message}` : `${shown} ${phrases[variable.reading]}`
}

export type ConfigResult = { config: Config; faults: []; warnings: string[] } | { config: null; faults: string[] }

/**
 * Turns MONITOR_* variables into a validated Config: durations in seconds, folders absolute, `~` expanded.
 * Each fault is one line with the variable, the error and an example. An unknown MONITOR_* variable is only a warning: it
 * may be misspelt, or belong to another program.
 */
export function readConfig(env: Env, home = homedir()): ConfigResult {
  registerNetworkFormats()
  const raw: Record<string, unknown> = {}
  const faults: string[] = []
  const faulty = new Set<string>()
  for (const variable of variables) {
    const found = textOf(variable, env)
    raw[variable.property] = readText(variable, 'text' in found ? found.text : variable.default)
    if ('fault' in found) {
      faults.push(found.fault)
      faulty.add(variable.property)
    }
  }
  for (const error of Errors(ConfigSchema, raw)[1]) {
    const property = error.instancePath.split('/')[1]!
    const variable = variables.find((known) => known.property === property)
    if (!variable || faulty.has(property)) continue
    faulty.add(property)
    faults.push(
      `${variable.env}: ${faultOf(variable, raw[property], error.message)}. Example: ${variable.env}=${variable.example}`
    )
  }
  const proxyFault = faulty.has('trustedProxies') ? null : faultOfProxies(raw.trustedProxies as string[])
  if (proxyFault !== null) {
    const { env: name, example } = variables.find(({ property }) => property === 'trustedProxies')!
    faults.push(`${name}: ${proxyFault}. Example: ${name}=${example}`)
  }
  if (faults.length > 0) return { config: null, faults }

  const config = raw as unknown as Config
  config.saasDomain = config.saasDomain.toLowerCase()
  const panelFault = faultOfPanel(config)
  if (panelFault !== null) return { config: null, faults: [panelFault] }
  for (const property of ['configDir', 'stateDir', 'authLog', 'auditJson', 'sslConfig'] as const) {
    if (config[property] !== '') config[property] = resolve(config[property].replace(/^~(?=\/|$)/, home))
  }
  const isKnown = (name: string) =>
    variables.some((variable) => name === variable.env || (variable.fromFile && name === `${variable.env}_FILE`))
  const warnings = Object.keys(env)
    .filter((name) => name.startsWith('MONITOR_') && !isKnown(name))
    .map((name) => `${name} is set, but there is no such variable; to list all variables: proxmenux-monitor --help`)
  return { config, faults: [], warnings }
}

/** The variables as lines of --help. */
export const describeVariables = (): string =>
  variables
    .map(({ env, description, default: standard }) => `  ${env.padEnd(30)}${description} [${standard || 'empty'}]`)
    .join('\n')
