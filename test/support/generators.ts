import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '../..')
const folder = join(root, 'generators')

/** Why tests of generators and linters are skipped; false if they run. */
export const generatorsMissing: string | false = existsSync(join(folder, 'node_modules/orval'))
  ? false
  : 'the generators are not installed: npm --prefix generators ci --ignore-scripts'

/** Runs a script of Node in the folder of the generators, and waits for it. */
export function runTool(script: string, args: string[]) {
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', NO_COLOR: '1' }
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, script), ...args], {
    cwd: folder,
    env,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024
  })
  return { status, output: `${stdout}${stderr}` }
}
