import { randomBytes } from 'node:crypto'
import { readdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { PairBody } from '../../schemas/security/ssl.ts'
import { syncFolder, writeAtomically } from '../storage/atomic-write.ts'
import { makeFolder } from '../storage/make-folder.ts'
import { StorageError, storageErrorOf } from '../storage/storage-error.ts'
import type { CertificateAndKey } from './tls-listener.ts'

/** In the configuration folder. */
export const TLS_FOLDER = 'tls'

/** The name of a certificate or key that this program made. */
export const isSelfSignedFile = (name: string): boolean => /^self-signed-[0-9a-f]{8}\.(pem|key)$/.test(name)
/** Such a file, or the temporary file of its writer (lib/storage/atomic-write.ts). Copies that a user made stay. */
const isOwn = (name: string): boolean => isSelfSignedFile(name.replace(/^\.(.*)\.[0-9a-f]{12}\.tmp$/, '$1'))

/**
 * The self-signed certificates of this host and their keys, in a folder of their own. Each pair has names of its own, so
 * that the pair in use stays as it is until another one has taken its place, and for a change that is reverted.
 */
export function createSelfSignedFiles(folder: string) {
  return {
    /** Writes a pair. If that fails, no file is left. Throws StorageError. */
    async add({ cert, key }: CertificateAndKey): Promise<PairBody> {
      const name = `self-signed-${randomBytes(4).toString('hex')}`
      const pair = { cert_path: join(folder, `${name}.pem`), key_path: join(folder, `${name}.key`) }
      try {
        makeFolder(folder, 0o700)
        await writeAtomically(pair.key_path, key, 0o600)
        await writeAtomically(pair.cert_path, cert, 0o600)
        // The folder itself may be new.
        await syncFolder(dirname(folder))
      } catch (error) {
        await this.remove(pair)
        // mkdir's word for a file in the place of the folder.
        const isNoFolder = (error as NodeJS.ErrnoException).code === 'EEXIST'
        throw isNoFolder ? new StorageError(pair.key_path, 'ENOTDIR') : (storageErrorOf(error, pair.key_path) ?? error)
      }
      return pair
    },

    async remove({ cert_path, key_path }: PairBody): Promise<void> {
      for (const path of [cert_path, key_path]) await rm(path, { force: true }).catch(() => {})
    },

    /** Removes earlier pairs, and what killed writers left, except for these files. */
    async removeAllBut(kept: readonly (string | undefined)[]): Promise<void> {
      const present = await readdir(folder).catch(() => [])
      const unused = present.filter((name) => isOwn(name) && !kept.includes(join(folder, name)))
      for (const name of unused) await rm(join(folder, name), { force: true }).catch(() => {})
      if (unused.length > 0) await syncFolder(folder).catch(() => {})
    }
  }
}
