import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { type Static, Type } from 'typebox'

/** The format of a backup. A newer program reads every older format. */
export const FORMAT = 1
export const MANIFEST = 'manifest.json'

/** Names in a backup: nothing else is packed or unpacked. */
const NAMES =
  /^(config\/(auth|settings|alerts)\.json|config\/avatars\/[\w.-]+|config\/tls\/self-signed-[0-9a-f]{8}\.(pem|key)|state\/(state|history|alerts)\.sqlite|state\/gateway\.json|state\/terminal-recordings\/[\w.-]+\.cast|ssl_config\.json)$/
export const isBackupName = (name: string): boolean => NAMES.test(name) && !name.includes('..')

/** The first file of the archive. */
export const ManifestSchema = Type.Object({
  format: Type.Integer({ minimum: 1 }),
  /** The version of the program that wrote it. */
  program: Type.String(),
  created_at: Type.String(),
  files: Type.Array(Type.Object({ name: Type.String(), bytes: Type.Integer({ minimum: 0 }), sha256: Type.String() }), {
    maxItems: 100_000
  })
})
export type Manifest = Static<typeof ManifestSchema>

/** SHA-256 in hex, and the size, of a file in a folder. Throws the system's error. */
export async function describeFile(folder: string, name: string): Promise<Manifest['files'][number]> {
  const hash = createHash('sha256')
  const source = createReadStream(join(folder, name))
  await pipeline(source, hash)
  return { name, bytes: source.bytesRead, sha256: hash.digest('hex') }
}
