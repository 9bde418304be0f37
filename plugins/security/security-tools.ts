import fp from 'fastify-plugin'
import { AppError } from '../../lib/api/errors.ts'
import type { SecurityToolsReply } from '../../schemas/security/tools.ts'

declare module 'fastify' {
  interface FastifyInstance {
    securityTools: {
      describe(): Promise<SecurityToolsReply>
    }
  }
}

export interface SecurityToolsPluginOptions {
  /** Replaces `/`. */
  hostDir?: string
}

const EVERY_MS = 60_000

/** Looks with the first request, then at most once a minute while requests come in. */
export default fp<SecurityToolsPluginOptions>(
  async (app, { hostDir }) => {
    const load = async () => {
      const [{ createSecurityToolsReader }, { describeSecurityTools }] = await Promise.all([
        import('../../lib/security-tools/tools.ts'),
        import('../../lib/security-tools/describe.ts')
      ])
      const read = createSecurityToolsReader({ fail2banClient: app.config.fail2banClient, hostDir })
      return { read, describe: describeSecurityTools }
    }
    let loading: ReturnType<typeof load> | undefined
    const loaded = () => {
      loading ??= load()
      return loading
    }
    const source = app.sampling.add({
      name: 'the file system',
      everyMs: EVERY_MS,
      onDemand: true,
      read: async () => {
        const { read } = await loaded()
        return { value: await app.sampling.share.readFiles(read), reason: null }
      }
    })

    app.decorate('securityTools', {
      async describe() {
        const sample = await source.fresh(EVERY_MS)
        const { describe } = await loaded()
        const { jail, latest, isFaulty } = app.fail2ban
        const watched = { jail, latest: latest(), isFaulty: isFaulty() }
        const reply = describe(sample, watched, app.clock())
        if (reply === null) throw new AppError('BUSY', { message: sample.reason ?? undefined, retryAfter: 5 })
        return reply
      }
    })
  },
  { name: 'security-tools', dependencies: ['clock', 'config', 'fail2ban', 'sampling'] }
)
