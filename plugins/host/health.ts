import fp from 'fastify-plugin'
import { AppError } from '../../lib/api/errors.ts'
import { unwrap } from '../../lib/auth/credential-check.ts'
import type { Facts } from '../../lib/health/facts.ts'
import { gatherFacts } from '../../lib/health/gather.ts'
import { type Check, createHealthMonitor, type Health } from '../../lib/health/monitor.ts'
import {
  type AcknowledgeWish,
  acknowledge,
  changeThresholds,
  type SettingsChange,
  withdraw
} from '../../lib/health/settings.ts'
import type { HealthSettings, ThresholdsBody } from '../../schemas/host/health.ts'

declare module 'fastify' {
  interface FastifyInstance {
    health: {
      /** The health of this host, at most five seconds old. */
      latest(): Health
      /** Resolves to the check as it was. */
      acknowledge(wish: AcknowledgeWish, by: string): Promise<Check>
      withdraw(check: string): Promise<void>
      changeThresholds(body: ThresholdsBody): Promise<void>
      resetThresholds(): Promise<void>
    }
  }
}

/** The health of this host. Acknowledgements and thresholds are stored in settings.json. */
export default fp(
  async (app) => {
    /** The inputs of the health checks. */
    const facts = (): Facts => ({
      vitals: app.vitals.latest(),
      ...gatherFacts({
        network: app.sources.network.latest(),
        storage: app.sources.storage.latest(),
        units: app.sources.units.latest(),
        timeSync: app.sources.timeSync.latest(),
        updates: app.sources.updates.latest()
      }),
      certificateEnds: app.tls.endsAt(),
      alertChannels: app.alerts.states(),
      faults: {
        audit_log: app.auditLog.faults(),
        recordings: app.recordings.faults(),
        fail2ban: app.fail2ban.isFaulty() ? ['fail2ban is not responding'] : [],
        certificate: app.tls.faults(),
        alerts: app.alerts.faults(),
        daemon: [...app.stores.faults(), ...app.history.faults()]
      }
    })
    const monitor = createHealthMonitor({ facts, settings: () => app.settings.current().health, now: app.clock })

    /** Applies `change` to the newest settings and stores the result. Throws the AppError of a refusal. */
    const store = async (change: (stored: HealthSettings) => SettingsChange) => {
      const outcome = await app.settings.update((draft) => {
        const made = change(draft.health ?? {})
        if (made.ok) draft.health = { ...draft.health, ...made.settings }
        return made
      })
      unwrap(outcome)
    }

    app.decorate('health', {
      latest: () => monitor.latest(),
      async acknowledge({ check, duration, reason }, by) {
        const found = monitor.latest().checks.find((each) => each.check === check)
        if (!found) throw new AppError('NOT_FOUND', { message: 'there is no such check' })
        const { status } = found
        if (status === 'healthy') throw new AppError('CONFLICT', { message: 'this check shows no problem' })
        await store((stored) => acknowledge(stored, { check, duration, reason, status, by, now: app.clock() }))
        return found
      },
      withdraw: (check) => store((stored) => withdraw(stored, check, app.clock())),
      changeThresholds: (body) => store((stored) => changeThresholds(stored, body)),
      resetThresholds: () => store(() => ({ ok: true, settings: { thresholds: {} } }))
    })
    app.addHook('onReady', async () =>
      app.sampling.onTick(() => {
        monitor.tick()
        app.alerts.observe(monitor.latest())
      })
    )
  },
  {
    name: 'health',
    dependencies: [
      'alerts',
      'audit-log',
      'clock',
      'fail2ban',
      'history',
      'recordings',
      'sampling',
      'settings',
      'sources',
      'stores',
      'tls',
      'vitals'
    ]
  }
)
