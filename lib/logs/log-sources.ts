import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'

export interface LogFolders {
  /** /var/log */
  logDir: string
  /** /run/log */
  runDir: string
  etcDir: string
}

/** The system's own files, active, archived, and set aside after a crash (`~`); not those of single users. */
const SYSTEM_FILE = /^system(@[\w-]+)?\.journal~?$/

async function list(folder: string): Promise<{ names: string[]; reason: string | null }> {
  try {
    return { names: await readdir(folder), reason: null }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return { names: [], reason: code === 'ENOENT' ? null : `${folder} cannot be read (${code})` }
  }
}

/** The folders with this machine's system journals: those named by its id, or all where it has no id. */
export async function findJournalFolders({ logDir, runDir, etcDir }: LogFolders) {
  const machineId = (await readFile(join(etcDir, 'machine-id'), 'utf8').catch(() => '')).trim()
  const folders: string[] = []
  const faults: string[] = []
  for (const root of [join(logDir, 'journal'), join(runDir, 'journal')]) {
    const machines = await list(root)
    if (machines.reason !== null) faults.push(machines.reason)
    for (const machine of machines.names.filter((name) => /^[0-9a-f]{32}$/.test(name))) {
      if (/^[0-9a-f]{32}$/.test(machineId) && machine !== machineId) continue
      const { names, reason } = await list(join(root, machine))
      if (reason !== null) faults.push(reason)
      if (names.some((name) => SYSTEM_FILE.test(name))) folders.push(join(root, machine))
    }
  }
  return { folders, faults }
}

/** Syslog's file and the one rotated last, the newest first; none where this host has no such log. */
export async function findTextLogs({ logDir }: LogFolders): Promise<string[]> {
  const exists = (path: string) =>
    stat(path).then(
      (found) => found.isFile(),
      () => false
    )
  for (const name of ['syslog', 'messages']) {
    const path = join(logDir, name)
    if (await exists(path)) return (await exists(`${path}.1`)) ? [path, `${path}.1`] : [path]
  }
  return []
}
