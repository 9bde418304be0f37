import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'

export const UNIT = 'proxmenux-monitor.service'

// The search path of systemd.unit(5), without generated units. The first folder is the administrator's: it hides the others.
const FOLDERS = ['/etc', '/run', '/usr/local/lib', '/usr/lib', '/lib'].map((place) => `${place}/systemd/system`)

type Env = Readonly<Record<string, string | undefined>>

/** The folders of units, the first one first; SYSTEMD_UNIT_PATH replaces them, as for systemctl(1). */
export function unitFolders({ SYSTEMD_UNIT_PATH: path = '' }: Env): [string, ...string[]] {
  const named = path.split(':').filter((folder) => folder !== '')
  const [first, ...others] = path === '' || path.endsWith(':') ? [...named, ...FOLDERS] : named
  return [first ?? FOLDERS[0]!, ...others]
}

/** The program that a unit starts; null if the unit names none. */
export function programOf(unit: string): string | null {
  const started = [...unit.matchAll(/^ExecStart[ \t]*=[ \t]*[-@:+!|]*"?([^\s"]+)/gm)]
  return started.at(-1)?.[1] ?? null
}

export interface ServiceUnit {
  path: string
  /** The program that it starts; null also for a unit that cannot be read, such as a masked one. */
  program: string | null
  /** Whether it starts this project's daemon, of whatever version and in whatever folder. */
  isOurs: boolean
}

/** The unit of the service in that folder, or null. */
export function readUnit(folder: string): ServiceUnit | null {
  const path = join(folder, UNIT)
  if (!existsSync(path)) return null
  const program = programOf(readFileSync(path, 'utf8'))
  return { path, program, isOurs: program !== null && basename(program) === 'proxmenux-monitor' }
}

/** The administrator's unit of another program under the name of this service, such as the original ProxMenux Monitor's. */
export function findOtherMonitor(env: Env): ServiceUnit | null {
  try {
    const unit = readUnit(unitFolders(env)[0])
    return unit?.program && !unit.isOurs ? unit : null
  } catch {
    return null
  }
}
