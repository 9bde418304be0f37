import { accessSync, chmodSync, constants, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Config } from '../../schemas/foundation/config.ts'
import { makeFolder } from '../storage/make-folder.ts'
import { variables } from './config.ts'

export interface Prepared {
  config: Config
  warnings: string[]
}

export class FolderError extends Error {
  override readonly name = 'FolderError'
}

const canWrite = (folder: string): boolean => {
  try {
    makeFolder(folder, 0o700)
    accessSync(folder, constants.W_OK | constants.X_OK)
    return true
  } catch {
    return false
  }
}

const variableOf = (property: keyof Config) => variables.find((known) => known.property === property)!

/**
 * Creates the folders the daemon writes to. For a user other than root, an unwritable state folder, log or TLS settings
 * file is replaced by one in the configuration folder, with a warning. Throws FolderError, naming the variable, if the
 * configuration folder is not writable, or if root cannot write the configured state folder.
 */
export function prepareFolders(config: Config, isRoot: boolean): Prepared {
  const warnings: string[] = []
  const prepared = { ...config }
  const refuse = (property: keyof Config): never => {
    const { env, example } = variableOf(property)
    throw new FolderError(`${env}: ${config[property]} cannot be written. Example: ${env}=${example}`)
  }
  if (!canWrite(config.configDir)) refuse('configDir')
  keepPrivate(config.configDir, warnings)

  if (!canWrite(config.stateDir)) {
    if (isRoot) refuse('stateDir')
    prepared.stateDir = fallbackOf(config)
    if (!canWrite(prepared.stateDir)) refuse('stateDir')
    warnings.push(
      `${variableOf('stateDir').env}: ${config.stateDir} cannot be written; the state is stored in ${prepared.stateDir}`
    )
  }
  // An unwritable log does not prevent the start: health reports it.
  if (!isRoot && !canAppend(config.authLog)) {
    prepared.authLog = join(config.configDir, basename(config.authLog))
    warnings.push(
      `${variableOf('authLog').env}: ${config.authLog} cannot be written; the log is written to ${prepared.authLog}`
    )
  }
  // An existing readable settings file is used even if it is not writable: it may enable HTTPS.
  if (!isRoot && !canRead(config.sslConfig) && !canWrite(dirname(config.sslConfig))) {
    prepared.sslConfig = join(config.configDir, basename(config.sslConfig))
    warnings.push(
      `${variableOf('sslConfig').env}: ${config.sslConfig} cannot be written; the TLS settings are stored in ${prepared.sslConfig}`
    )
  }
  return { config: prepared, warnings }
}

const fallbackOf = ({ configDir }: Config): string => join(configDir, 'state')

export const STATE_FILE = 'state.sqlite'

/**
 * Finds the state folder of the daemon with this configuration, for command line tools; creates nothing. The files
 * decide, not the current user: if both the configured folder and the fallback have a database, the database of the user
 * who owns auth.json is used. A daemon run by root never uses the fallback.
 */
export function findStateFolder(config: Config): string {
  const fallback = fallbackOf(config)
  const fallbackOwner = ownerOf(join(fallback, STATE_FILE))
  if (fallbackOwner === null) return config.stateDir
  const owner = ownerOf(join(config.configDir, 'auth.json')) ?? ownerOf(config.configDir)
  if (owner === 0) return config.stateDir
  const configuredOwner = ownerOf(join(config.stateDir, STATE_FILE))
  return configuredOwner === owner ? config.stateDir : fallback
}

/** The owner's user id of a file; null if it is missing, or if this user cannot access its folder. */
function ownerOf(path: string): number | null {
  try {
    return statSync(path).uid
  } catch {
    return null
  }
}

/** Makes our own folder private. A folder of another name may be shared on purpose, as /etc is: it only gets a warning. */
function keepPrivate(folder: string, warnings: string[]): void {
  if ((statSync(folder).mode & 0o077) === 0) return
  if (basename(folder) === 'proxmenux-monitor') chmodSync(folder, 0o700)
  else
    warnings.push(
      `${variableOf('configDir').env}: other users can read ${folder}; to make it private: chmod 700 ${folder}`
    )
}

function canRead(file: string): boolean {
  try {
    accessSync(file, constants.R_OK)
    return true
  } catch {
    return false
  }
}

function canAppend(file: string): boolean {
  try {
    accessSync(file, constants.W_OK)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' && canWrite(dirname(file))
  }
}
