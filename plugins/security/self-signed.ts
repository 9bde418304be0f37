import { join } from 'node:path'
import fp from 'fastify-plugin'
import { AppError } from '../../lib/api/errors.ts'
import { isKnownHost, parseHost } from '../../lib/net/origin.ts'
import { listCertificateNames } from '../../lib/tls/certificate-names.ts'
import { describeFault, type TlsKeeper } from '../../lib/tls/keeper.ts'
import { createSelfSignedFiles, TLS_FOLDER } from '../../lib/tls/self-signed-files.ts'
import type { PairBody } from '../../schemas/security/ssl.ts'

declare module 'fastify' {
  interface FastifyInstance {
    selfSigned: {
      /**
       * Makes a key and a certificate, and turns HTTPS on with them. If that fails, the settings stay as they are and no
       * file is left. `host` is the Host header of the request. Throws CONFLICT and StorageError.
       */
      use(names: readonly string[], host: string): Promise<PairBody & Awaited<ReturnType<TlsKeeper['describePair']>>>
    }
  }
}

/** A self-signed certificate for a host that has no other. Its files are in the configuration folder. */
export default fp(
  async (app) => {
    const { tls, config } = app
    const files = createSelfSignedFiles(join(config.configDir, TLS_FOLDER))

    /** The host's own name first, then what the request and the configuration add. */
    const namesFor = (names: readonly string[], host: string) => {
      const ownNames = tls.ownNames()
      const isOurs = isKnownHost(host, { ownNames, allowedHosts: config.allowedHosts })
      const here = isOurs ? [parseHost(host)!.name] : []
      const publicName = URL.parse(config.publicUrl)?.hostname ?? ''
      return listCertificateNames([ownNames[0]!, ...names, ...here, publicName, ...config.allowedHosts, ...ownNames])
    }

    const isInUse = ({ cert_path }: PairBody): boolean => {
      try {
        return tls.stored().cert_path === cert_path
      } catch {
        return false
      }
    }

    app.decorate('selfSigned', {
      async use(names, host) {
        const { faultOfClock, generateSelfSigned } = await import('../../lib/tls/self-signed.ts')
        const now = app.clock()
        const fault = faultOfClock(now)
        if (fault !== null) throw new AppError('CONFLICT', { message: fault })
        const before = tls.stored()
        // The pair in use stays, also when the change is reverted.
        await files.removeAllBut([before.cert_path, before.key_path])
        const wish = { ...namesFor(names, host), unit: 'ProxMenux Monitor', now }
        const pair = await files.add(await generateSelfSigned(wish))
        try {
          const checked = await tls.check(pair)
          if (!checked.ok) throw new AppError('CONFLICT', { message: describeFault(checked) })
          await tls.change({ enabled: true, ...pair, source: 'custom' })
          return { ...pair, ...(await tls.describePair(checked.pair, host)) }
        } catch (error) {
          // The settings may be on disk although their write failed afterwards.
          await tls.refresh().catch(() => {})
          if (!isInUse(pair)) await files.remove(pair)
          throw error
        }
      }
    })
  },
  { name: 'self-signed', dependencies: ['config', 'clock', 'tls'] }
)
