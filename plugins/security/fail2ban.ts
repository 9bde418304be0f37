import fp from 'fastify-plugin'
import { type BanWatch, type BanWatchOptions, createBanWatch } from '../../lib/fail2ban/watch.ts'

declare module 'fastify' {
  interface FastifyInstance {
    fail2ban: Pick<BanWatch, 'latest' | 'isFaulty' | 'unban'> & { jail: string }
  }
}

export interface Fail2banOptions
  extends Pick<BanWatchOptions, 'monotonicNow' | 'intervalMs' | 'pollMs' | 'holdMs' | 'databaseFile'> {
  timeoutMs?: number
}

/** Limits the events per change: a long list loaded into the jail must not fill the authentication log's queue. */
const MAX_AUDITED = 100

/** Keeps the ban gate up to date with fail2ban's bans. */
export default fp<Fail2banOptions>(
  async (app, { timeoutMs, ...times }) => {
    const { fail2banClient: file, fail2banJail: jail } = app.config
    const watch = createBanWatch({
      ...times,
      async loadClient() {
        const { createFail2banClient } = await import('../../lib/fail2ban/client.ts')
        return createFail2banClient({ file, jail, timeoutMs })
      },
      now: app.clock,
      onChange({ banned, added, lifted }) {
        app.banGate.replace(banned)
        for (const address of added.slice(0, MAX_AUDITED)) app.auditLog.addressBanned({ address, user: '-' })
        const some = { added: added.slice(0, MAX_AUDITED), lifted: lifted.slice(0, MAX_AUDITED) }
        app.log.info({ jail, banned: banned.length, ...some }, 'the list of banned addresses has changed')
      },
      onState({ state, ...more }) {
        if (state === 'unreachable') app.log.warn({ jail, ...more }, 'fail2ban is not responding')
        else app.log.info({ jail, state, ...more }, 'fail2ban answered')
      }
    })
    app.decorate('fail2ban', { jail, latest: watch.latest, isFaulty: watch.isFaulty, unban: watch.unban })
    // Not awaited: a hanging fail2ban-client must not delay the start.
    app.addHook('onReady', async () => watch.start())
    app.addHook('onClose', () => watch.close())
  },
  { name: 'fail2ban', dependencies: ['audit-log', 'ban-gate', 'clock', 'config'] }
)
