import fp from 'fastify-plugin'

declare module 'fastify' {
  interface FastifyInstance {
    trustedProxies: {
      /** The proxies of settings.json, in addition to MONITOR_TRUSTED_PROXIES. */
      read(): string[]
      write(proxies: string[]): Promise<void>
      describe(): { configured: string[]; added: string[] }
    }
  }
}

/** The trusted proxies that operators add at run time; plugins/gates/client-ip.ts uses them. */
export default fp(
  async (app) => {
    const read = () => app.settings.current().trusted_proxies ?? []
    const write = (proxies: string[]) =>
      app.settings.update((draft) => {
        draft.trusted_proxies = proxies
      })
    app.decorate('trustedProxies', {
      read,
      write,
      describe: () => ({ configured: app.config.trustedProxies, added: read() })
    })
    // No `isUnder`: every later request arrives under the new list.
    app.pendingChange.own('trusted_proxies', { read, write: (proxies) => write(proxies as string[]) })
  },
  { name: 'trusted-proxies', dependencies: ['config', 'settings', 'pending-change'] }
)
