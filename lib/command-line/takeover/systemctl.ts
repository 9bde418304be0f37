import { execFile } from 'node:child_process'
import { UNIT } from '../../startup/service-unit.ts'

const SHORT_MS = 30_000
/** Longer than TimeoutStopSec of the Monitors, 90 s by default. */
const STOP_MS = 120_000
/** Longer than TimeoutStartSec of our unit. */
const START_MS = 330_000

/** Runs systemctl, which is found by the PATH of `env`. Each function throws an Error with one line. */
export function createSystemctl(env: NodeJS.ProcessEnv) {
  const { PATH, SYSTEMD_UNIT_PATH } = env
  const call = (args: string[], timeout: number): Promise<{ code: number; stdout: string; stderr: string }> =>
    new Promise((done, fail) => {
      const options = {
        timeout,
        killSignal: 'SIGKILL',
        env: { PATH, LC_ALL: 'C.UTF-8', ...(SYSTEMD_UNIT_PATH !== undefined && { SYSTEMD_UNIT_PATH }) }
      } as const
      execFile('systemctl', args, options, (error, stdout, stderr) => {
        if (error === null) return done({ code: 0, stdout, stderr })
        if (error.code === 'ENOENT') return fail(new Error('systemctl is not installed: this host has no systemd'))
        if (error.killed) return fail(new Error(`systemctl ${args.join(' ')} did not end in ${timeout / 1000} s`))
        if (typeof error.code !== 'number') return fail(error)
        done({ code: error.code, stdout, stderr })
      })
    })
  const must = async (verb: string, timeout = SHORT_MS, ...args: string[]): Promise<void> => {
    const { code, stderr } = await call([verb, ...args], timeout)
    if (code === 0) return
    const reason = stderr.trim().split('\n')[0]!.slice(0, 200).replace(/\.$/, '')
    throw new Error(`systemctl ${[verb, ...args].join(' ')} ended with ${code}${reason && `: ${reason}`}`)
  }
  const stateOf = async (verb: string): Promise<string> => (await call([verb, UNIT], SHORT_MS)).stdout.trim()

  return {
    isEnabled: async () => (await stateOf('is-enabled')).startsWith('enabled'),
    isActive: async () => ['active', 'activating', 'reloading'].includes(await stateOf('is-active')),
    start: () => must('start', START_MS, UNIT),
    stop: () => must('stop', STOP_MS, UNIT),
    enable: () => must('enable', SHORT_MS, UNIT),
    disable: () => must('disable', SHORT_MS, UNIT),
    reloadUnits: () => must('daemon-reload'),
    /** Forgets failed starts, which count against the unit's limit. A unit that was never started has none. */
    forgetFailures: async (): Promise<void> => void (await call(['reset-failed', UNIT], SHORT_MS))
  }
}
export type Systemctl = ReturnType<typeof createSystemctl>
