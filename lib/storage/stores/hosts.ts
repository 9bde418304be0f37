import type { HealthStatus } from '../../../schemas/host/system.ts'

/** A replica of a panel, as it last reported itself. */
export interface HostReport {
  /** Random, made at the first start and kept in the state folder. */
  id: string
  name: string
  /** MONITOR_PUBLIC_URL; empty if it is not set. */
  url: string
  version: string
  health: HealthStatus
  /** Milliseconds since the epoch. */
  lastSeenAt: number
}

/** The replicas of a panel. Methods throw StorageError. */
export interface HostStore {
  /** Stores this host's report, and forgets hosts that were last seen before `since` (ms). */
  report(host: HostReport, since: number): Promise<void>
  /** By name. */
  list(): Promise<HostReport[]>
  find(id: string): Promise<HostReport | null>
}

/** Secrets that open a session on another host. They need not survive a restart. Methods throw StorageError. */
export interface HandOverStore {
  /** A new secret for a session: 32 random bytes, base64url. */
  issue(sid: string, ttlMs: number): Promise<string>
  /** Atomic: the session of an unused secret; null for any other. The secret is used up. */
  redeem(secret: string): Promise<string | null>
}
