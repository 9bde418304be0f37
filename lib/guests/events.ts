import type { Audit } from '../audit/events.ts'
import type { Action } from './types.ts'

/** The security event of each action. It is written when Proxmox VE has begun the task; a failure has its own. */
export const eventOf: Record<Action, keyof Audit> = {
  start: 'guestStarted',
  shutdown: 'guestShutDown',
  stop: 'guestStopped',
  reboot: 'guestRebooted'
}
