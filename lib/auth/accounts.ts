import { createHash } from 'node:crypto'
import type { AuthFile, BackupCode, PendingTotp, ResellerEntry, UserEntry } from '../../schemas/auth/auth-file.ts'
import type { Permission, UserType } from '../../schemas/auth/permission.ts'
import { costFaultOf } from './passwords/cost.ts'

/** A user account. User 1 is the owner, stored at the top level of auth.json; its `users[]` holds the other users. */
export interface Account {
  id: number
  username: string
  /** Null for a hash that is too expensive to compute; every password is then rejected. */
  passwordHash: string | null
  displayName: string
  email: string
  userType: UserType
  /** 0 for a user of no reseller. */
  resellerId: number
  /** Null also if `resellerId` names no reseller; such a user is not active. */
  reseller: ResellerEntry | null
  /** The user's own `is_active`. */
  isEnabled: boolean
  /** Whether the user may log in and act: enabled, and their reseller is not suspended. */
  isActive: boolean
  permissions: readonly Permission[]
  /** Networks a login may come from, as text; empty for all. */
  allowedIps: string
  /** Base32 secret; null while the second factor is off. */
  totpSecret: string | null
  /** An enrolment without a verified code; it may have expired. */
  totpPending: PendingTotp | null
  backupCodes: readonly BackupCode[]
  /** Changes with the user name, the password and the signing secret. Sessions with another value are invalid. */
  credential: string
}

export const OWNER_ID = 1

/** The fields shared by the top level of auth.json (the owner) and an entry of `users[]`. */
export type CredentialRecord = Pick<
  AuthFile,
  | 'username'
  | 'password_hash'
  | 'display_name'
  | 'email'
  | 'allowed_ips'
  | 'totp_enabled'
  | 'totp_secret'
  | 'totp_pending'
  | 'backup_codes'
  | 'last_totp_counter'
>

/** The part of auth.json that describes a user, for reading or changing; null for an unknown id. */
export function recordOf(file: AuthFile, id: number): CredentialRecord | null {
  if (id === OWNER_ID) return file.username && file.password_hash ? file : null
  return file.users?.find((user) => user.id === id) ?? null
}

const describeRecord = (record: CredentialRecord, secret: AuthFile['jwt_secret']) => ({
  username: record.username!,
  passwordHash: costFaultOf(record.password_hash!) === null ? record.password_hash! : null,
  displayName: record.display_name ?? '',
  email: record.email ?? '',
  allowedIps: record.allowed_ips ?? '',
  totpSecret: record.totp_enabled ? (record.totp_secret ?? null) : null,
  totpPending: record.totp_pending ?? null,
  backupCodes: record.backup_codes ?? [],
  credential: credentialOf(record, secret)
})

/** The owner, or null before the first launch is finished. */
export function ownerOf(file: AuthFile): Account | null {
  const record = recordOf(file, OWNER_ID)
  if (record === null) return null
  return {
    ...describeRecord(record, file.jwt_secret),
    id: OWNER_ID,
    userType: 'admin',
    resellerId: 0,
    reseller: null,
    isEnabled: true,
    isActive: true,
    permissions: ['*']
  }
}

/** The account of an entry of `users[]`. `reseller` is the one that the entry names; null if there is no such reseller. */
export function userOf(
  entry: UserEntry,
  secret: AuthFile['jwt_secret'],
  reseller: ResellerEntry | null | undefined
): Account {
  const resellerId = entry.reseller_id ?? 0
  return {
    ...describeRecord(entry, secret),
    id: entry.id,
    userType: entry.user_type,
    resellerId,
    reseller: reseller ?? null,
    isEnabled: entry.is_active,
    isActive: entry.is_active && (resellerId === 0 || reseller?.is_active === true),
    permissions: entry.permissions
  }
}

/** The account of an entry of `users[]` in this file or draft. */
export const userIn = (file: AuthFile, entry: UserEntry): Account =>
  userOf(
    entry,
    file.jwt_secret,
    file.resellers?.find(({ id }) => id === entry.reseller_id)
  )

/** All accounts; empty without an owner, since the other users cannot log in before the setup (contract 3). */
export function accountsOf(file: AuthFile): Account[] {
  const owner = ownerOf(file)
  if (!owner) return []
  const resellers = new Map(file.resellers?.map((reseller) => [reseller.id, reseller]))
  const users = file.users ?? []
  return [owner, ...users.map((entry) => userOf(entry, file.jwt_secret, resellers.get(entry.reseller_id ?? 0)))]
}

/** The fields of a record without a second factor. */
export const noSecondFactor = (): Partial<CredentialRecord> => ({
  totp_enabled: false,
  totp_secret: null,
  totp_pending: null,
  backup_codes: [],
  last_totp_counter: -1
})

/** Fingerprint that binds a session to the user name, the password and the signing secret. */
export const credentialOf = (record: CredentialRecord, secret: AuthFile['jwt_secret']): string =>
  createHash('sha256').update([record.username, record.password_hash, secret].join('\0')).digest('hex').slice(0, 32)

/** First 16 hex digits of SHA-256 of the secret: an API token's `signed_with`. */
export const fingerprintOf = (secret: string): string => createHash('sha256').update(secret).digest('hex').slice(0, 16)

/** A reseller as its users see it. */
const describeOwnReseller = ({ id, name, balance }: ResellerEntry) => ({ id, name, balance })

/** The user as clients see it. */
export const describeAccount = (account: Account) => ({
  id: account.id,
  username: account.username,
  display_name: account.displayName || account.username,
  email: account.email,
  user_type: account.userType,
  reseller_id: account.resellerId,
  ...(account.reseller && { reseller: describeOwnReseller(account.reseller) }),
  is_active: account.isActive,
  permissions: [...account.permissions]
})
