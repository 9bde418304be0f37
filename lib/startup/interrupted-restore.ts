import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { syncFolder } from '../storage/atomic-write.ts'

/** What remains of a restore once its files are checked and on disk. All paths are absolute. */
export interface RestoreJournal {
  /** Files that the backup replaces or does not have. */
  remove: string[]
  /** Files in place of which a new one comes; each on one file system. */
  moves: { from: string; to: string }[]
  /** Folders of the restore, removed at its end. */
  staging: string[]
}

/** While this file exists, the state is the old one, the new one, or between them. */
export const journalPath = (configDir: string): string => join(configDir, '.restore.json')

/**
 * Finishes a restore that was interrupted; does nothing without one. Call it under the daemon's lock, before anything is
 * opened. It can itself be interrupted and repeated. Throws the system's errors.
 */
export async function finishRestore(configDir: string): Promise<void> {
  const path = journalPath(configDir)
  if (!existsSync(path)) return
  const { remove, moves, staging } = JSON.parse(await readFile(path, 'utf8')) as RestoreJournal
  // A file whose new one was moved already is not removed again.
  const moved = new Set(moves.filter(({ from }) => !existsSync(from)).map(({ to }) => to))
  for (const old of remove) if (!moved.has(old)) await rm(old, { force: true })
  for (const { from, to } of moves) {
    if (moved.has(to)) continue
    await mkdir(dirname(to), { recursive: true, mode: 0o700 })
    await rename(from, to)
  }
  for (const folder of new Set(moves.map(({ to }) => dirname(to)))) await syncFolder(folder)
  await unlink(path)
  await syncFolder(configDir)
  for (const folder of staging) await rm(folder, { recursive: true, force: true })
}
