import { join } from 'node:path'
import type { Logger } from 'pino'
import type { Config } from '../../schemas/foundation/config.ts'
import { createLockout } from '../auth/lockout.ts'
import { createAvatarStore } from '../avatar/store.ts'
import { createAuditStore } from './audit-store.ts'
import { type HostAuthStore, openAuthStore } from './auth-store.ts'
import { createFileLock } from './file-lock.ts'
import { createHostAccess, type HostAccess } from './host-access.ts'
import { createLockoutStore } from './lockout-store.ts'
import { createLoginLinkStore } from './login-link-store.ts'
import { type Order, takeOrders } from './orders.ts'
import { createRateLimitStore } from './rate-limit-store.ts'
import { createSessionStore, type HostSessionStore } from './session-store.ts'
import { openSettingsStore } from './settings-store.ts'
import { openStateDatabase, type StateDatabase } from './state-database.ts'
import type { RateLimitStoreClass } from './stores/rate-limits.ts'
import type { Stores } from './stores/stores.ts'
import { createTicketStore } from './ticket-store.ts'
import { createTokenUseStore } from './token-use-store.ts'

/** The stores of one host, which answer from memory. */
export interface HostStores extends Stores {
  auth: HostAuthStore
  access: HostAccess
  sessions: HostSessionStore
  rateLimits: { store: RateLimitStoreClass }
  database: StateDatabase
}

export interface HostStoresOptions {
  config: Pick<Config, 'configDir' | 'stateDir' | 'trustedProxies'>
  log: Pick<Logger, 'error' | 'warn'>
  /** Wall clock, milliseconds since the epoch. */
  now: () => number
  /** Milliseconds. */
  monotonicNow: () => number
}

const CHECK_EVERY_MS = 5000
/** How long health reports a damaged file that was replaced. */
const REPORT_DAMAGE_MS = 24 * 3_600_000

/** Opens auth.json, settings.json and state.sqlite. Throws StorageError or LockTimeoutError if a first launch cannot be stored. */
export async function openHostStores({ config, log, now, monotonicNow }: HostStoresOptions): Promise<HostStores> {
  const { configDir, stateDir } = config
  const settings = await openSettingsStore({
    path: join(configDir, 'settings.json'),
    lock: createFileLock(join(configDir, '.settings.lock')),
    configuredProxies: config.trustedProxies,
    onFault: (fault) => log.error({ file: 'settings.json', fault }, 'settings.json cannot be read'),
    onProxyFault: (fault) =>
      log.error({ file: 'settings.json', fault }, 'the trusted_proxies of settings.json are ignored')
  })
  const auth = await openAuthStore({
    path: join(configDir, 'auth.json'),
    lock: createFileLock(join(configDir, '.auth.lock')),
    onFault: (file, fault) =>
      log.error({ file, fault }, 'auth.json cannot be read: all requests are refused until the file is fixed'),
    onEntryFault: (file, fault) => log.error({ file, fault }, 'an entry of auth.json is ignored'),
    onMended: (file) => log.warn({ file }, 'auth.json is readable again')
  })
  const path = join(stateDir, 'state.sqlite')
  const database = openStateDatabase({
    path,
    now,
    onSetAside: (to, rows) =>
      log.error({ file: path, to, rows }, 'the state database was damaged; a new file holds the readable rows'),
    onTrouble(fault) {
      if (fault) log.error({ err: fault, file: path }, 'nothing can be saved: sessions opened now end with the daemon')
      else log.warn({ file: path }, 'the state database is written again')
    }
  })
  const checking = setInterval(() => void database.check(), CHECK_EVERY_MS).unref()
  const avatars = createAvatarStore({
    folder: join(configDir, 'avatars'),
    lock: createFileLock(join(configDir, '.avatars.lock'))
  })
  await avatars.open().catch((err) => log.error({ err }, 'the avatars folder cannot be cleaned up'))
  const sessions = createSessionStore(database)
  const lockouts = createLockout(createLockoutStore(database), now)
  const audit = createAuditStore(database)
  database.onReplaced(() => {
    audit.repairEnds().catch((err) => log.error({ err }, 'the ends of the audit chain could not be repaired'))
  })
  const carryOut = async (order: Order): Promise<number> => {
    // What the command wrote before it: a disabled user is out, and cannot come in again.
    await auth.refresh()
    if (order.kind === 'unlock') return lockouts.unlock(order.username, order.address)
    return order.kind === 'end-session' ? Number(await sessions.end(order.sid)) : sessions.endAll(order.userIds)
  }
  const onError = (err: unknown) => log.error({ err }, 'an order of the command line could not be carried out')
  const stopTaking = takeOrders({ state: database, carryOut, now, onError })

  return {
    hostId: '',
    auth,
    settings,
    sessions,
    database,
    audit,
    avatars,
    access: createHostAccess(auth, sessions),
    lockouts,
    tokenUses: createTokenUseStore(database),
    tickets: createTicketStore(monotonicNow),
    loginLinks: createLoginLinkStore(database, now),
    tenants: null,
    hosts: null,
    handOvers: null,
    rateLimits: { store: createRateLimitStore(now) },
    onReplaced: database.onReplaced,
    faults() {
      const [fault, users, unwritable] = [database.fault(), auth.fault(), settings.fault()]
      const replacedAt = database.replacedAt()
      const isReported = replacedAt !== null && now() - replacedAt < REPORT_DAMAGE_MS
      return [
        ...(fault ? [`Nothing can be saved, ${fault.reason}: sessions opened now end with the daemon`] : []),
        ...(isReported ? ['State database was damaged and has been replaced'] : []),
        ...(users ? [`Users, passwords and API tokens cannot be changed: ${users.reason}`] : []),
        ...(unwritable ? [`Settings cannot be changed: ${unwritable.reason}`] : [])
      ]
    },
    async close() {
      clearInterval(checking)
      stopTaking()
      await database.close()
      await Promise.all([auth.close(), settings.close()])
    }
  }
}
