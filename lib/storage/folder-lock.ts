import { chmodSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { readProcess } from '../terminal/process-table.ts'
import { openLock, tryLock } from './file-lock.ts'

const NAME = '.daemon.lock'
/** A daemon that was just told to end gets this long to be gone. */
const WAIT_MS = 3000
const POLL_MS = 50
/** Clock ticks a second in /proc, the same on every Linux. */
const TICKS = 100
const MAX_COMMAND = 200

export class FolderInUseError extends Error {
  override readonly name = 'FolderInUseError'
}

// Kept here for as long as the process lives: a database that is garbage-collected is closed, and its lock is gone.
const held: DatabaseSync[] = []

/**
 * Takes folders for this process alone until it ends, however it ends (decision 3). A folder named twice, or under two
 * names, is taken once. Waits up to `waitMs` for another holder, then throws FolderInUseError, one line that names the
 * holder. Returns a warning for each folder whose file system has no locks.
 *
 * POSIX locks are the process's: a child does not inherit them, and closing any other descriptor of the file drops
 * them. So nothing else in this process may open the lock file.
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

/** Null, or why this folder can have no lock. */
async function lockFolder(folder: string, deadline: number): Promise<string | null> {
  const path = join(folder, NAME)
  let lock: DatabaseSync | undefined
  try {
    lock = openLock(path)
    // Who may read it may block it.
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
 * SQLite reports ENOLCK, a network file system's way to say that it has no locks, as a lock held by another process. So
 * a file that nobody else knows is tried. Where none can be made, the first answer counts.
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
  // Not in /proc/locks: it has another process namespace, or another host's kernel.
  const holder = pid === null ? 'in another container or on another host' : describeProcess(pid)
  return `${folder} is in use by another daemon: ${holder}. Stop it first, or set MONITOR_CONFIG_DIR, MONITOR_STATE_DIR and MONITOR_PORT for this one`
}

/** The process that holds the lock of a file, as the kernel lists it (proc_locks(5)); null if it is not visible. */
function findHolder(path: string): number | null {
  const { ino } = statSync(path)
  for (const line of readFileSync('/proc/locks', 'utf8').split('\n')) {
    // The inode alone: on btrfs and overlayfs the device differs from the one stat gives.
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
