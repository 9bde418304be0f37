import type { PanelDatabase, Query } from './database.ts'
import { DecryptionError, decrypt, encrypt, type Keys } from './encryption.ts'
import { findSecret, readSecret, replaceSecret, SECRET_PLACE } from './signing-secret.ts'
import { type UserRow, withSecrets } from './user-rows.ts'

const BATCH = 200
/** The columns are those of the partial index users_with_secrets. */
const NEXT = `SELECT row_to_json(u) AS row FROM users u
  WHERE (tenant_id, id) > ($1, $2) AND (totp_secret IS NOT NULL OR totp_pending IS NOT NULL)
  ORDER BY tenant_id, id LIMIT ${BATCH} FOR NO KEY UPDATE`
const UPDATE = `UPDATE users SET totp_secret = $3, totp_pending = $4 WHERE tenant_id = $1 AND id = $2`

/** The number of secrets found, and of those encrypted again. */
export interface KeyRotation {
  secrets: number
  renewed: number
}

type Place = Pick<UserRow, 'tenant_id' | 'id'>
const FIRST: Place = { tenant_id: -1, id: 0 }

/** A value under the first key; the same value if it is encrypted with that key already. Throws DecryptionError. */
function renew(value: string, place: string, keys: Keys): string {
  try {
    decrypt(value, place, [keys[0]])
    return value
  } catch (error) {
    if (!(error instanceof DecryptionError)) throw error
    return encrypt(decrypt(value, place, keys), place, keys)
  }
}

/**
 * Encrypts everything with the first key, while replicas run that know both. After an interruption run it
 * again: it skips finished values. Throws DecryptionError at a value that none of the keys decrypts.
 */
export async function rotateKey(database: PanelDatabase, keys: Keys): Promise<KeyRotation> {
  const rotation: KeyRotation = { secrets: 0, renewed: 0 }
  const convert = (value: string, place: string): string => {
    const renewed = renew(value, place, keys)
    rotation.secrets++
    if (renewed !== value) rotation.renewed++
    return renewed
  }

  const findAny: Query = (text, values) => database.query('all', text, values)
  for (let isStored = false; !isStored; ) {
    const stored = await findSecret(findAny)
    const isNew = stored === null || renew(stored, SECRET_PLACE, keys) === stored
    isStored = isNew || (await replaceSecret(findAny, stored, readSecret(stored, keys), keys))
    if (isStored && stored !== null) rotation.secrets++
    if (isStored && !isNew) rotation.renewed++
  }

  const renewUsersAfter = ({ tenant_id: tenant, id }: Place): Promise<Place | undefined> =>
    database.transaction('all', async (query) => {
      const found = await query<{ row: UserRow }>(NEXT, [tenant, id])
      for (const { row } of found) {
        const { totp_secret: secret, totp_pending: pending } = withSecrets(row.tenant_id, row, convert)
        if (secret === row.totp_secret && pending?.secret === row.totp_pending?.secret) continue
        await query(UPDATE, [row.tenant_id, row.id, secret, pending && JSON.stringify(pending)])
      }
      return found.at(-1)?.row
    })
  for (let last: Place | undefined = FIRST; last !== undefined; ) last = await renewUsersAfter(last)
  return rotation
}
