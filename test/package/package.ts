import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Test } from 'tap'
import { writeSystemUnits } from '../edge/boot.ts'
import { temporaryFolder } from '../support/app.ts'

const root = resolve(import.meta.dirname, '../..')
export const architecture = process.arch === 'arm64' ? 'arm64' : 'amd64'

/** Why a test that needs a program is skipped; false if it runs. */
export const needs = (path: string, name: string) =>
  existsSync(path) || process.env.CI ? false : `needs ${name}: apt-get install ${name}`

/** Builds the package for this machine into an empty folder; its path. */
export function buildPackage(folder: string): string {
  // The quickest compression; packages that are published are a seventh smaller.
  const args = [join(root, 'scripts/deb.ts'), '--out', folder, '--level', '1', architecture]
  execFileSync(process.execPath, args, { maxBuffer: 16 << 20 })
  return join(folder, readdirSync(folder)[0]!)
}

/** Runs a script of this folder, with the package, under a real systemd. */
export async function underSystemd(t: Test, deb: string, script: string): Promise<void> {
  const folder = await temporaryFolder(t)
  for (const name of ['units', 'out']) mkdirSync(join(folder, name))
  writeFileSync(join(folder, 'console'), '')
  writeSystemUnits(join(folder, 'units'), `/bin/sh /run/units/${script}`)
  cpSync(join(import.meta.dirname, script), join(folder, 'units', script))
  cpSync(deb, join(folder, 'units/monitor.deb'))
  const folders = '/etc/systemd/system:/usr/lib/systemd/system'
  const boot = spawnSync('sh', [join(root, 'test/edge/boot.sh'), folder, root, folders], {
    encoding: 'utf8',
    timeout: 220_000
  })
  const read = (name: string) => (existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : '')
  const words = { boot: boot.stdout + boot.stderr, console: read('console'), log: read('out/log') }
  t.equal(read('out/faults'), 'done\n', 'no step fails', words)
}
