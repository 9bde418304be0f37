import fp from 'fastify-plugin'
import { ok } from '../../lib/host/measurement.ts'
import type { NetworkReaderOptions, NetworkState } from '../../lib/host/network/reader.ts'
import type { Sample } from '../../lib/host/sampling.ts'

declare module 'fastify' {
  interface FastifyInstance {
    network: {
      /** The newest sample of this host's interfaces. Reads nothing. */
      latest(): Readonly<Sample<NetworkState>>
      /** Differs where what `latest` shows, or its age while it is out of date, is another. */
      revision(): number
    }
  }
}

export type NetworkOptions = NetworkReaderOptions

const EVERY_MS = 5000

export default fp<NetworkOptions>(
  async (app, options) => {
    const { share } = app.sampling
    const load = async () =>
      (await import('../../lib/host/network/reader.ts')).createNetworkReader({ share, ...options })
    let reader: ReturnType<typeof load> | undefined
    const source = app.sampling.add({
      what: 'the network interfaces',
      everyMs: EVERY_MS,
      read: async () => {
        reader ??= load()
        return ok(await (await reader).read())
      }
    })
    app.decorate('network', { latest: source.latest, revision: source.revision })
    app.addHook('onClose', async () => (await reader)?.close())
  },
  { name: 'network', dependencies: ['sampling'] }
)
