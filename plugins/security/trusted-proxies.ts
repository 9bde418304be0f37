import fp from 'fastify-plugin'

declare module 'fastify' {
  interface FastifyInstance {
    trustedProxies: {
      /** Those of settings.json, which add to MONITOR_TRUSTED_PROXIES. */
      read(): string[]
      write(proxies: string[]): Promise<void>
      describe(): { configured: string[]; added: string[] }
    }
  }
}

/** The trusted proxies that an operator adds while the daemon runs; plugins/gates/client-ip.ts goes by them. */
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
    // Whatever request comes afterwards comes under the new list, or does not get here.
    app.pendingChange.own('trusted_proxies', { read, write: (proxies) => write(proxies as string[]) })
  },
  { name: 'trusted-proxies', dependencies: ['config', 'settings', 'pending-change'] }
)
