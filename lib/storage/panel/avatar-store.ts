import { randomBytes } from 'node:crypto'
import { imageTypeOf, SIGNATURE_BYTES } from '../../avatar/image-type.ts'
import type { Avatar, AvatarStore } from '../stores/avatars.ts'
import type { PanelDatabase } from './database.ts'

interface Row {
  etag: string
  modified_at: string
  /** The first bytes, or all. */
  bytes: Buffer
}

const HEAD = `substring(bytes FROM 1 FOR ${SIGNATURE_BYTES}) AS bytes`

function avatarOf(row: Row | undefined): Avatar | null {
  const type = row && imageTypeOf(row.bytes)
  return type ? { type, modifiedAt: new Date(Number(row.modified_at)), etag: `"${row.etag}"` } : null
}

/** The avatars of the present request's tenant, in PostgreSQL. */
export function createPanelAvatars({
  database,
  tenant,
  now
}: {
  database: PanelDatabase
  tenant: () => number
  /** Milliseconds since the epoch. */
  now: () => number
}): AvatarStore {
  const select = async (columns: string, id: number): Promise<Row | undefined> => {
    const of = tenant()
    const text = `SELECT etag, modified_at, ${columns} FROM avatars WHERE tenant_id = $1 AND user_id = $2`
    return (await database.query<Row & Record<string, unknown>>(of, text, [of, id]))[0]
  }

  return {
    find: async (id) => avatarOf(await select(HEAD, id)),

    async read(id) {
      const row = await select('bytes', id)
      const avatar = avatarOf(row)
      return avatar && { ...avatar, bytes: row!.bytes }
    },

    async replace(id, bytes) {
      const of = tenant()
      await database.query(
        of,
        `INSERT INTO avatars (tenant_id, user_id, etag, modified_at, bytes) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (tenant_id, user_id) DO UPDATE
         SET etag = excluded.etag, modified_at = excluded.modified_at, bytes = excluded.bytes`,
        [of, id, randomBytes(9).toString('base64url'), now(), bytes]
      )
    },

    async remove(id) {
      const of = tenant()
      await database.query(of, 'DELETE FROM avatars WHERE tenant_id = $1 AND user_id = $2', [of, id])
    }
  }
}
