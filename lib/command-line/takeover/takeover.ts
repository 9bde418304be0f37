import { accessSync, constants, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../../../schemas/foundation/config.ts'
import { plainFault } from '../../startup/plain-fault.ts'
import { readUnit, type ServiceUnit, UNIT } from '../../startup/service-unit.ts'
import { createFileLock, LockTimeoutError } from '../../storage/file-lock.ts'
import { ownerFault } from '../host-files.ts'
import { type CommandResult, done, refused } from '../result.ts'
import { stampOf } from '../stamp.ts'
import { recorded } from '../stores.ts'
import { agrees } from '../terminal.ts'
import { copyInto, unitPaths } from './copies.ts'
import { type Found, findOldState } from './findings.ts'
import { createTakeoverHost, type TakeoverHost } from './host.ts'
import { readRecord, type TakeoverRecord, writeRecord } from './record.ts'
import { giveBack, takeOver } from './steps.ts'
import { describeReturn, describeTaken } from './texts.ts'

export interface TakeoverOptions {
  isYes: boolean
  isDryRun: boolean
  isUndo: boolean
}

const LOCK_MS = 500
const UNDO = 'proxmenux-monitor takeover --undo'

/** Why this process must not stop the service, or this user not replace it; null if nothing is in the way. */
function faultOfPlace({ configDir }: Config, units: string, cgroup: string): string | null {
  const fault = ownerFault(configDir)
  if (fault !== null) return fault
  try {
    accessSync(units, constants.W_OK | constants.X_OK)
  } catch (error) {
    return `${units} cannot be changed: ${plainFault(error)}`
  }
  // The service's terminals end with it, and this process with them.
  if (existsSync(cgroup) && readFileSync(cgroup, 'utf8').includes(`/${UNIT}`))
    return "this is a terminal of the Monitor, which ends with it; use SSH or the host's console"
  return null
}

/** `takeover`: puts this project's daemon in the place of another ProxMenux Monitor, or that one back. */
export async function runTakeover(
  config: Config,
  options: TakeoverOptions,
  env: NodeJS.ProcessEnv,
  /** Replaced in tests. */
  cgroup = '/proc/self/cgroup'
): Promise<CommandResult> {
  if (config.databaseUrl !== '')
    return refused("takeover: a panel's users are in PostgreSQL; copy a Monitor's with: proxmenux-monitor import")
  const host = createTakeoverHost(config, env)
  const fault = faultOfPlace(config, host.units, cgroup)
  if (fault !== null) return refused(`takeover: ${fault}`)
  mkdirSync(config.configDir, { recursive: true, mode: 0o700 })
  try {
    return await createFileLock(
      join(config.configDir, '.takeover.lock'),
      LOCK_MS
    )(() => {
      const record = readRecord(config.configDir)
      return options.isUndo ? undo(config, host, record, options) : take(config, host, record, options)
    })
  } catch (error) {
    if (error instanceof LockTimeoutError)
      return refused('takeover: another takeover is running; wait until it has ended')
    throw error
  }
}

async function take(
  config: Config,
  host: TakeoverHost,
  record: TakeoverRecord | null,
  { isYes, isDryRun }: TakeoverOptions
): Promise<CommandResult> {
  if (record?.phase === 'leaving' || record?.phase === 'returning')
    return refused(`takeover: the way back was interrupted; finish it first: ${UNDO}`)
  if (record && record.phase !== 'taken') {
    if (isDryRun)
      return done(`A takeover was interrupted. To finish it: proxmenux-monitor takeover. To cancel it: ${UNDO}`)
    return finish(config, host, record, null)
  }
  const unit = readUnit(host.units)
  if (!unit?.program || unit.isOurs) return nothingToTake(unit, record, join(host.units, UNIT))

  const { systemctl } = host
  const [is_enabled, is_active] = [await systemctl.isEnabled(), await systemctl.isActive()]
  const found = await findOldState(config, unit, { is_enabled, is_active })
  const text = `Another ProxMenux Monitor is on this host:\n${found.lines.map((line) => `  ${line}`).join('\n')}`
  if (isDryRun) return done(`${text}\nNothing was changed.`, { found: found.findings })
  if (await host.daemonRuns()) return refused('takeover: this daemon runs already, but not as a service; stop it first')
  if (!isYes) process.stderr.write(`${text}\n`)
  if (!(await agrees('Stop it, keep its login and settings, and start this Monitor in its place?', isYes)))
    return refused('takeover: the other Monitor is as it was')

  const now = new Date()
  const folder = join(config.configDir, `before-takeover-${stampOf(now)}`)
  const next: TakeoverRecord = {
    phase: 'stopping',
    started_at: now.toISOString(),
    folder,
    unit: unit.path,
    was_enabled: is_enabled,
    was_active: is_active,
    files: [],
    left_folder: ''
  }
  await copyInto(folder, unitPaths(unit.path), 'links')
  await writeRecord(config.configDir, next)
  return finish(config, host, next, found)
}

function nothingToTake(unit: ServiceUnit | null, record: TakeoverRecord | null, path: string): CommandResult {
  if (record !== null)
    return done(`The other Monitor was replaced at ${record.started_at}. The way back: ${UNDO}`, {
      folder: record.folder
    })
  const why = unit === null ? `there is no ${path}` : `${unit.path} starts ${unit.program ?? 'no program'}`
  return refused(`takeover: there is no other ProxMenux Monitor to take over: ${why}`)
}

/** Carries the takeover out; if it fails, the old Monitor is put back. */
async function finish(
  config: Config,
  host: TakeoverHost,
  record: TakeoverRecord,
  found: Found | null
): Promise<CommandResult> {
  try {
    await takeOver(config, host, record)
  } catch (error) {
    const fault = plainFault(error)
    try {
      const { answers } = await giveBack(config, host, record)
      const state = answers ? 'the other Monitor is back as it was' : 'the other Monitor was started again'
      return refused(`takeover: ${fault}. Nothing was taken over: ${state}`)
    } catch (error) {
      return refused(`takeover: ${fault}. The way back failed too: ${plainFault(error)}. Run: ${UNDO}`)
    }
  }
  return recorded(config, undefined, 'monitorTakenOver', describeTaken(config, record, found))
}

async function undo(
  config: Config,
  host: TakeoverHost,
  record: TakeoverRecord | null,
  { isYes, isDryRun }: TakeoverOptions
): Promise<CommandResult> {
  if (record === null) return refused('takeover: there is no takeover to undo')
  const { folder, unit, phase } = record
  const program = phase === 'stopping' ? null : readUnit(folder)?.program
  if (program?.startsWith('/') && !existsSync(program))
    return refused(`takeover: ${program} is gone; install the other Monitor again, then run this again`)
  const text = `Stop this Monitor, and start ${program ?? unit} with the files of ${record.started_at}`
  if (isDryRun) return done(`${text}: ${folder}`, { folder })
  if (!(await agrees(`${text}?`, isYes))) return refused('takeover: this Monitor is as it was')
  // Later this daemon does not run, and its files are those of the other one.
  const { warning } =
    phase === 'taken' ? await recorded(config, undefined, 'monitorGivenBack', done('')) : { warning: undefined }
  try {
    const back = await giveBack(config, host, record)
    const result = describeReturn(config, record, back)
    return warning === undefined ? result : { ...result, warning }
  } catch (error) {
    return refused(`takeover: the way back is not finished: ${plainFault(error)}. Run it again: ${UNDO}`)
  }
}
