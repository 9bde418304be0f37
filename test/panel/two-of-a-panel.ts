import { changeAccess } from '../../lib/storage/panel/access-cache.ts'
import type { AuthFile } from '../../schemas/auth/auth-file.ts'
import type { Life } from '../edge/programs.ts'
import { createOwner, createReseller, createToken, createUser, START, tokenEntry } from '../storage/store-suite/rig.ts'
import { type Accounts, type AccountsOptions, openAccounts } from './accounts-rig.ts'

export const USER = 2
export const SID = 'session-of-adam'
export const TOKEN = 'b2'
export const QUESTION = { sid: SID, tokenHash: tokenEntry(TOKEN, USER).token_hash, now: START }
export const userIn = (draft: AuthFile) => draft.users!.find(({ id }) => id === USER)!

/** A user with a reseller, a session and an API token. */
async function fill(replica: Accounts): Promise<void> {
  const { auth } = replica
  await createOwner(auth)
  await createReseller(auth, 1, 'Acme')
  await createUser(auth, USER, 'adam', { reseller_id: 1 })
  await createToken(auth, TOKEN, USER)
  await changeAccess(replica, 0, async (query, changed) => {
    await query(
      `INSERT INTO sessions (tenant_id, sid, user_id, credential, amr, address, user_agent, created_at, expires_at,
        last_used_at, unusual) VALUES (0, $1, $2, '0', '{pwd}', '192.0.2.1', '', $3, $4, $3, false)`,
      [SID, USER, START, START + 1000]
    )
    changed.add(`session:${SID}`)
  })
}

/** Opens two replicas of a panel with that user; the first with `more` options. */
export async function openTwo(life: Life, options: AccountsOptions, more: Partial<AccountsOptions> = {}) {
  const replicas = [await openAccounts(life, { ...options, ...more }), await openAccounts(life, options)] as const
  await fill(replicas[0])
  return replicas
}

export const kinds = ['user', 'token', 'session', 'secret', 'reseller', 'tenant'] as const
export type Kind = (typeof kinds)[number]
export const secretOf = (n: number) => String(n).padStart(64, 's')

/** Sets what the request path reads of one kind to a number. */
export function setNumber(replica: Accounts, kind: Kind, n: number): Promise<unknown> {
  const { auth } = replica
  if (kind === 'user')
    return auth.change({ accounts: [USER] }, (d) => {
      userIn(d).display_name = `${n}`
    })
  if (kind === 'token')
    return auth.change({ apiToken: TOKEN }, (d) => {
      d.api_tokens![0]!.name = `${n}`
    })
  if (kind === 'reseller')
    return auth.change({ resellers: [1] }, (d) => {
      d.resellers![0]!.balance = n
    })
  if (kind === 'secret')
    return auth.change({}, (d) => {
      d.jwt_secret = secretOf(n)
    })
  if (kind === 'tenant')
    return auth.change({}, (d) => {
      d.terminal_without_auth = n % 2 === 1
    })
  return changeAccess(replica, 0, async (query, changed) => {
    await query('UPDATE sessions SET credential = $1 WHERE tenant_id = 0 AND sid = $2', [n, SID])
    changed.add(`session:${SID}`)
  })
}
