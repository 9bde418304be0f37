import type { BackupCode, PendingTotp, ResellerEntry, UserEntry } from '../../../schemas/auth/auth-file.ts'
import { type Account, type CredentialRecord, OWNER_ID, ownerOf, userOf } from '../../auth/accounts.ts'
import { costFaultOf } from '../../auth/passwords/cost.ts'
import { iterationsOf } from '../../auth/passwords/derive.ts'
import { nameKeyOf } from '../../auth/typed-text.ts'
import { decrypt, encrypt, type Keys } from './encryption.ts'

/** A row of `users` as JSON. */
export interface UserRow {
  tenant_id: number
  id: number
  username: string
  name_key: string
  password_hash: string
  iterations: number
  display_name: string
  email: string
  user_type: UserEntry['user_type']
  reseller_id: number
  is_active: boolean
  permissions: UserEntry['permissions']
  allowed_ips: string
  totp_enabled: boolean
  /** Encrypted, and so is the secret of `totp_pending`. */
  totp_secret: string | null
  totp_pending: PendingTotp | null
  backup_codes: BackupCode[]
  last_totp_counter: number
}

/** A row of `resellers` as JSON. */
export interface ResellerRow extends ResellerEntry {
  tenant_id: number
}

export const RESELLER_COLUMNS = ['tenant_id', 'id', 'name', 'balance', 'is_active']

export const resellerOf = ({ tenant_id: _, ...entry }: ResellerRow): ResellerEntry => entry

export const USER_COLUMNS = [
  ...['tenant_id', 'id', 'username', 'name_key', 'password_hash', 'iterations', 'display_name', 'email', 'user_type'],
  ...['reseller_id', 'is_active', 'permissions', 'allowed_ips', 'totp_enabled', 'totp_secret', 'totp_pending'],
  ...['backup_codes', 'last_totp_counter']
]

/** Where the secrets of a user are, for encryption.ts. */
export const totpPlace = (tenant: number, id: number) => `users/${tenant}/${id}/totp_secret`
export const pendingPlace = (tenant: number, id: number) => `users/${tenant}/${id}/totp_pending.secret`

/** The secrets of a row, each turned by `convert`. */
export const withSecrets = <Row extends Pick<UserRow, 'id' | 'totp_secret' | 'totp_pending'>>(
  tenant: number,
  row: Row,
  convert: (secret: string, place: string) => string
): Row => ({
  ...row,
  totp_secret: row.totp_secret === null ? null : convert(row.totp_secret, totpPlace(tenant, row.id)),
  totp_pending: row.totp_pending && {
    ...row.totp_pending,
    secret: convert(row.totp_pending.secret, pendingPlace(tenant, row.id))
  }
})

/** A user in clear; the fields of auth.json that may be absent there have their defaults. */
export type PanelUser = Omit<UserRow, 'tenant_id' | 'name_key' | 'iterations'>

/** What the request path knows of a user. */
export interface KnownUser {
  user: PanelUser
  /** Null also for a `reseller_id` of no reseller. */
  reseller: ResellerEntry | null
}

/** The entry of a draft with all defaults, so that two entries can be compared. */
export const panelUserOf = (entry: UserEntry): PanelUser => ({
  id: entry.id,
  username: entry.username,
  password_hash: entry.password_hash,
  display_name: entry.display_name ?? '',
  email: entry.email ?? '',
  user_type: entry.user_type,
  reseller_id: entry.reseller_id ?? 0,
  is_active: entry.is_active,
  permissions: entry.permissions,
  allowed_ips: entry.allowed_ips ?? '',
  totp_enabled: entry.totp_enabled ?? false,
  totp_secret: entry.totp_secret ?? null,
  totp_pending: entry.totp_pending ?? null,
  backup_codes: entry.backup_codes ?? [],
  last_totp_counter: entry.last_totp_counter ?? -1
})

/** The owner's part of a draft as an entry. */
export const ownerEntryOf = (record: CredentialRecord): UserEntry => ({
  ...record,
  id: OWNER_ID,
  username: record.username!,
  password_hash: record.password_hash!,
  user_type: 'admin',
  reseller_id: 0,
  is_active: true,
  permissions: ['*']
})

/** Throws DecryptionError. */
export function readUser({ tenant_id: tenant, name_key: _, iterations: __, ...row }: UserRow, keys: Keys): PanelUser {
  return withSecrets(tenant, row, (secret, place) => decrypt(secret, place, keys))
}

export function userRowOf(tenant: number, user: PanelUser, keys: Keys): UserRow {
  const { username, password_hash: hash } = user
  return {
    ...withSecrets(tenant, user, (secret, place) => encrypt(secret, place, keys)),
    tenant_id: tenant,
    name_key: nameKeyOf(username),
    // A hash that is too expensive is never computed, so no attempt has to take as long.
    iterations: costFaultOf(hash) === null ? iterationsOf(hash) : 0
  }
}

/** Throws DecryptionError. */
export const readKnownUser = (user: UserRow, reseller: ResellerRow | null, keys: Keys): KnownUser => ({
  user: readUser(user, keys),
  reseller: reseller && resellerOf(reseller)
})

export const accountOf = ({ user, reseller }: KnownUser, secret: string): Account => {
  if (user.id !== OWNER_ID) return userOf(user, secret, reseller)
  const { permissions: _, ...record } = user
  return ownerOf({ ...record, jwt_secret: secret })!
}
