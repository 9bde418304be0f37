import { existsSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Config } from '../../../schemas/foundation/config.ts'
import { locations } from '../../startup/locations.ts'
import { readUnit, UNIT, unitFolders } from '../../startup/service-unit.ts'
import { writeAtomically } from '../../storage/atomic-write.ts'
import { portAnswers } from '../doctor/network.ts'
import { withFolders } from '../host-stores.ts'
import { removeUnit } from './copies.ts'
import { createSystemctl, type Systemctl } from './systemctl.ts'

const PORT_MS = 30_000
/** A daemon that was stopped may hold its folders for a moment longer. */
const END_MS = 5000
const POLL_MS = 250

/** A step's place on this host: its service manager, units and port. */
export interface TakeoverHost {
  systemctl: Systemctl
  /** The administrator's folder of units. */
  units: string
  /** Puts our unit in the place of the old one, and removes its drop-ins. */
  replaceUnit(unit: string): Promise<void>
  /** Whether this project's daemon holds its folders. */
  daemonRuns(): Promise<boolean>
  /** Waits until no daemon holds them; false if one still does. */
  daemonEnds(): Promise<boolean>
  /** Waits until something answers on the port; false if nothing does. */
  portAnswers(): Promise<boolean>
}

/** The unit of this clone. Throws an Error with one line if there can be none. */
function unitOfClone(): string {
  const { root, serviceUnit } = locations
  if (!existsSync(serviceUnit)) throw new Error(`this installation has no ${UNIT}; install the package again`)
  // A unit would need quotes and escapes for other characters.
  if (!/^[\w./+-]+$/.test(root)) throw new Error(`move this project to a path without spaces and symbols: ${root}`)
  return readFileSync(serviceUnit, 'utf8').replaceAll('/opt/proxmenux-monitor/', `${root}/`)
}

/** Looks again and again; false if it does not come in that time. */
async function comes(isThere: () => Promise<boolean>, withinMs: number): Promise<boolean> {
  for (const deadline = performance.now() + withinMs; ; await sleep(POLL_MS)) {
    if (await isThere()) return true
    if (performance.now() > deadline) return false
  }
}

export function createTakeoverHost(config: Config, env: NodeJS.ProcessEnv): TakeoverHost {
  const [units, ...others] = unitFolders(env)
  // Without its folders no daemon runs.
  const daemonRuns = () => withFolders(config, async (isRunning) => isRunning).catch(() => false)
  const isPackaged = (): boolean => others.some((folder) => readUnit(folder)?.isOurs)
  if (!isPackaged()) unitOfClone()
  return {
    systemctl: createSystemctl(env),
    units,
    async replaceUnit(unit) {
      await rm(`${unit}.d`, { recursive: true, force: true })
      // The package's is in another folder, and no longer hidden.
      if (isPackaged()) await removeUnit(unit)
      else await writeAtomically(unit, unitOfClone(), 0o644)
    },
    daemonRuns,
    daemonEnds: () => comes(async () => !(await daemonRuns()), END_MS),
    portAnswers: () => comes(() => portAnswers(config), PORT_MS)
  }
}
