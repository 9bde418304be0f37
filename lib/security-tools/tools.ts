import { access, constants, open } from 'node:fs/promises'
import { join } from 'node:path'
import { type OtherTool, otherToolNames, type SecurityTools } from '../../schemas/security/tools.ts'
import { programEnvironment } from '../programs/program.ts'

export interface SecurityToolsOptions {
  /** The configured client of fail2ban: a path, or a name to look up. */
  fail2banClient: string
  /** Replaces `/`. */
  hostDir?: string
}

/** What the files of this host say about its security tools. */
export interface InstalledTools {
  fail2ban: { installed: boolean; version: string | null }
  lynis: Omit<SecurityTools['lynis'], 'reasons'>
  /** The installed ones. */
  others: ReadonlySet<OtherTool>
}

/** The program that each package brings. */
const otherPrograms: Record<OtherTool, string> = {
  aide: 'aide',
  auditd: 'auditctl',
  chkrootkit: 'chkrootkit',
  clamav: 'clamscan',
  crowdsec: 'cscli',
  rkhunter: 'rkhunter'
}

/** The folders beyond PATH that tools are often unpacked to. */
const LYNIS_FOLDER = '/opt/lynis'
const FAIL2BAN_VERSION = 'usr/lib/python3/dist-packages/fail2ban/version.py'
const LYNIS_REPORT = 'var/log/lynis-report.dat'
/** A report has some 50 KB, the script of Lynis 40 KB. */
const MAX_BYTES = 512 * 1024

/** The first 512 KB of a file; empty if it cannot be read. */
async function readBeginning(path: string): Promise<string> {
  const file = await open(path, 'r').catch(() => null)
  if (file === null) return ''
  try {
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(MAX_BYTES), 0, MAX_BYTES, 0)
    return buffer.toString('utf8', 0, bytesRead)
  } catch {
    return ''
  } finally {
    await file.close()
  }
}

/** The last value of `name=value`; null if there is none. Values come from files of root, and are cut to 100 characters. */
function valueIn(text: string, name: string): string | null {
  const [, value = ''] =
    [...text.matchAll(new RegExp(`^[ \\t]*${name}\\s*=\\s*"?([^"\\n]{1,100})"?\\s*$`, 'gm'))].at(-1) ?? []
  return value.trim() || null
}

/** `2025-06-01 12:00:00`, local time, as ISO-8601 UTC; null if it is no time. */
function utcOf(local: string | null): string | null {
  if (local === null || !/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(local)) return null
  const time = Date.parse(local.replace(' ', 'T'))
  return Number.isNaN(time) ? null : new Date(time).toISOString()
}

/** Looks for security tools in the file system. Starts no program. */
export function createSecurityToolsReader({ fail2banClient, hostDir = '/' }: SecurityToolsOptions) {
  const isExecutable = (path: string) =>
    access(path, constants.X_OK).then(
      () => true,
      () => false
    )
  async function find(name: string, more: readonly string[] = []): Promise<string | null> {
    for (const folder of [...programEnvironment.PATH.split(':'), ...more]) {
      const path = join(hostDir, folder, name)
      if (await isExecutable(path)) return path
    }
    return null
  }

  return async (): Promise<InstalledTools> => {
    const client = fail2banClient.includes('/')
      ? await isExecutable(fail2banClient)
      : (await find(fail2banClient)) !== null
    const lynis = await find('lynis', [LYNIS_FOLDER])
    const report = lynis === null ? '' : await readBeginning(join(hostDir, LYNIS_REPORT))
    const index = valueIn(report, 'hardening_index')
    const others = new Set<OtherTool>()
    for (const name of otherToolNames) if ((await find(otherPrograms[name])) !== null) others.add(name)
    return {
      fail2ban: {
        installed: client,
        version: client ? valueIn(await readBeginning(join(hostDir, FAIL2BAN_VERSION)), 'version') : null
      },
      lynis: {
        installed: lynis !== null,
        version: lynis === null ? null : valueIn(await readBeginning(lynis), 'PROGRAM_VERSION'),
        last_scan: utcOf(valueIn(report, 'report_datetime_start')),
        hardening_index: index !== null && /^\d{1,3}$/.test(index) && Number(index) <= 100 ? Number(index) : null
      },
      others
    }
  }
}
