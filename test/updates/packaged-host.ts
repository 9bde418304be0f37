import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Test } from 'tap'
import { temporaryFolder } from '../support/app.ts'

export const PROGRAM_DIR = '/usr/lib/proxmenux-monitor'

/** A host of dpkg and apt. `isPackaged`: the daemon's package.json belongs to the package. */
export async function hostOf(t: Test, { isPackaged = true, programDir = PROGRAM_DIR } = {}) {
  const hostDir = await temporaryFolder(t)
  for (const folder of ['var/lib/dpkg/info', 'var/lib/apt/lists/partial'])
    await mkdir(join(hostDir, folder), { recursive: true })
  await writeFile(join(hostDir, 'var/lib/dpkg/status'), '')
  const owner = isPackaged ? programDir : '/usr/lib/another'
  await writeFile(
    join(hostDir, 'var/lib/dpkg/info/proxmenux-monitor.list'),
    `/.\n${owner}\n${owner}/package.json\n${owner}/dist/server.js\n`
  )
  return hostDir
}
