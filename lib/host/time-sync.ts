import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { outputOf, type Run } from '../programs/program.ts'
import { isSystemdHost } from './failed-units.ts'
import { type Measurement, ok, unavailable } from './measurement.ts'

export interface TimeSync {
  /** The kernel holds the clock for synchronised, whichever program sees to it. */
  synchronized: boolean
}

/** Asks systemd whether the clock is synchronised: it knows of chrony and ntpd too, since it asks the kernel. */
export const createTimeSync = ({ run, hostDir = '/' }: { run: Run; hostDir?: string }) => ({
  async read(): Promise<Measurement<TimeSync>> {
    if (!(await isSystemdHost(hostDir))) return unavailable('systemd does not run this host')
    const isContainer = await access(join(hostDir, 'run/systemd/container')).then(
      () => true,
      () => false
    )
    if (isContainer) return unavailable("this host is a container: its clock is its host's")
    const ending = await run(['show', '--property=NTPSynchronized', '--value'])
    if (ending.kind === 'missing') return unavailable('timedatectl is not installed')
    const answer = outputOf(ending, 'timedatectl').trim()
    if (answer !== 'yes' && answer !== 'no') throw new Error('the answer of timedatectl is not understood')
    return ok({ synchronized: answer === 'yes' })
  }
})
