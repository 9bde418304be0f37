import { randomBytes } from 'node:crypto'
import type { GatewayJob, GatewayJobKind } from '../../schemas/security/gateway.ts'
import { withoutSecrets } from './commands.ts'
import type { Step, Work } from './deployment.ts'

const MAX_REMEMBERED = 20

/** Says which step failed and why. */
export class StepError extends Error {
  override readonly name = 'StepError'
}

export interface JobsOptions {
  now: () => number
  onChange: () => void
}

/** The jobs since the start of the daemon, the newest last. At most one runs. */
export function createJobs({ now, onChange }: JobsOptions) {
  const jobs = new Map<string, { job: GatewayJob; ended: PromiseWithResolvers<GatewayJob> }>()
  let current: GatewayJob | null = null
  const time = () => new Date(now()).toISOString()

  return {
    /** The job that runs, or the newest one; null before the first. */
    latest: () => current,
    isRunning: () => current !== null && current.ended_at === null,
    find: (id: string): GatewayJob | null => jobs.get(id)?.job ?? null,
    ended: async (id: string): Promise<GatewayJob | null> => jobs.get(id)?.ended.promise ?? null,

    /** Registers a job as running. The caller checks before that none runs. */
    open(kind: GatewayJobKind, steps: readonly Step[], vmid: number | null): GatewayJob {
      const job: GatewayJob = {
        id: randomBytes(6).toString('hex'),
        kind,
        state: 'running',
        steps: steps.map(({ name }) => ({ name, state: 'pending', message: null })),
        error: null,
        vmid,
        started_at: time(),
        ended_at: null
      }
      jobs.set(job.id, { job, ended: Promise.withResolvers() })
      const oldest = jobs.keys().next().value
      if (jobs.size > MAX_REMEMBERED && oldest !== undefined) jobs.delete(oldest)
      current = job
      onChange()
      return job
    },

    /** Runs the steps in order. Throws a StepError for the first that fails. */
    async run(job: GatewayJob, steps: readonly Step[], work: Omit<Work, 'say'>): Promise<void> {
      for (const [i, step] of steps.entries()) {
        const shown = job.steps[i]!
        const say = (message: string) => {
          shown.message = withoutSecrets(message)
          onChange()
        }
        shown.state = 'running'
        onChange()
        try {
          const output = await step.do({ ...work, say })
          await step.check?.({ ...work, say }, output)
          shown.state = 'done'
        } catch (error) {
          shown.state = 'failed'
          say((error as Error).message)
          throw new StepError(`Step "${step.name}" failed: ${shown.message}.`, { cause: error })
        } finally {
          onChange()
        }
      }
    },

    /**
     * Undoes the steps from the last to the first. Returns what the operator has to do. Throws the error of the first undo
     * that fails.
     */
    async undo(job: GatewayJob, steps: readonly Step[], work: Omit<Work, 'say'>): Promise<string[]> {
      const left: string[] = []
      job.state = 'undoing'
      onChange()
      for (const step of steps.toReversed()) await step.undo?.({ ...work, say: (text) => void left.push(text) })
      return left
    },

    close(job: GatewayJob, error: string | null): void {
      job.state = error === null ? 'done' : 'failed'
      job.error = error === null ? null : withoutSecrets(error)
      job.ended_at = time()
      jobs.get(job.id)?.ended.resolve(job)
      onChange()
    }
  }
}
export type Jobs = ReturnType<typeof createJobs>
