import { existsSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../../../schemas/foundation/config.ts'
import { OWNER_ID } from '../../auth/accounts.ts'
import { createImageCheck } from '../../avatar/check.ts'
import { imageTypeOf } from '../../avatar/image-type.ts'
import { createAvatarStore } from '../../avatar/store.ts'
import { createFileLock } from '../../storage/file-lock.ts'
import { stampOf } from '../stamp.ts'
import { AVATAR, copyInto, dataPaths, putFileBack, putUnitBack, unitPaths } from './copies.ts'
import { readOldAvatar } from './findings.ts'
import type { TakeoverHost } from './host.ts'
import { closeRecord, recordPath, type TakeoverRecord, writeRecord } from './record.ts'
import { authOfWayBack } from './way-back.ts'

const avatarsOf = ({ configDir }: Config) =>
  createAvatarStore({ folder: join(configDir, 'avatars'), lock: createFileLock(join(configDir, '.avatars.lock')) })

/** Stores the old avatar as the owner's, unless the owner has one. Like an upload, it is decoded first. */
async function importAvatar(config: Config): Promise<void> {
  const avatars = avatarsOf(config)
  const bytes = await readOldAvatar(config)
  if (bytes === null || (await avatars.find(OWNER_ID)) !== null) return
  const check = createImageCheck()
  try {
    if ((await check.check(bytes, imageTypeOf(bytes)!)) === 'ok') await avatars.replace(OWNER_ID, bytes)
  } finally {
    await check.close()
  }
}

/** From `stopping` to `taken`. Each phase can be repeated, and continues where an earlier process was interrupted. */
export async function takeOver(config: Config, host: TakeoverHost, record: TakeoverRecord): Promise<void> {
  const { systemctl } = host
  if (record.phase === 'stopping') {
    await systemctl.stop()
    await systemctl.disable()
    record.files = await copyInto(record.folder, dataPaths(config), 'contents')
    record.phase = 'replacing'
    await writeRecord(config.configDir, record)
  }
  if (record.phase !== 'replacing') return
  await host.replaceUnit(record.unit)
  await systemctl.reloadUnits()
  await importAvatar(config)
  await systemctl.enable()
  await systemctl.forgetFailures()
  await systemctl.start()
  if (!(await host.portAnswers()) || !(await host.daemonRuns()))
    throw new Error(
      `the service has started, but does not answer on port ${config.port}: journalctl -u proxmenux-monitor`
    )
  record.phase = 'taken'
  await writeRecord(config.configDir, record)
}

/** What the way back did. */
export interface Return {
  lost: string[]
  kept: string[]
  /** Whether the old service answers; true also for one that did not run before. */
  answers: boolean
}

/** Starts the old service if it ran before. */
async function startOld({ systemctl, portAnswers }: TakeoverHost, record: TakeoverRecord): Promise<boolean> {
  await (record.was_enabled ? systemctl.enable() : systemctl.disable())
  if (!record.was_active) return true
  await systemctl.forgetFailures()
  await systemctl.start()
  return (await portAnswers()) && systemctl.isActive()
}

async function putDataBack(config: Config, record: TakeoverRecord): Promise<Pick<Return, 'lost' | 'kept'>> {
  const changes: Pick<Return, 'lost' | 'kept'> = { lost: [], kept: [] }
  for (const [name, path] of Object.entries(dataPaths(config))) {
    const copy = join(record.folder, name)
    if (!record.files.includes(name)) {
      await rm(path, { force: true })
    } else if (name === 'auth.json') {
      const present = join(record.left_folder, name)
      const way = authOfWayBack(await readFile(copy), existsSync(present) ? await readFile(present) : null)
      await createFileLock(join(config.configDir, '.auth.lock'))(() => putFileBack(copy, path, way.bytes))
      Object.assign(changes, { lost: way.lost, kept: way.kept })
    } else {
      await putFileBack(copy, path)
    }
  }
  // An avatar that was changed since the takeover stays.
  const avatars = avatarsOf(config)
  const stored = await avatars.read(OWNER_ID)
  const old = join(record.folder, AVATAR)
  if (stored && existsSync(old) && stored.bytes.equals(await readFile(old))) await avatars.remove(OWNER_ID)
  return changes
}

/** From any phase to the old Monitor. An interrupted run is continued by the next one. */
export async function giveBack(config: Config, host: TakeoverHost, record: TakeoverRecord): Promise<Return> {
  const { systemctl } = host
  if (record.phase === 'stopping') {
    // Nothing was replaced.
    const answers = await startOld(host, record)
    await rm(recordPath(config.configDir), { force: true })
    await rm(record.folder, { recursive: true, force: true })
    return { lost: [], kept: [], answers }
  }
  if (record.phase !== 'leaving' && record.phase !== 'returning') {
    record.phase = 'leaving'
    record.left_folder = join(record.folder, `left-${stampOf(new Date())}`)
    await writeRecord(config.configDir, record)
  }
  if (record.phase === 'leaving') {
    await systemctl.stop()
    if (!(await host.daemonEnds()))
      throw new Error('a daemon started by hand still runs; stop it, then run this command again')
    await systemctl.disable()
    await copyInto(record.left_folder, dataPaths(config), 'contents')
    await copyInto(record.left_folder, unitPaths(record.unit), 'links')
    record.phase = 'returning'
    await writeRecord(config.configDir, record)
  }
  const changes = await putDataBack(config, record)
  await putUnitBack(record.unit, record.folder)
  await systemctl.reloadUnits()
  const answers = await startOld(host, record)
  await closeRecord(config.configDir, record)
  return { ...changes, answers }
}
