import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { outputOf, type Run } from '../programs/program.ts'
import { isSystemdHost } from './failed-units.ts'
import { type Measurement, ok, unavailable } from './measurement.ts'

export interface TimeSync {
  /** The kernel's flag, set by systemd-timesyncd, chrony or ntpd. */
  synchronized: boolean
}

/** Reads from timedatectl whether the clock is synchronised. */
export const createTimeSync = ({ run, hostDir = '/' }: { run: Run; hostDir?: string }) => ({
  async read(): Promise<Measurement<TimeSync>> {
    if (!(await isSystemdHost(hostDir))) return unavailable('this host does not use systemd')
    const isContainer = await access(join(hostDir, 'run/systemd/container')).then(
      () => true,
      () => false
    )
    if (isContainer) return unavailable('this host is a container and uses the clock of its host')
    const ending = await run(['show', '--property=NTPSynchronized', '--value'])
    if (ending.kind === 'missing') return unavailable('timedatectl is not installed')
    const answer = outputOf(ending, 'timedatectl').trim()
    if (answer !== 'yes' && answer !== 'no') throw new Error('unexpected output from timedatectl')
    return ok({ synchronized: answer === 'yes' })
  }
})
