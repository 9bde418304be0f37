import { mintSecret } from '../auth-store.ts'
import type { PanelDatabase, Query } from './database.ts'
import { DecryptionError, decrypt, encrypt, type Keys } from './encryption.ts'

/** The stored secret, encrypted; the column `secret` of a statement. */
export const SECRET_COLUMN = "(SELECT value FROM system_preferences WHERE key = 'jwt_secret') AS secret"
/** Where the secret is, for encryption.ts. */
export const SECRET_PLACE = 'system_preferences/jwt_secret'
const INSERT = "INSERT INTO system_preferences (key, value) VALUES ('jwt_secret', $1) ON CONFLICT DO NOTHING"
/** Only if the stored value is still the one that was read. */
const REPLACE = `INSERT INTO system_preferences (key, value) VALUES ('jwt_secret', $1)
  ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value WHERE system_preferences.value = $2 RETURNING key`

/** The signing secret in clear; empty if there is none. Throws DecryptionError. */
export const readSecret = (stored: string | null, keys: Keys): string =>
  stored === null ? '' : decrypt(stored, SECRET_PLACE, keys)

export const findSecret = async (query: Query): Promise<string | null> => {
  const [row] = await query<{ secret: string | null }>(`SELECT ${SECRET_COLUMN}`)
  return row!.secret
}

/** Replaces the stored value `before`. False if another transaction replaced it meanwhile. */
export async function replaceSecret(query: Query, before: string | null, secret: string, keys: Keys): Promise<boolean> {
  return (await query(REPLACE, [encrypt(secret, SECRET_PLACE, keys), before])).length === 1
}

/**
 * Mints the panel's signing secret, once, whichever replica is first. Throws an Error with one line if
 * MONITOR_ENCRYPTION_KEY is not the key of this database.
 */
export async function prepareSecret(database: PanelDatabase, keys: Keys): Promise<void> {
  await database.query('all', INSERT, [encrypt(mintSecret(), SECRET_PLACE, keys)])
  const stored = await findSecret((text, values) => database.query('all', text, values))
  try {
    readSecret(stored, keys)
  } catch (error) {
    if (!(error instanceof DecryptionError)) throw error
    throw new Error(
      'MONITOR_ENCRYPTION_KEY is not the key that this database was encrypted with; after a change put the old key behind the new one, with a comma between them'
    )
  }
}
