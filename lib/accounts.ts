import { createHash } from 'node:crypto'
import type { AuthFile, BackupCode } from '../schemas/auth-file.ts'
import type { Permission, UserType } from '../schemas/permission.ts'

/** One who can log in. User 1 is the owner: the top-level fields of auth.json. */
export interface Account {
  id: number
  username: string
  passwordHash: string
  displayName: string
  email: string
  userType: UserType
  resellerId: number
  isActive: boolean
  permissions: readonly Permission[]
  /** Base32 secret while the second factor is on, else null. */
  totpSecret: string | null
  lastTotpCounter: number
  backupCodes: readonly BackupCode[]
  /** Changes with whatever proves who the account is; a session made under another value is over. */
  credential: string
}

export const OWNER_ID = 1

/** The owner, or null before the first launch is finished. */
export function ownerOf(file: AuthFile): Account | null {
  if (!file.username || !file.password_hash) return null
  const totpSecret = file.totp_enabled ? (file.totp_secret ?? null) : null
  return {
    id: OWNER_ID,
    username: file.username,
    passwordHash: file.password_hash,
    displayName: file.display_name ?? '',
    email: '',
    userType: 'admin',
    resellerId: 0,
    isActive: true,
    permissions: ['*'],
    totpSecret,
    lastTotpCounter: file.last_totp_counter ?? -1,
    backupCodes: file.backup_codes ?? [],
    credential: credentialOf(file)
  }
}

/** What a session is tied to: the password it was opened with, and the secret that signed its tokens. */
export const credentialOf = (file: Pick<AuthFile, 'username' | 'password_hash' | 'jwt_secret'>): string =>
  createHash('sha256')
    .update([file.username, file.password_hash, file.jwt_secret].join('\0'))
    .digest('hex')
    .slice(0, 32)

/** The user as clients see it. */
export const describeAccount = (account: Account) => ({
  id: account.id,
  username: account.username,
  display_name: account.displayName || account.username,
  email: account.email,
  user_type: account.userType,
  is_active: account.isActive,
  permissions: [...account.permissions]
})
