import type { Socket } from 'node:net'
import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { AppError } from '../../lib/api/errors.ts'
import { hasPermission } from '../../lib/auth/authenticate.ts'
import { unwrap } from '../../lib/auth/credential-check.ts'
import { createPendingChanges, type GuardedSetting, type NewChange } from '../../lib/net/pending-change.ts'
import type { Awaitable } from '../../lib/storage/stores/awaitable.ts'
import type { GuardedSettingName, PendingChange } from '../../schemas/foundation/settings-file.ts'
import type { PendingReply } from '../../schemas/security/pending-change.ts'
import { requireAccount, requirePrincipal } from '../server/caller.ts'

/** The connection of the request that confirms a change. */
export interface Arrival {
  address: string
  scheme: 'http' | 'https'
  socket: Socket
}

export interface OwnedSetting extends GuardedSetting {
  /** Whether a request arrives under the pending value; if absent, every request does. */
  isUnder?(arrival: Arrival, subject?: number): Awaitable<boolean>
}

declare module 'fastify' {
  interface FastifyInstance {
    pendingChange: {
      /** Registers a setting that can lock its author out. */
      own(name: GuardedSettingName, setting: OwnedSetting): void
      /** Makes a change, permanently or until `seconds` pass without a confirmation. Throws CONFLICT. */
      make<T>(change: NewChange, work: () => Promise<T>): Promise<T>
      describe(): PendingReply['pending']
      confirm(request: FastifyRequest): Promise<PendingChange>
      cancel(request: FastifyRequest): Promise<PendingChange>
    }
  }
}

/** Reverts unconfirmed changes that could lock the caller out: TLS, trusted proxies, own allow-list (contract 9). */
export default fp(
  async (app) => {
    const owned = new Map<GuardedSettingName, OwnedSetting>()
    const changes = createPendingChanges({
      store: app.settings,
      now: app.clock,
      hostId: app.stores.hostId,
      onReverted(change) {
        app.log.warn({ setting: change.setting }, 'a change was not confirmed and has been reverted')
        app.auditLog.changeTakenBack({ address: '', user: '', target: change.setting })
      },
      onRevertFailed: (change, err) => app.log.error({ err, setting: change.setting }, 'a change cannot be reverted')
    })

    const maySettle = (request: FastifyRequest) => (change: PendingChange) => {
      const isTheirs = change.by === requireAccount(request).id
      if (!isTheirs && !hasPermission(requirePrincipal(request), 'security.manage'))
        throw new AppError('PERMISSION', { message: 'another user made this change' })
    }
    const arrivesUnder = async (request: FastifyRequest, change: PendingChange) => {
      const { address, scheme } = request.client
      const { isUnder } = owned.get(change.setting)!
      return (await isUnder?.({ address, scheme, socket: request.raw.socket }, change.subject)) ?? true
    }

    app.decorate('pendingChange', {
      own(name, setting) {
        owned.set(name, setting)
        changes.own(name, setting)
      },
      make: async (change, work) => unwrap(await changes.make(change, work)).result,
      describe() {
        const change = changes.current()
        if (change === null) return null
        return { setting: change.setting, seconds_left: changes.secondsLeft(change), deadline: change.deadline }
      },
      async confirm(request) {
        const outcome = await changes.confirm(async (change) => {
          maySettle(request)(change)
          if (!(await arrivesUnder(request, change)))
            throw new AppError('CONFLICT', { message: 'this request does not arrive under the new setting' })
        })
        return unwrap(outcome).change
      },
      cancel: async (request) => unwrap(await changes.cancel(maySettle(request))).change
    })
    app.settings.onChange(changes.reschedule)
    // After all settings are registered and before the daemon listens.
    app.addHook('onReady', changes.start)
    app.addHook('onClose', async () => changes.close())
  },
  { name: 'pending-change', dependencies: ['settings', 'stores', 'clock', 'audit-log', 'auth-guard', 'client-ip'] }
)
