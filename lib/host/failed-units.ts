import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { outputOf, type Run } from '../programs/program.ts'
import { type Measurement, ok, unavailable } from './measurement.ts'

export interface FailedUnit {
  unit: string
  description: string
}

/** Whether this host runs systemd; the same test as sd_booted(3). */
export const isSystemdHost = (hostDir: string): Promise<boolean> =>
  stat(join(hostDir, 'run/systemd/system')).then(
    (found) => found.isDirectory(),
    () => false
  )

/** Reads the output of `systemctl list-units --failed --output=json`. Throws if it is not a JSON list. */
export function parseFailedUnits(text: string): FailedUnit[] {
  let entries: unknown
  try {
    entries = JSON.parse(text)
  } catch {
    entries = null
  }
  if (!Array.isArray(entries)) throw new Error('unexpected output from systemctl')
  return entries.flatMap((entry) => {
    const { unit, description } = (entry ?? {}) as Record<string, unknown>
    return typeof unit === 'string' ? [{ unit, description: typeof description === 'string' ? description : '' }] : []
  })
}

export const createFailedUnits = ({ run, hostDir = '/' }: { run: Run; hostDir?: string }) => ({
  async read(): Promise<Measurement<FailedUnit[]>> {
    if (!(await isSystemdHost(hostDir))) return unavailable('this host does not use systemd')
    return ok(parseFailedUnits(outputOf(await run(['list-units', '--failed', '--output=json']), 'systemctl')))
  }
})
