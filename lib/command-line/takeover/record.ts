import { existsSync, readFileSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { syncFolder, writeAtomically } from '../../storage/atomic-write.ts'

/**
 * How far a takeover is. Every phase can be repeated from its start:
 * - `stopping`: the old service is being stopped, and its files copied. Nothing is replaced yet.
 * - `replacing`: the copies are complete; our unit takes the place of the old one and is started.
 * - `taken`: done.
 * - `leaving`: the way back stops our service, and copies the files as they are then.
 * - `returning`: those copies are complete; the old files and unit are put back, and the old service is started.
 */
export type Phase = 'stopping' | 'replacing' | 'taken' | 'leaving' | 'returning'

/** What a takeover did, and what its way back needs. */
export interface TakeoverRecord {
  phase: Phase
  started_at: string
  /** The folder with the copies. */
  folder: string
  /** The path of the old unit. */
  unit: string
  was_enabled: boolean
  was_active: boolean
  /** Names of the old files that were there, in `folder`. */
  files: string[]
  /** The folder with the copies of the way back; empty before it. */
  left_folder: string
}

export const recordPath = (configDir: string): string => join(configDir, 'takeover.json')

/** Null without a takeover. Throws the system's error, or that of an unreadable file. */
export function readRecord(configDir: string): TakeoverRecord | null {
  const path = recordPath(configDir)
  if (!existsSync(path)) return null
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as TakeoverRecord
  } catch (error) {
    throw new Error(`${path} cannot be read: ${(error as Error).message}`)
  }
}

export const writeRecord = (configDir: string, record: TakeoverRecord): Promise<unknown> =>
  writeAtomically(recordPath(configDir), `${JSON.stringify(record, null, 2)}\n`, 0o600)

/** The way back has ended: the record stays beside its copies only. */
export async function closeRecord(configDir: string, { folder }: TakeoverRecord): Promise<void> {
  const path = recordPath(configDir)
  await rename(path, join(folder, 'takeover.json'))
  await syncFolder(dirname(path))
}
