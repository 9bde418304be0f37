import { createLockout } from '../../auth/lockout.ts'
import type { Lockouts } from '../stores/lockouts.ts'
import { createAttemptTurns, type LeaseOptions } from './attempt-turns.ts'
import { createLockoutRecords } from './lockout-records.ts'

export interface PanelLockoutOptions extends LeaseOptions {
  now: () => number
}

/** The lockouts of all replicas: the rules of a host, over records and turns in Redis. */
export const createPanelLockouts = (options: PanelLockoutOptions): Lockouts =>
  createLockout(createLockoutRecords(options), options.now, createAttemptTurns(options))
