import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fp from 'fastify-plugin'
import type { Alerts } from '../../lib/alerts/alerts.ts'
import { openChannelFile } from '../../lib/alerts/channel-file.ts'
import type { FixedHosts } from '../../lib/alerts/channel-urls.ts'
import { addChannel, type ChannelOutcome, changeChannel, removeChannel } from '../../lib/alerts/channels.ts'
import { describeChannel, describeHistory } from '../../lib/alerts/describe.ts'
import type { Outcome } from '../../lib/alerts/types.ts'
import { AppError } from '../../lib/api/errors.ts'
import type { Health } from '../../lib/health/monitor.ts'
import { nodeNameOf } from '../../lib/host/vitals.ts'
import { createFileLock } from '../../lib/storage/file-lock.ts'
import type { StateDatabase } from '../../lib/storage/state-database.ts'
import type { Channel, ChannelChangesBody, ChannelDescription, NewChannelBody } from '../../schemas/host/alerts.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Tells of health and of security events by the channels that are set up (contract 19). */
    alerts: {
      list(): ChannelDescription[]
      /** `isOwner`: the caller may choose loopback and link-local destinations. Throws the AppError of a refusal. */
      create(body: NewChannelBody, isOwner: boolean): Promise<ChannelDescription>
      change(id: string, body: ChannelChangesBody, isOwner: boolean): Promise<ChannelDescription>
      /** Resolves to the name of the removed channel. */
      remove(id: string): Promise<string>
      test(id: string): Promise<{ name: string; outcome: Outcome }>
      history(limit: number, before?: number): Promise<ReturnType<typeof describeHistory>>
      /** Called with the present health of the host, again and again. */
      observe(health: Health): void
      /** The enabled channels, for health. */
      states(): { id: string; name: string; fault: string | null }[]
      /** Present faults, for health. Public. */
      faults(): string[]
    }
  }
}

export interface AlertsPluginOptions {
  /** Milliseconds between two looks at what is due. */
  everyMs?: number
  timeoutMs?: number
  /** Stand-ins of the services with a fixed address. */
  hosts?: FixedHosts
  /** PEM; in place of the system's certificate authorities. */
  authorities?: string[]
}

/** Channels are in alerts.json, messages in alerts.sqlite. Without a channel nothing is loaded, opened or timed. */
export default fp<AlertsPluginOptions>(
  async (app, { everyMs = 1000, ...sending }) => {
    const { configDir, stateDir } = app.config
    const path = join(stateDir, 'alerts.sqlite')
    const closing = new AbortController()
    const tested = new Set<string>()
    let health: Health | null = null
    let database: StateDatabase | undefined
    let alerts: Alerts | undefined
    let loading: Promise<Alerts> | undefined
    let timer: NodeJS.Timeout | undefined
    let isOpen = false

    const file = await openChannelFile({
      path: join(configDir, 'alerts.json'),
      lock: createFileLock(join(configDir, '.alerts.lock')),
      onFault: (fault) => app.log.error({ file: 'alerts.json', fault }, 'alerts.json cannot be read'),
      // Added by hand, or by another process.
      onChange: () => {
        if (isOpen) loadInBackground()
      }
    })
    isOpen = true

    const open = async (): Promise<Alerts> => {
      const { openStateDatabase } = await import('../../lib/storage/state-database.ts')
      const { alertMigrations, createAlertStore } = await import('../../lib/storage/alert-store.ts')
      const { createAlerts } = await import('../../lib/alerts/alerts.ts')
      const { createSender } = await import('../../lib/alerts/send.ts')
      database = openStateDatabase({
        path,
        migrations: alertMigrations,
        now: app.clock,
        onSetAside: (to, rows) =>
          app.log.error({ file: path, to, rows }, 'the file of alerts was damaged; a new file holds the readable rows'),
        onTrouble(err) {
          if (err) app.log.error({ err, file: path }, 'alerts cannot be saved: those that wait are lost at a restart')
          else app.log.warn({ file: path }, 'alerts are saved again')
        }
      })
      alerts = createAlerts({
        records: createAlertStore(database),
        send: createSender({ now: app.clock, ...sending }),
        channels: file.channels,
        host: () => nodeNameOf(app.vitals.latest()),
        now: app.clock,
        onTrouble({ id, name, type }, reason) {
          const channel = { id, name, type }
          if (reason === null) app.log.warn({ channel }, 'the alert channel delivers again')
          else
            app.log.error({ channel, reason }, 'the alert channel cannot deliver; its messages are retried for a day')
        }
      })
      if (health) alerts.observe(health)
      timer = setInterval(tick, everyMs).unref()
      return alerts
    }
    const load = () => {
      loading ??= open()
      return loading
    }
    const loadInBackground = () => {
      if (file.channels().length > 0) void load().catch((err) => app.log.error({ err }, 'alerts cannot be loaded'))
    }
    const tick = () => {
      try {
        alerts?.tick()
        void database?.check()
      } catch (err) {
        app.log.error({ err }, 'alerts failed')
      }
    }

    const describe = (channel: Channel) =>
      describeChannel(channel, alerts?.recordOf(channel.id), alerts?.waitingOf(channel.id))
    const unwrap = (outcome: ChannelOutcome): Channel => {
      if (outcome.ok) return outcome.channel
      const { code, reason: message, details } = outcome
      throw new AppError(code, { message, ...(details && { details }) })
    }

    app.decorate('alerts', {
      list: () => file.channels().map(describe),
      async create(body, isOwner) {
        const channel = unwrap(await file.update((draft) => addChannel(draft, body, isOwner)))
        await load()
        return describe(channel)
      },
      async change(id, body, isOwner) {
        const channel = unwrap(await file.update((draft) => changeChannel(draft, id, body, isOwner)))
        ;(await load()).changed(id)
        return describe(channel)
      },
      async remove(id) {
        const { name } = unwrap(await file.update((draft) => removeChannel(draft, id)))
        ;(await load()).removed(id)
        return name
      },
      async test(id) {
        const channel = file.channels().find((each) => each.id === id)
        if (!channel) throw new AppError('NOT_FOUND', { message: 'there is no such channel' })
        if (tested.has(id)) throw new AppError('BUSY', { message: 'a test of this channel is running', retryAfter: 5 })
        tested.add(id)
        try {
          return { name: channel.name, outcome: await (await load()).test(channel, closing.signal) }
        } catch (error) {
          if (!closing.signal.aborted) throw error
          throw new AppError('BUSY', { message: 'the daemon is shutting down', retryAfter: 5 })
        } finally {
          tested.delete(id)
        }
      },
      async history(limit, before) {
        // A removed channel leaves its history.
        if (!alerts && file.channels().length === 0 && !existsSync(path)) return describeHistory([], limit)
        return describeHistory((await load()).history(limit + 1, before), limit)
      },
      observe(latest) {
        health = latest
        alerts?.observe(latest)
      },
      states() {
        const failing = new Map(alerts?.failing().map(({ id, reason }) => [id, reason]))
        return file.channels().map(({ id, name }) => ({ id, name, fault: failing.get(id) ?? null }))
      },
      faults: () => [
        ...(file.fault() === null ? [] : ['Alert channels cannot be read']),
        ...(database?.fault() ? ['Alerts cannot be saved'] : [])
      ]
    })
    app.auditLog.onEvent((entry) => alerts?.happened(entry))
    if (file.channels().length > 0) await load()
    // Running tests end before the server waits for its requests.
    app.addHook('preClose', async () => closing.abort())
    app.addHook('onClose', async () => {
      await loading?.catch(() => {})
      await alerts?.close()
      clearInterval(timer)
      await database?.close()
      await file.close()
    })
  },
  { name: 'alerts', dependencies: ['audit-log', 'clock', 'config', 'vitals'] }
)
