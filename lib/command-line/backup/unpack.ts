import { mkdir, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { extract } from 'tar'
import { plainFault } from '../../startup/plain-fault.ts'
import { alertMigrations } from '../../storage/alert-store.ts'
import { readAuthFile } from '../../storage/auth-store.ts'
import { createDocumentReader } from '../../storage/json-document.ts'
import { stateMigrations } from '../../storage/state-tables.ts'
import { describeFile, FORMAT, isBackupName, MANIFEST, type Manifest, ManifestSchema } from './manifest.ts'

/** The file is no usable backup; the message says why, without the file's name. */
export class BackupFaultError extends Error {
  override readonly name = 'BackupFaultError'
}

async function readManifest(folder: string): Promise<Manifest> {
  const bytes = await readFile(join(folder, MANIFEST)).catch(() => null)
  if (bytes === null) throw new BackupFaultError('it is not a backup of proxmenux-monitor')
  const read = await createDocumentReader(ManifestSchema)(bytes)
  if (!read.ok) throw new BackupFaultError(`its ${MANIFEST} is ${read.fault}`)
  const { format, program } = read.data
  if (format > FORMAT)
    throw new BackupFaultError(
      `it has format ${format}, written by proxmenux-monitor ${program}, and this program knows formats up to ${FORMAT}; install that version`
    )
  return read.data
}

function checkDatabase(folder: string, name: string, known: number | null): void {
  const database = new DatabaseSync(join(folder, name), { readOnly: true })
  try {
    const [result] = Object.values(database.prepare('PRAGMA quick_check(1)').get() ?? {})
    if (result !== 'ok') throw new BackupFaultError('a database in it is damaged')
    const { user_version: version } = database.prepare('PRAGMA user_version').get() as { user_version: number }
    if (known !== null && version > known)
      throw new BackupFaultError(
        `its ${basename(name)} has version ${version}, and this program knows ${known}; install the newer program`
      )
  } finally {
    database.close()
  }
}

/**
 * Unpacks a backup into a new folder of mode 0700 and checks all of it: checksums, format, auth.json, databases. Throws
 * BackupFaultError, or the system's errors.
 */
export async function unpack(file: string, folder: string): Promise<Manifest> {
  await stat(file)
  await mkdir(folder, { mode: 0o700 })
  const unexpected: string[] = []
  try {
    await extract({
      file,
      cwd: folder,
      strict: true,
      filter: (name, entry) => {
        const isFile = 'type' in entry && (entry.type === 'File' || entry.type === 'OldFile')
        if (isFile && (name === MANIFEST || isBackupName(name))) return true
        // Of a backup that was unpacked and packed again by hand.
        const isFolder = 'type' in entry && entry.type === 'Directory'
        if (!isFolder) unexpected.push(name)
        return false
      }
    })
  } catch (error) {
    const { code, tarCode } = error as NodeJS.ErrnoException & { tarCode?: string }
    const isDamaged = tarCode !== undefined || code === undefined || /^(TAR_|Z_)/.test(code)
    throw isDamaged ? new BackupFaultError(`it is damaged or not a backup: ${plainFault(error)}`) : error
  }
  const manifest = await readManifest(folder)
  const [first] = unexpected
  if (first !== undefined) throw new BackupFaultError(`it has an unexpected entry ${JSON.stringify(first)}`)
  for (const { name, bytes, sha256 } of manifest.files) {
    if (!isBackupName(name)) throw new BackupFaultError(`it has an unexpected entry ${JSON.stringify(name)}`)
    const found = await describeFile(folder, name).catch(() => null)
    if (found?.bytes !== bytes || found.sha256 !== sha256) throw new BackupFaultError(`${name} in it is damaged`)
  }
  const names = manifest.files.map(({ name }) => name)
  for (const needed of ['config/auth.json', 'state/state.sqlite'])
    if (!names.includes(needed)) throw new BackupFaultError(`${needed} is missing in it`)
  const auth = await readAuthFile(join(folder, 'config/auth.json'))
  if (!auth.ok) throw new BackupFaultError(`its auth.json cannot be read: ${auth.fault}`)
  const known = {
    'state.sqlite': stateMigrations.length,
    'history.sqlite': null,
    'alerts.sqlite': alertMigrations.length
  }
  for (const [name, version] of Object.entries(known))
    if (names.includes(`state/${name}`)) checkDatabase(folder, `state/${name}`, version)
  return manifest
}
