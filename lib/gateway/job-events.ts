import type { GatewayJob, GatewayJobKind } from '../../schemas/security/gateway.ts'
import type { Audit } from '../audit/events.ts'

type Events = Partial<Record<'started' | 'done' | 'failed', keyof Audit>>

// Only jobs of minutes have an event for their start: a daemon that is killed meanwhile leaves a trace of who began them.
const events: Record<GatewayJobKind, Events> = {
  deploy: { started: 'gatewayDeploymentStarted', done: 'gatewayDeployed', failed: 'gatewayDeploymentFailed' },
  remove: { started: 'gatewayRemovalStarted', done: 'gatewayRemoved' },
  start: { done: 'gatewayStarted' },
  stop: { done: 'gatewayStopped' },
  restart: { done: 'gatewayRestarted' },
  'auth-key': { done: 'gatewayKeyRenewed' },
  update: { done: 'gatewayUpdated' }
}

/** The security event of a job in its present state, with its target; null if there is none. */
export function eventOfJob({ kind, state, vmid }: GatewayJob): { event: keyof Audit; target?: string } | null {
  const { started, done, failed } = events[kind]
  const container = vmid === null ? {} : { target: String(vmid) }
  if (state === 'failed')
    return failed ? { event: failed, ...container } : { event: 'gatewayChangeFailed', target: kind }
  const event = state === 'done' ? done : started
  return event ? { event, ...container } : null
}
