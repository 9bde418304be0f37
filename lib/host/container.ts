import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

const read = (path: string): Promise<string> => readFile(path, 'latin1').catch(() => '')

/**
 * True if /proc/meminfo belongs to a container while the rest of /proc belongs to its host. Signs: systemd's container
 * interface (/run/systemd/container, `container=` for process 1), or lxcfs mounted over meminfo. Docker containers show
 * none of these signs; they see all of their host's memory.
 */
export async function isContainer(procDir: string, runDir: string): Promise<boolean> {
  if ((await read(join(runDir, 'systemd/container'))).trim() !== '') return true
  // Only root may read it.
  if (/(?:^|\0)container=[^\0]/.test(await read(join(procDir, '1/environ')))) return true
  return / \/proc\/meminfo [^\n]* - fuse\.lxcfs /.test(await read(join(procDir, 'self/mountinfo')))
}
