import type { AccessStore } from './access.ts'
import type { AuditStore } from './audit.ts'
import type { AuthStore } from './auth.ts'
import type { AvatarStore } from './avatars.ts'
import type { HandOverStore, HostStore } from './hosts.ts'
import type { Lockouts } from './lockouts.ts'
import type { LoginLinkStore } from './login-links.ts'
import type { RateLimitStoreClass } from './rate-limits.ts'
import type { SessionStore } from './sessions.ts'
import type { SettingsStore } from './settings.ts'
import type { TenantStore } from './tenants.ts'
import type { TicketStore } from './tickets.ts'
import type { TokenUseStore } from './token-uses.ts'

/** All stores of the daemon: a host's (files, SQLite) or a panel's (PostgreSQL, Redis). */
export interface Stores {
  /** The id of this host among the replicas of a panel; empty on a host. */
  hostId: string
  auth: AuthStore
  access: AccessStore
  sessions: SessionStore
  lockouts: Lockouts
  tokenUses: TokenUseStore
  tickets: TicketStore
  loginLinks: LoginLinkStore
  settings: SettingsStore
  avatars: AvatarStore
  /** The audit index of the present request's tenant. */
  audit: AuditStore
  /** The replicas of a panel, and secrets that lead from one to another; null on a host. */
  hosts: HostStore | null
  handOvers: HandOverStore | null
  /** The tenants of a panel; null on a host. */
  tenants: TenantStore | null
  /** Where @fastify/rate-limit counts. */
  rateLimits: { store: RateLimitStoreClass } | { redis: object; nameSpace: string }
  /** Calls `listener` after a damaged store was replaced; its newest entries may be lost. */
  onReplaced(listener: () => void): void
  /** What cannot be read or stored at present, and the effect, for health. */
  faults(): string[]
  close(): Promise<void>
}
