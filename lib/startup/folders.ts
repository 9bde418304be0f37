import { accessSync, chmodSync, constants, mkdirSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Config } from '../../schemas/foundation/config.ts'
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
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    accessSync(folder, constants.W_OK | constants.X_OK)
    return true
  } catch {
    return false
  }
}

const variableOf = (property: keyof Config) => variables.find((known) => known.property === property)!

/**
 * Makes the folders the daemon writes to. For an ordinary user one that cannot be written falls back: state under the
 * configuration folder, log and TLS settings beside it; each with a warning that says where it went. Throws FolderError, naming the
 * variable, for the configuration folder and for root, who should not be given another place than the one configured.
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
      `${variableOf('stateDir').env}: ${config.stateDir} cannot be written; the state is kept in ${prepared.stateDir}`
    )
  }
  // A log that cannot be written stops nobody: health reports it.
  if (!isRoot && !canAppend(config.authLog)) {
    prepared.authLog = join(config.configDir, basename(config.authLog))
    warnings.push(`${variableOf('authLog').env}: ${config.authLog} cannot be written; the log is ${prepared.authLog}`)
  }
  // Settings that are there count, whoever wrote them: they may say HTTPS.
  if (!isRoot && !canRead(config.sslConfig) && !canWrite(dirname(config.sslConfig))) {
    prepared.sslConfig = join(config.configDir, basename(config.sslConfig))
    warnings.push(
      `${variableOf('sslConfig').env}: ${config.sslConfig} cannot be written; the TLS settings are ${prepared.sslConfig}`
    )
  }
  return { config: prepared, warnings }
}

const fallbackOf = ({ configDir }: Config): string => join(configDir, 'state')

export const STATE_FILE = 'state.sqlite'

/**
 * Where the daemon of this configuration keeps its state, for tools beside it; nothing is made. What is on the disk
 * decides, not who asks: where both the configured folder and the fallback have a database, the one that belongs to the
 * user who owns auth.json. Root's daemon never falls back.
 */
export function findStateFolder(config: Config): string {
  const fallback = fallbackOf(config)
  const spare = ownerOf(join(fallback, STATE_FILE))
  if (spare === null) return config.stateDir
  const owner = ownerOf(join(config.configDir, 'auth.json')) ?? ownerOf(config.configDir)
  if (owner === 0) return config.stateDir
  const main = ownerOf(join(config.stateDir, STATE_FILE))
  return main === owner ? config.stateDir : fallback
}

/** The user id of a file; null if it is missing, or in a folder that is closed to this user. */
function ownerOf(path: string): number | null {
  try {
    return statSync(path).uid
  } catch {
    return null
  }
}

/** Closes a folder of our own name to others; another one may be shared on purpose (/etc is), so it is only told. */
function keepPrivate(folder: string, warnings: string[]): void {
  if ((statSync(folder).mode & 0o077) === 0) return
  if (basename(folder) === 'proxmenux-monitor') chmodSync(folder, 0o700)
  else warnings.push(`${variableOf('configDir').env}: others can look into ${folder}; to close it: chmod 700 ${folder}`)
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
