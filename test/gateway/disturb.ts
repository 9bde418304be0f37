import type { Test } from 'tap'
import type { Fault } from '../support/proxmox/types.ts'
import { createRig, deployed, traces } from './rig.ts'

/** Each program of a deployment, and the step that it belongs to. */
const programs: [step: string, program: string][] = [
  ['template', 'pveam update'],
  ['template', 'pveam available'],
  ['template', 'pveam download'],
  ['create', 'pct create'],
  ['configure', 'pct set'],
  ['start', 'pct start'],
  ['start', 'pct exec nslookup'],
  ['install', 'pct exec apk update'],
  ['install', 'pct exec apk add'],
  ['install', 'pct exec sh'],
  ['install', 'pct exec sysctl'],
  ['install', 'pct exec rc-update'],
  ['install', 'pct exec rc-service'],
  ['install', 'pct exec tailscale status'],
  ['join', 'pct exec tailscale up'],
  ['join', 'pct exec rm']
]

export interface Disturbance {
  fault: (step: string) => Fault
  /** What the message of the failed step says. */
  says: RegExp
  timeoutMs?: number
  /** The program may have done its work before. */
  mayEnd?: boolean
}

/** Disturbs each program of a deployment: what is left is what was before, and the message names the step. */
export async function disturbEach(t: Test, { fault, says, timeoutMs, mayEnd = false }: Disturbance): Promise<void> {
  // They wait more than they work.
  t.jobs = 4
  for (const [step, program] of programs)
    void t.test(program, { buffered: true }, async (t) => {
      const { proxmox, open, faults } = createRig(t, timeoutMs === undefined ? {} : { timeoutMs })
      const before = traces(proxmox)
      const gateway = await open()
      // Only the deployment is disturbed: what undoes it works again.
      const mend = setInterval(() => {
        if (gateway.status().job?.state === 'undoing') proxmox.mends()
      }, 5)
      t.teardown(() => clearInterval(mend))
      proxmox.breaks(fault(program))
      const job = await deployed(gateway)
      const failed = job.steps.find(({ state }) => state === 'failed')
      if (failed === undefined && mayEnd) {
        t.equal(job.state, 'done')
        return
      }
      t.equal(failed?.name, step)
      t.equal(job.state, 'failed')
      t.match(job.error, new RegExp(`^Step "${step}" failed: .*Everything was undone\\.$`, 's'))
      t.match(failed?.message, says)
      t.same(traces(proxmox), before)
      t.equal(gateway.status().state, 'not_installed')
      t.same(faults, [])
    })
}
