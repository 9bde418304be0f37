import { chmodSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { readProcess } from '../terminal/process-table.ts'
import { openLock, tryLock } from './file-lock.ts'

const NAME = '.daemon.lock'
/** Default wait for a daemon that is still shutting down. */
const WAIT_MS = 3000
const POLL_MS = 50
/** Clock ticks a second in /proc, the same on every Linux. */
const TICKS = 100
const MAX_COMMAND = 200

export class FolderInUseError extends Error {
  override readonly name = 'FolderInUseError'
}

// Prevents garbage collection, which would close the database and release its lock.
const held: DatabaseSync[] = []

/**
 * Locks folders for this process until it exits or crashes (decision 3). A folder named twice, or by two paths, is
 * locked once. Waits up to `waitMs` for another holder, then throws FolderInUseError, whose message names the holder in
 * one line. Returns a warning for each folder whose file system has no locks.
 *
 * POSIX locks belong to the process: a child does not inherit them, and closing any other descriptor of the file
 * releases them. So no other code in this process may open the lock file.
 */
export async function lockFolders(folders: readonly string[], waitMs = WAIT_MS): Promise<string[]> {
  const warnings: string[] = []
  const taken = new Set<string>()
  const deadline = performance.now() + waitMs
  for (const folder of folders) {
    const { dev, ino } = statSync(folder)
    if (taken.has(`${dev}:${ino}`)) continue
    taken.add(`${dev}:${ino}`)
    const fault = await lockFolder(folder, deadline)
    if (fault !== null)
      warnings.push(`${folder} cannot be locked (${fault}): make sure that no second daemon uses this folder`)
  }
  return warnings
}

/** Unlocks what this process has locked, for a command that goes on without the folders. */
export function unlockFolders(): void {
  for (const lock of held.splice(0)) lock.close()
}

/** Locks a folder; returns null, or why it cannot be locked. */
async function lockFolder(folder: string, deadline: number): Promise<string | null> {
  const path = join(folder, NAME)
  let lock: DatabaseSync | undefined
  try {
    lock = openLock(path)
    // Read access is enough to block a lock.
    chmodSync(path, 0o600)
    while (!tryLock(lock)) {
      if (performance.now() > deadline) {
        if (!hasLocks(folder)) throw new Error('its file system has no locks')
        throw new FolderInUseError(describeHolder(folder, path))
      }
      await sleep(POLL_MS)
    }
    held.push(lock)
    return null
  } catch (error) {
    lock?.close()
    if (error instanceof FolderInUseError) throw error
    return (error as Error).message
  }
}

/**
 * SQLite reports ENOLCK (the network file system has no locks) as a lock held by another process. So this locks a file
 * that no other process uses. If that file cannot be created, the lock counts as held.
 */
function hasLocks(folder: string): boolean {
  const path = join(folder, `${NAME}.${process.pid}`)
  try {
    const probe = openLock(path)
    try {
      return tryLock(probe)
    } finally {
      probe.close()
    }
  } catch {
    return true
  } finally {
    rmSync(path, { force: true })
  }
}

function describeHolder(folder: string, path: string): string {
  const pid = findHolder(path)
  // Not in /proc/locks: the holder is in another PID namespace or on another host.
  const holder = pid === null ? 'in another container or on another host' : describeProcess(pid)
  return `${folder} is in use by another daemon: ${holder}. Stop it first, or set MONITOR_CONFIG_DIR, MONITOR_STATE_DIR and MONITOR_PORT for this one`
}

/** The id of the process that locks a file, from proc_locks(5); null if it is not visible. */
function findHolder(path: string): number | null {
  const { ino } = statSync(path)
  for (const line of readFileSync('/proc/locks', 'utf8').split('\n')) {
    // Only the inode: on btrfs and overlayfs the device differs from that of stat.
    const [, pid, inode] = /POSIX +ADVISORY +WRITE +(\d+) [^ ]+:(\d+) 1073741\d{3} /.exec(line) ?? []
    if (Number(inode) === ino) return Number(pid)
  }
  return null
}

function describeProcess(pid: number): string {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      .replace(/\0+$/, '')
      .replaceAll(/[\p{Cc}\u2028\u2029]/gu, ' ')
    const bootTime = Number(/^btime (\d+)$/m.exec(readFileSync('/proc/stat', 'utf8'))![1])
    const { start, state } = readProcess(pid)!
    const since = new Date((bootTime + start / TICKS) * 1000).toISOString().replace(/\.\d+/, '')
    const stopped = state === 'T' ? `, stopped (kill -CONT ${pid} continues it)` : ''
    return `process ${pid} (${command.slice(0, MAX_COMMAND)}), since ${since}${stopped}`
  } catch {
    return `process ${pid}`
  }
}
