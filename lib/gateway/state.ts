import type { Commands } from './commands.ts'
import { ownerOf, readConfig } from './container.ts'
import { readStatus } from './deployment.ts'
import type { GatewayRecord, RecordFile } from './record.ts'
import { judge, type TailscaleStatus, type Verdict } from './tailscale.ts'
import type { GatewayStatus } from './types.ts'

/** What was found in the place of the container. */
type Found =
  | { kind: 'absent' | 'other' | 'stopped' }
  | { kind: 'running'; status: TailscaleStatus | null; startedAt: number }
  | { kind: 'unknown'; reason: string }

interface Reading {
  found: Found
  /** Milliseconds since the epoch. */
  at: number
}

export interface StateOptions {
  record: RecordFile
  now: () => number
}

/** The phase of the record beyond the last reading. */
export interface Progress {
  isRunning: boolean
  /** Why an interrupted job could not be finished. */
  unfinished: string | null
}

const error = (detail: string): Verdict => ({ state: 'error', detail, link: null })

function verdictOf(found: Found, record: GatewayRecord): Verdict {
  const { vmid } = record
  switch (found.kind) {
    case 'absent':
      return error(`Container ${vmid} no longer exists. Remove the gateway, then deploy it again.`)
    case 'other':
      return error(`Container ${vmid} is no longer the gateway's. Remove the gateway; that container is left alone.`)
    case 'unknown':
      return error(`The state cannot be read: ${found.reason}`)
    case 'stopped':
      return { state: 'stopped', detail: `Container ${vmid} is stopped. Start the gateway.`, link: null }
    case 'running':
      return found.status === null
        ? error(`Tailscale does not answer in container ${vmid}. Restart the gateway.`)
        : judge(found.status, record)
  }
}

/** The last reading of the gateway's state. */
export function createState({ record, now }: StateOptions) {
  let reading: Reading | null = null

  async function find(commands: Commands, current: GatewayRecord): Promise<Found> {
    const owner = ownerOf(await readConfig(commands, current.vmid), current)
    if (owner !== 'ours') return { kind: owner }
    const { stdout } = await commands.pct(['status', `${current.vmid}`, '--verbose'], { timeoutMs: 30_000 })
    if (!/^status: running$/m.test(stdout)) return { kind: 'stopped' }
    const uptime = Number(/^uptime: (\d+)/m.exec(stdout)?.[1] ?? 0)
    const status = await readStatus({ commands, record })
    return { kind: 'running', status, startedAt: now() - uptime * 1000 }
  }

  const judged = (current: GatewayRecord, { isRunning, unfinished }: Progress): Verdict => {
    if (current.phase === 'deploying' && isRunning) return { state: 'deploying', detail: null, link: null }
    if (current.phase !== 'installed' && !isRunning) {
      const operation = current.phase === 'deploying' ? 'undo of a deployment' : 'removal'
      return error(`The ${operation} is not finished: ${unfinished ?? 'it begins in a moment.'}`)
    }
    return reading === null ? error('The state has not been read yet.') : verdictOf(reading.found, current)
  }

  return {
    /** Reads the state of a deployed gateway; never throws. */
    async read(commands: Commands): Promise<void> {
      const current = record.current()
      if (current?.phase !== 'installed') {
        reading = null
        return
      }
      const found = await find(commands, current).catch(
        (fault: Error): Found => ({ kind: 'unknown', reason: fault.message })
      )
      reading = { found, at: now() }
    },

    describe(progress: Progress): Omit<GatewayStatus, 'job'> {
      const current = record.current()
      const fault = record.fault()
      const found = reading?.found
      const running = found?.kind === 'running' ? found : null
      const status = running?.status ?? null
      const verdict: Verdict =
        fault !== null
          ? error(`The record of the gateway cannot be read: ${fault}`)
          : current === null
            ? { state: progress.isRunning ? 'deploying' : 'not_installed', detail: null, link: null }
            : judged(current, progress)
      const routes = current?.routes ?? []
      return {
        ...verdict,
        vmid: current?.vmid ?? null,
        hostname: status?.hostname || (current?.hostname ?? null),
        tailnet: status?.tailnet ?? null,
        tailnet_ips: status?.ips ?? [],
        access: current?.access ?? null,
        advertised: routes,
        approved: routes.filter((route) => status?.approved.includes(route)),
        exit_node: current?.exit_node ?? false,
        exit_node_approved: status?.exitNode ?? false,
        accept_routes: current?.accept_routes ?? false,
        version: status?.version ?? null,
        key_expires_at: status?.keyExpiresAt ?? null,
        installed_at: current?.installed_at || null,
        installed_by: current?.installed_by ?? null,
        template: current?.template || null,
        started_at: running === null ? null : new Date(running.startedAt).toISOString(),
        checked_at: reading === null ? null : new Date(reading.at).toISOString()
      }
    }
  }
}
