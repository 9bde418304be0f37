import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { GatewayJob, GatewayJobKind, NewGatewayBody } from '../../schemas/security/gateway.ts'
import { CommandError, type Commands, createCommands, type ProxmoxPrograms, withoutSecrets } from './commands.ts'
import { removeKeyFile, type Step, type Work } from './deployment.ts'
import { createJobs, StepError } from './jobs.ts'
import { operations } from './operations.ts'
import { readOptions } from './options.ts'
import { type Plan, planDeployment } from './plan.ts'
import type { GatewayRecord, RecordFile } from './record.ts'
import { createState } from './state.ts'
import type { Gateway, Outcome, Refusal } from './types.ts'
import { createUpdateCheck } from './updates.ts'

export interface GatewayOptions {
  record: RecordFile
  /** The name of this node of Proxmox VE. */
  node: string
  programs?: ProxmoxPrograms
  now: () => number
  wait?: (ms: number) => Promise<void>
  /** Called when a job has ended. */
  onEnd: (job: GatewayJob) => void
  /** Called when a background operation has failed. */
  onFault: (error: unknown) => void
}

const RETRY_MS = 60_000
const IDS_OF_PROXMOX = 'BC:24:11'

const LOG_FILES = ['/var/log/tailscaled.log', '/var/log/messages']

const conflict = (reason: string): Refusal => ({ ok: false, code: 'CONFLICT', reason })
const busy = (error: unknown): Refusal => ({
  ok: false,
  code: 'BUSY',
  reason: error instanceof CommandError ? error.message : 'Proxmox VE does not answer'
})
/** A random MAC address of the range that Proxmox VE uses. */
const randomAddress = () => [IDS_OF_PROXMOX, ...randomBytes(3).toString('hex').toUpperCase().match(/../g)!].join(':')

/** The record of a deployment that has made nothing yet. */
const recordOf = (plan: Plan, by: string): GatewayRecord => ({
  ...plan,
  phase: 'deploying',
  hwaddr: randomAddress(),
  creating: false,
  key_file: false,
  template: '',
  template_downloaded: false,
  installed_at: '',
  installed_by: by
})

/** Manages the container of the Secure Gateway. Call `start` once; it finishes or undoes interrupted jobs. */
export function createGateway(options: GatewayOptions) {
  const { record, node, programs = {}, now, onEnd, onFault } = options
  const stopping = new AbortController()
  const wait = options.wait ?? ((ms: number) => sleep(ms, undefined, { signal: stopping.signal }))
  let revision = 0
  let retry: NodeJS.Timeout | undefined
  /** Why an undo or a removal failed; it is retried. */
  let unfinished: string | null = null
  /** Taken between the checks of a request and the start of its job. */
  let isStarting = false
  const running = new Set<Commands>()
  const state = createState({ record, now })
  const updates = createUpdateCheck({ record, now })
  const changed = () => void revision++
  const jobs = createJobs({ now, onChange: changed })

  const open = (): Commands => {
    const commands = createCommands(programs)
    running.add(commands)
    return commands
  }
  async function withCommands<T>(work: (commands: Commands) => Promise<T>): Promise<T> {
    const commands = open()
    try {
      return await work(commands)
    } finally {
      running.delete(commands)
    }
  }

  /** Reads the state of the gateway now. */
  const refresh = () => withCommands((commands) => state.read(commands)).then(changed)

  const refusalNow = (): Refusal | null => {
    if (stopping.signal.aborted) return conflict('the daemon is shutting down')
    const fault = record.fault()
    if (fault !== null) return conflict(`the record of the gateway cannot be read: ${fault}`)
    if (isStarting || jobs.isRunning())
      return conflict('another job of the gateway is running; wait until it has ended')
    return null
  }
  const notInstalled = () => (record.current() === null ? conflict('no gateway is deployed on this host') : null)
  const notWhole = () =>
    record.current()?.phase === 'installed'
      ? null
      : conflict(`an interrupted job of the gateway is not finished: ${unfinished ?? 'it is retried every minute'}`)

  function retryLater(error: unknown): void {
    unfinished = withoutSecrets((error as Error).message)
    if (stopping.signal.aborted) return
    clearTimeout(retry)
    retry = setTimeout(() => void recover().catch(onFault), RETRY_MS).unref()
  }

  /** Runs a job to its end; never rejects. */
  async function work(
    job: GatewayJob,
    steps: readonly Step[],
    authKey = '',
    facts: Work['facts'] = null
  ): Promise<void> {
    const commands = open()
    const tools = { commands, record, node, facts, authKey, wait }
    let fault: string | null = null
    try {
      await jobs.run(job, steps, tools)
      if (job.kind === 'deploy') await record.save({ phase: 'installed', installed_at: new Date(now()).toISOString() })
      if (job.kind === 'remove') await record.clear()
      if (job.kind === 'update') updates.forget()
      unfinished = null
    } catch (error) {
      fault = error instanceof StepError ? error.message : `The record of the gateway cannot be written: ${error}.`
      if (stopping.signal.aborted) fault += ' The daemon was stopped; its next start finishes this.'
      else if (job.kind === 'deploy') fault += await undoAfter(job, tools)
      else if (job.kind === 'remove') retryLater(error)
    }
    running.delete(commands)
    if (!stopping.signal.aborted) await refresh().catch(onFault)
    jobs.close(job, fault)
    onEnd(job)
  }

  async function undoAfter(job: GatewayJob, tools: Omit<Work, 'say'>): Promise<string> {
    try {
      const left = await jobs.undo(job, operations.deploy, tools)
      await record.clear()
      unfinished = null
      return [' Everything was undone.', ...left].join(' ')
    } catch (error) {
      retryLater(error)
      return ` The undo failed: ${unfinished}. It is retried every minute.`
    }
  }

  /** Recovers from an interruption: a deployment is undone, a removal is completed, a key file is removed. */
  async function recover(): Promise<void> {
    const found = record.current()
    if (found === null || stopping.signal.aborted || jobs.isRunning()) return
    if (found.phase === 'removing') return work(jobs.open('remove', operations.remove, found.vmid), operations.remove)
    if (found.phase === 'deploying') {
      const job = jobs.open('deploy', operations.deploy, found.vmid)
      const tools = { commands: open(), record, node, facts: null, authKey: '', wait }
      const end = await undoAfter(job, tools)
      running.delete(tools.commands)
      jobs.close(job, `The deployment was interrupted.${end}`)
      onEnd(job)
    } else if (found.key_file) await withCommands((commands) => removeKeyFile({ commands, record }))
  }

  const begin = (kind: GatewayJobKind, authKey = ''): Outcome<GatewayJob> => {
    const refusal = refusalNow() ?? notInstalled() ?? (kind === 'remove' ? null : notWhole())
    if (refusal) return refusal
    const job = jobs.open(kind, operations[kind], record.current()!.vmid)
    void work(job, operations[kind], authKey).catch(onFault)
    return { ok: true, value: job }
  }

  async function deploy(request: NewGatewayBody, by: string): Promise<Outcome<GatewayJob>> {
    const refusal = refusalNow()
    if (refusal) return refusal
    if (record.current() !== null) return conflict('a gateway is deployed already; remove it first')
    isStarting = true
    try {
      const facts = await withCommands((commands) => readOptions(commands, node))
      const plan = planDeployment(request, facts)
      if (!plan.ok) return plan
      await record.save(recordOf(plan.value, by))
      const job = jobs.open('deploy', operations.deploy, plan.value.vmid)
      void work(job, operations.deploy, request.auth_key, facts).catch(onFault)
      return { ok: true, value: job }
    } catch (error) {
      if (error instanceof CommandError) return busy(error)
      throw error
    } finally {
      isStarting = false
    }
  }

  /** Runs a question to a deployed gateway. */
  async function ask<T>(question: (commands: Commands) => Promise<T>): Promise<Outcome<T>> {
    const refusal = notInstalled() ?? notWhole()
    if (refusal) return refusal
    try {
      return { ok: true, value: await withCommands(question) }
    } catch (error) {
      if (error instanceof CommandError) return busy(error)
      throw error
    }
  }

  /** Reads the state now, unless a job runs. */
  const refreshIfIdle = async (): Promise<void> => {
    if (!jobs.isRunning() && record.current() !== null) await refresh()
  }

  const gateway: Gateway = {
    status: () => ({
      ...state.describe({ isRunning: isStarting || jobs.isRunning(), unfinished }),
      job: structuredClone(jobs.latest())
    }),
    revision: () => revision,
    async options() {
      try {
        const {
          templateStorages: _,
          taken: __,
          ...value
        } = await withCommands((commands) => readOptions(commands, node))
        return { ok: true, value }
      } catch (error) {
        if (error instanceof CommandError) return busy(error)
        throw error
      }
    },
    deploy,
    begin,
    renewKey: (authKey) => begin('auth-key', authKey),
    checkUpdate: (force) => ask((commands) => updates.read(commands, force)),
    logs: (lines) =>
      ask(async ({ run }) => {
        const { vmid } = record.current()!
        for (const file of LOG_FILES) {
          const words = ['exec', `${vmid}`, '--', 'tail', '-n', '5000', file]
          const ending = await run('pct', words, { timeoutMs: 20_000 })
          if (ending.kind !== 'ended' || ending.code !== 0) continue
          const all = ending.stdout.trimEnd().split('\n')
          const own = file === LOG_FILES[0] ? all : all.filter((line) => line.includes('tailscale'))
          return withoutSecrets(own.slice(-lines).join('\n'))
        }
        throw new CommandError(`no log could be read in container ${vmid}`)
      }),
    job: (id) => structuredClone(jobs.find(id)),
    ended: jobs.ended
  }

  return {
    ...gateway,
    refresh: refreshIfIdle,
    /** Finishes or undoes the jobs of an earlier process, then reads the state. */
    async start(): Promise<void> {
      await recover()
      await refreshIfIdle()
    },
    /** Kills running programs. An interrupted deployment is undone at the next start. */
    close(): void {
      stopping.abort()
      clearTimeout(retry)
      for (const commands of running) commands.stop()
    }
  }
}
