import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'

export interface LogFolders {
  /** /var/log */
  logDir: string
  /** /run/log */
  runDir: string
  etcDir: string
}

const MAX_FILES = 512
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

/** The journal files of this machine: of the folders named by its id, or of all that are where it has no id. */
export async function findJournalFiles({ logDir, runDir, etcDir }: LogFolders) {
  const machineId = (await readFile(join(etcDir, 'machine-id'), 'utf8').catch(() => '')).trim()
  const paths: string[] = []
  const faults: string[] = []
  for (const root of [join(logDir, 'journal'), join(runDir, 'journal')]) {
    const machines = await list(root)
    if (machines.reason !== null) faults.push(machines.reason)
    for (const machine of machines.names.filter((name) => /^[0-9a-f]{32}$/.test(name))) {
      if (/^[0-9a-f]{32}$/.test(machineId) && machine !== machineId) continue
      const { names, reason } = await list(join(root, machine))
      if (reason !== null) faults.push(reason)
      paths.push(...names.filter((name) => SYSTEM_FILE.test(name)).map((name) => join(root, machine, name)))
    }
  }
  return { paths: paths.slice(0, MAX_FILES), faults }
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
