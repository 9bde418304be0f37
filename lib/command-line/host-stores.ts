import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Config } from '../../schemas/foundation/config.ts'
import { createLockout } from '../auth/lockout.ts'
import { prepareFolders, STATE_FILE } from '../startup/folders.ts'
import { createAuditStore } from '../storage/audit-store.ts'
import { mintSecret, openAuthStore } from '../storage/auth-store.ts'
import { createFileLock } from '../storage/file-lock.ts'
import { FolderInUseError, lockFolders, unlockFolders } from '../storage/folder-lock.ts'
import { createLockoutStore } from '../storage/lockout-store.ts'
import { createLoginLinkStore } from '../storage/login-link-store.ts'
import { giveOrder, type Order } from '../storage/orders.ts'
import { createSessionStore } from '../storage/session-store.ts'
import { openStateDatabase, type StateDatabase } from '../storage/state-database.ts'
import { stateMigrations } from '../storage/state-tables.ts'
import { createStatements } from '../storage/statements.ts'
import { createTokenUseStore } from '../storage/token-use-store.ts'
import { createHostAudit } from './host-audit.ts'
import { faultOfChange } from './host-files.ts'
import type { CommandResult } from './result.ts'
import type { CommandStores, StoresWork } from './stores.ts'

const WAIT_MS = 5000

/**
 * Runs `work` with the knowledge whether a daemon holds its folders. If not, this process holds them meanwhile, and a
 * daemon that starts waits for that. Commands take turns, so that one does not take another for a daemon.
 */
export const withFolders = <T>(
  { configDir, stateDir }: Pick<Config, 'configDir' | 'stateDir'>,
  work: (isRunning: boolean) => Promise<T>
): Promise<T> =>
  createFileLock(join(configDir, '.command.lock'))(async () => {
    try {
      return await work(await isHeld([configDir, stateDir]))
    } finally {
      unlockFolders()
    }
  })

async function isHeld(folders: readonly string[]): Promise<boolean> {
  try {
    // On a file system without locks a daemon may run unseen: it then has to carry out the orders.
    return (await lockFolders(folders, 0)).length > 0
  } catch (error) {
    if (error instanceof FolderInUseError) return true
    throw error
  }
}

type StateStores = Pick<CommandStores, 'sessions' | 'lockouts' | 'tokenUses' | 'loginLinks'>
interface HostState extends StateStores {
  use: StateDatabase['use']
  close(): Promise<void>
}

/** Without a daemon: the daemon's own stores. */
function openOwnState(path: string): HostState {
  const state = openStateDatabase({ path, now: Date.now, onSetAside() {}, onTrouble() {} })
  const sessions = createSessionStore(state)
  const lockouts = createLockout(createLockoutStore(state), Date.now)
  /** A change must not be kept in the memory of a process that ends. */
  const saved = async <T>(change: Promise<T>): Promise<T> => {
    const result = await change
    const fault = state.fault()
    if (fault) throw fault
    return result
  }
  return {
    sessions: {
      ...sessions,
      end: (sid) => saved(sessions.end(sid)),
      endAll: (users, except) => saved(sessions.endAll(users, except))
    },
    lockouts: { unlock: (username, address) => saved(lockouts.unlock(username, address)) },
    tokenUses: createTokenUseStore(state),
    loginLinks: createLoginLinkStore(state, Date.now),
    use: state.use,
    close: state.close
  }
}

/** Beside a daemon: reads the file, and gives the daemon orders for what it holds in memory (decision 33). */
function openSharedState(path: string): HostState {
  const database = new DatabaseSync(path, { timeout: WAIT_MS })
  const { user_version: version } = database.prepare('PRAGMA user_version').get() as { user_version: number }
  if (version !== stateMigrations.length) {
    database.close()
    throw new Error(
      'the running daemon has another version than this command; restart it: systemctl restart proxmenux-monitor'
    )
  }
  const sql = createStatements(database)
  const use: StateDatabase['use'] = (work) => work(database, sql)
  const order = (what: Order): Promise<number> => giveOrder(sql, what, Date.now())
  const readOnly: StateDatabase = {
    attach: (tables) => tables.load(sql),
    save: async () => {},
    use,
    fault: () => null,
    replacedAt: () => null,
    onReplaced() {},
    check: async () => {},
    close: async () => database.close()
  }
  const { listOf, lastLoginsOf } = createSessionStore(readOnly)
  return {
    sessions: {
      listOf,
      lastLoginsOf,
      end: async (sid) => (await order({ kind: 'end-session', sid })) > 0,
      endAll: (users) => order({ kind: 'end-sessions', userIds: [users].flat() })
    },
    lockouts: {
      unlock: (username, address) => order({ kind: 'unlock', username, ...(address !== undefined && { address }) })
    },
    tokenUses: createTokenUseStore(readOnly),
    loginLinks: createLoginLinkStore(readOnly, Date.now),
    use,
    close: readOnly.close
  }
}

/** Runs `work` on this host's stores, while the daemon runs or not. Throws an Error with one line. */
export async function withHostStores(configured: Config, work: StoresWork): Promise<CommandResult> {
  const fault = faultOfChange(join(configured.configDir, 'auth.json'))
  if (fault !== null) throw new Error(fault)
  // The same user as the daemon's: the same folders.
  const { config } = prepareFolders(configured, process.getuid!() === 0)
  return withFolders(config, (isRunning) => useStores(config, isRunning, work))
}

async function useStores(config: Config, isRunning: boolean, work: StoresWork): Promise<CommandResult> {
  const { configDir, stateDir, authLog, auditJson } = config
  const path = join(configDir, 'auth.json')
  const state = (isRunning ? openSharedState : openOwnState)(join(stateDir, STATE_FILE))
  const auth = await openAuthStore({ path, lock: createFileLock(join(configDir, '.auth.lock')) })
  const audit = createAuditStore(state)
  const log = createHostAudit({ authLog, auditJson, store: audit })
  let unwritten: string[] = []
  try {
    const { fault } = auth.snapshot()
    if (fault !== null) throw new Error(`${path} cannot be read: ${fault}; fix the file or restore a copy of it`)
    const rotateSecret = () =>
      auth.update((draft) => {
        draft.jwt_secret = mintSecret()
      })
    const stores = { ...state, auth, audit, tenant: 0, rotateSecret, record: log.record }
    const result = await work(stores).finally(async () => {
      unwritten = await log.close()
    })
    if (unwritten.length === 0) return result
    return { ...result, warning: `not in the audit log: ${unwritten.join('; ')}` }
  } finally {
    await auth.close()
    await state.close()
  }
}
