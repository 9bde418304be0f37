import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

const read = (path: string): Promise<string> => readFile(path, 'latin1').catch(() => '')

/**
 * True where /proc/meminfo is a container's own while the rest of /proc is its host's: the manager says so
 * (systemd's container interface: /run/systemd/container, `container=` for process 1) or lxcfs stands in for meminfo.
 * Docker's containers see all of their host's memory, and say none of these.
 */
export async function isContainer(procDir: string, runDir: string): Promise<boolean> {
  if ((await read(join(runDir, 'systemd/container'))).trim() !== '') return true
  // Only root may read it.
  if (/(?:^|\0)container=[^\0]/.test(await read(join(procDir, '1/environ')))) return true
  return / \/proc\/meminfo [^\n]* - fuse\.lxcfs /.test(await read(join(procDir, 'self/mountinfo')))
}
