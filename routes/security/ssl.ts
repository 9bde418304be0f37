import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { AppError } from '../../lib/api/errors.ts'
import type { PairResult } from '../../lib/tls/certificate.ts'
import { describeFault } from '../../lib/tls/keeper.ts'
import { actorOf, requireAccount } from '../../plugins/server/caller.ts'
import {
  ConfigureBodySchema,
  DisableBodySchema,
  PairBodySchema,
  SelfSignedBodySchema,
  SelfSignedReplySchema,
  SslStatusReplySchema,
  SwitchReplySchema,
  ValidateReplySchema
} from '../../schemas/security/ssl.ts'

const switchedOn = {
  success: true,
  message: 'HTTPS is on',
  restarting: false,
  new_protocol: 'https'
} as const

const changing = { access: { permission: 'security.manage', account: true, scope: 'session' }, stepUp: true } as const

/** Returns the pair. Throws a VALIDATION error that names the file at fault. */
function orRefuse(result: PairResult) {
  if (result.ok) return result.pair
  const details = [{ path: `body/${result.at}`, message: result.fault }]
  throw new AppError('VALIDATION', { message: describeFault(result), details })
}

const sslRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const schema = (operationId: string, summary: string) => ({ operationId, tags: ['security'], summary })

  app.get(
    '/status',
    {
      config: { access: { permission: 'security.view' } },
      schema: {
        ...schema('getSslStatus', 'State of HTTPS, and its certificate'),
        response: { 200: SslStatusReplySchema }
      }
    },
    async (request) => {
      const pending = app.pendingChange.describe()
      return {
        success: true as const,
        ...(await app.tls.describe(request.client.host)),
        pending: pending?.setting === 'tls' ? { seconds_left: pending.seconds_left } : null
      }
    }
  )

  app.post(
    '/validate',
    {
      config: {
        access: { permission: 'security.manage', account: true },
        requiredMessage: 'cert_path and key_path are required'
      },
      schema: {
        ...schema('validateCertificate', 'Check a certificate and its key without using them'),
        description: 'A 400 names the invalid file and its fault.',
        body: PairBodySchema,
        response: { 200: ValidateReplySchema }
      }
    },
    async (request) => {
      const { cert_path, key_path } = request.body
      const pair = orRefuse(await app.tls.check({ cert_path, key_path }))
      const about = await app.tls.describePair(pair, request.client.host)
      return { success: true as const, message: 'certificate and key are good', ...about }
    }
  )

  app.post(
    '/configure',
    {
      config: { ...changing, unknownFields: 'drop' },
      schema: {
        ...schema('enableHttps', 'Turn HTTPS on, or change the certificate'),
        description:
          'Takes effect at once, on the same port. Open connections continue, but their next request must use HTTPS.',
        body: ConfigureBodySchema,
        response: { 200: SwitchReplySchema }
      }
    },
    async (request) => {
      const { confirm_within: seconds, source = 'custom', cert_path, key_path } = request.body
      const account = requireAccount(request)
      const paths = await app.tls.choose({ source, cert_path, key_path })
      if (paths === null) throw new AppError('CONFLICT', { message: 'there is no certificate of Proxmox on this host' })
      orRefuse(await app.tls.check(paths))
      const wasOn = app.tlsListener.isOn()
      await app.pendingChange.make({ setting: 'tls', seconds, by: account.id }, () =>
        app.tls.change({ enabled: true, ...paths, source })
      )
      app.auditLog[wasOn ? 'certificateChanged' : 'tlsEnabled']({ ...actorOf(request), target: paths.cert_path })
      return switchedOn
    }
  )

  app.post(
    '/self-signed',
    {
      config: changing,
      schema: {
        ...schema('createSelfSignedCertificate', 'Create a self-signed certificate, and turn HTTPS on with it'),
        description:
          'Makes a new key (ECDSA P-256) and a certificate for a year, as files of this host, and uses them like `configure` does. Browsers warn about the certificate: compare its fingerprint.',
        body: SelfSignedBodySchema,
        response: { 200: SelfSignedReplySchema }
      }
    },
    async (request) => {
      const { confirm_within: seconds, names = [] } = request.body
      const account = requireAccount(request)
      const wasOn = app.tlsListener.isOn()
      const made = await app.pendingChange.make({ setting: 'tls', seconds, by: account.id }, () =>
        app.selfSigned.use(names, request.client.host)
      )
      app.auditLog[wasOn ? 'certificateChanged' : 'tlsEnabled']({ ...actorOf(request), target: made.cert_path })
      return { ...switchedOn, ...made }
    }
  )

  app.post(
    '/disable',
    {
      config: changing,
      schema: {
        ...schema('disableHttps', 'Turn HTTPS off'),
        description: 'Takes effect at once, on the same port. Open connections continue until their next request.',
        body: DisableBodySchema,
        response: { 200: SwitchReplySchema }
      }
    },
    async (request) => {
      const { confirm_within: seconds } = request.body
      const account = requireAccount(request)
      await app.pendingChange.make({ setting: 'tls', seconds, by: account.id }, () =>
        app.tls.change({ enabled: false })
      )
      app.auditLog.tlsDisabled(actorOf(request))
      return {
        success: true as const,
        message: 'HTTPS is off',
        restarting: false as const,
        new_protocol: 'http' as const
      }
    }
  )
}
export default sslRoutes
