import type { ApiTokenEntry, AuthFile } from '../../../schemas/auth/auth-file.ts'

const parse = (bytes: Buffer): AuthFile | null => {
  try {
    const found: unknown = JSON.parse(bytes.toString())
    return typeof found === 'object' && found !== null ? (found as AuthFile) : null
  } catch {
    return null
  }
}

const LOGIN = ['username', 'password_hash', 'enabled', 'declined'] as const
const SECOND_FACTOR = ['totp_enabled', 'totp_secret', 'backup_codes'] as const

/**
 * The auth.json of the way back: the file as the old Monitor left it, to the byte, unless something was revoked since.
 * The old Monitor accepts every token that is signed with the secret of its file. Revocations, a new secret and the
 * tokens that only this daemon knows are therefore carried into it (decision 35). `lost` names what is as before again.
 */
export function authOfWayBack(
  before: Buffer,
  present: Buffer | null
): { bytes: Buffer; lost: string[]; kept: string[] } {
  const old = parse(before)
  const now = present && parse(present)
  if (old === null || !now) return { bytes: before, lost: [], kept: [] }

  const isOver = ({ ends_at: end }: ApiTokenEntry) => end !== undefined && Date.parse(end) <= Date.now()
  const hashes = (file: AuthFile) => new Set(file.api_tokens?.map(({ token_hash: hash }) => hash))
  const known = hashes(old)
  const unknown = [...hashes(now)].filter((hash) => !known.has(hash))
  const over = (now.api_tokens ?? []).filter(isOver).map(({ token_hash: hash }) => hash)
  const revokedBefore = new Set(old.revoked_tokens)
  const added = [...new Set([...(now.revoked_tokens ?? []), ...unknown, ...over])].filter(
    (hash) => !revokedBefore.has(hash)
  )
  // A file without a secret gets a new one from the old Monitor.
  const isRotated = Boolean(old.jwt_secret && now.jwt_secret && old.jwt_secret !== now.jwt_secret)

  const differs = (names: readonly (keyof AuthFile)[]) =>
    names.some((name) => JSON.stringify(old[name] ?? null) !== JSON.stringify(now[name] ?? null))
  const users = now.users?.length ?? 0
  const lost = [
    ...(differs(LOGIN) ? ['the user name and password'] : []),
    ...(differs(SECOND_FACTOR) ? ['the second factor and its backup codes'] : []),
    ...(users > 0 ? [`${users} more ${users === 1 ? 'user' : 'users'}, whom the old Monitor does not know`] : [])
  ]
  const kept = [
    ...(isRotated ? ['everything signed with the secret before its rotation'] : []),
    ...(added.length > 0
      ? [`${added.length} API ${added.length === 1 ? 'token' : 'tokens'} revoked or created since`]
      : [])
  ]
  if (kept.length === 0) return { bytes: before, lost, kept }
  const data: AuthFile = {
    ...old,
    revoked_tokens: [...revokedBefore, ...added],
    ...(isRotated && { jwt_secret: now.jwt_secret! })
  }
  return { bytes: Buffer.from(`${JSON.stringify(data, null, 2)}\n`), lost, kept }
}
