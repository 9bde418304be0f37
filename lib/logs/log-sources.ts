import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'

export interface LogFolders {
  /** /var/log */
  logDir: string
  /** /run/log */
  runDir: string
  etcDir: string
}

/** System journal files: active, archived, and renamed after a crash (`~`). User journals are not included. */
const SYSTEM_FILE = /^system(@[\w-]+)?\.journal~?$/

async function list(folder: string): Promise<{ names: string[]; reason: string | null }> {
  try {
    return { names: await readdir(folder), reason: null }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return { names: [], reason: code === 'ENOENT' ? null : `${folder} cannot be read (${code})` }
  }
}

/** The folders with system journals of this machine id, or of all machine ids if this host has no id. */
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

/** The syslog file and its last rotated file, the newest first; empty if this host has no syslog file. */
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
