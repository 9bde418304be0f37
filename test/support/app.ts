import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Test } from 'tap'
import { type AppOptions, buildApp } from '../../app.ts'
import { readConfig } from '../../lib/startup/config.ts'
import type { HostAuthStore } from '../../lib/storage/auth-store.ts'
import type { HostAccess } from '../../lib/storage/host-access.ts'
import type { HostStores } from '../../lib/storage/host-stores.ts'
import type { HostSessionStore } from '../../lib/storage/session-store.ts'
import type { Config } from '../../schemas/foundation/config.ts'
import { compareAnswers } from './described-answers.ts'

export const PASSWORD = 'Correct-Horse-7'
/** Most tests are not about the cost of a password. Those that are pass `hasher: TRUE_HASHES`. */
export const CHEAP_HASHES = { iterations: 1000 }
export const TRUE_HASHES = {}

/** A folder that is gone when the test is. */
export async function temporaryFolder(t: Test): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'monitor-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** The defaults, with every path inside `folder`. */
export function configIn(folder: string, overrides: Partial<Config> = {}): Config {
  const read = readConfig({})
  if (read.config === null) throw new Error('the defaults do not fit their own schema')
  return {
    ...read.config,
    configDir: folder,
    stateDir: folder,
    authLog: join(folder, 'auth.log'),
    sslConfig: join(folder, 'ssl_config.json'),
    // Tests do not use this machine's own fail2ban.
    fail2banClient: join(folder, 'no-fail2ban-client'),
    ...overrides
  }
}

export interface BuildOptions extends Partial<Omit<AppOptions, 'config'>> {
  folder?: string
}

/** The daemon of a host: its stores answer at once, and tests look into them. */
type HostApp = {
  stores: HostStores
  authStore: HostAuthStore
  access: HostAccess
  sessions: HostSessionStore
} & Awaited<ReturnType<typeof buildApp>>

/** Programs about this machine's hardware are not run, unless a test brings its own. */
const noPrograms = Object.fromEntries(['lspci', 'dmidecode', 'nvidiaSmi', 'upsc'].map((name) => [name, '/nonexistent']))

/**
 * The whole daemon, in a folder of its own, not listening. Limits are high unless a test sets them. Its answers are
 * compared with their description.
 */
export async function build(
  t: Test,
  overrides: Partial<Config> = {},
  { folder, onRoute, ...options }: BuildOptions = {}
) {
  const compare = compareAnswers(t)
  const place = folder ?? (await temporaryFolder(t))
  const limits = { rateLimit: 1e6, rateLimitLogin: 1e6, rateLimitToken: 1e6, rateLimitRefresh: 1e6 }
  const app = await buildApp({
    config: configIn(place, { ...limits, ...overrides }),
    version: '0.0.0',
    // Nor are its packages and services.
    hostDir: place,
    programs: noPrograms,
    hasher: CHEAP_HASHES,
    onRoute(route) {
      compare.call(this, route)
      onRoute?.call(this, route)
    },
    ...options
  })
  t.teardown(() => app.close())
  return app as HostApp
}
export type App = HostApp

/** Finishes the first launch; the owner's session token. */
export async function setUp(app: App, username = 'admin', password = PASSWORD): Promise<string> {
  const reply = await app.inject({ method: 'POST', url: '/api/auth/setup', payload: { username, password } })
  if (reply.statusCode !== 200) throw new Error(`setup answered ${reply.statusCode} ${reply.body}`)
  return reply.json().token
}

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
