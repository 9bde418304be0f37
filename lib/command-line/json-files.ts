import type { Static, TSchema } from 'typebox'
import { type SettingsFile, SettingsFileSchema } from '../../schemas/foundation/settings-file.ts'
import { type SslFile, SslFileSchema } from '../../schemas/security/ssl-file.ts'
import { registerNetworkFormats } from '../net/formats.ts'
import { readBounded } from '../storage/bounded-read.ts'
import { createDocumentReader } from '../storage/json-document.ts'

/** A JSON file of the daemon's, or `standard` without the file. Throws an Error with one line if it cannot be read. */
async function readJsonFile<S extends TSchema>(path: string, schema: S, standard: Static<S>): Promise<Static<S>> {
  registerNetworkFormats()
  try {
    const found = await readBounded(path)
    const read = found.ok ? await createDocumentReader(schema)(found.data) : found
    if (read.ok) return read.data
    throw new Error(`${path} cannot be read: ${read.fault}`)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return standard
    throw error
  }
}

/** The TLS settings; HTTPS is off without the file. */
export const readTlsFile = (path: string): Promise<SslFile> => readJsonFile(path, SslFileSchema, { enabled: false })

export const readSettings = (path: string): Promise<SettingsFile> => readJsonFile(path, SettingsFileSchema, {})
