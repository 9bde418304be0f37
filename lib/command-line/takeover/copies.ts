import { existsSync } from 'node:fs'
import { chmod, cp, lstat, mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Config } from '../../../schemas/foundation/config.ts'
import { syncFolder, writeAtomically } from '../../storage/atomic-write.ts'

/** The old Monitor's avatar, and its media type. */
export const AVATAR = 'avatar.bin'

/** The files that both Monitors use, or only the old one, by their names in the folder of copies. */
export const dataPaths = ({ configDir, sslConfig }: Config): Record<string, string> => ({
  'auth.json': join(configDir, 'auth.json'),
  'ssl_config.json': sslConfig,
  [AVATAR]: join(configDir, AVATAR),
  'avatar.type': join(configDir, 'avatar.type')
})

/** The unit and the folder of its drop-ins, by their names in the folder of copies. */
export const unitPaths = (unit: string): Record<string, string> => ({
  [basename(unit)]: unit,
  [`${basename(unit)}.d`]: `${unit}.d`
})

async function sync(path: string): Promise<void> {
  const found = await lstat(path)
  if (found.isSymbolicLink()) return
  if (found.isDirectory()) for (const name of await readdir(path)) await sync(join(path, name))
  const file = await open(path, 'r')
  await file.sync()
  await file.close()
}

// The folder of drop-ins may contain links, as `systemctl mask` makes them; a data file may be a link to the file itself.
const verbatim = { recursive: true, verbatimSymlinks: true, preserveTimestamps: true }
const contents = { dereference: true, preserveTimestamps: true }

/** Copies what is there, with its modes, and flushes it. Returns the names. */
export async function copyInto(
  folder: string,
  paths: Record<string, string>,
  how: 'links' | 'contents'
): Promise<string[]> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const names = []
  for (const [name, path] of Object.entries(paths)) {
    const target = join(folder, name)
    await rm(target, { recursive: true, force: true })
    if (!existsSync(path)) continue
    await cp(path, target, how === 'links' ? verbatim : contents)
    await sync(target)
    names.push(name)
  }
  await syncFolder(folder)
  await syncFolder(dirname(folder))
  return names
}

/** Removes the unit and its drop-ins. */
export async function removeUnit(unit: string): Promise<void> {
  for (const path of Object.values(unitPaths(unit))) await rm(path, { recursive: true, force: true })
  await syncFolder(dirname(unit))
}

/** Puts the copies of the unit and of its drop-ins in the place of those that are there. */
export async function putUnitBack(unit: string, folder: string): Promise<void> {
  await removeUnit(unit)
  for (const [name, path] of Object.entries(unitPaths(unit))) {
    const copy = join(folder, name)
    if (!existsSync(copy)) continue
    await cp(copy, path, verbatim)
    await sync(path)
  }
  await syncFolder(dirname(unit))
}

/** Gives a file the bytes and mode of its copy, or other bytes. A file that is equal already is left alone. */
export async function putFileBack(copy: string, path: string, bytes?: Buffer): Promise<void> {
  const wanted = bytes ?? (await readFile(copy))
  const mode = (await stat(copy)).mode & 0o777
  if (!existsSync(path) || !(await readFile(path)).equals(wanted)) await writeAtomically(path, wanted, mode)
  await chmod(path, mode)
}
