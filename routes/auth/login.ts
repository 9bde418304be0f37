import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import type { Account } from '../../lib/auth/accounts.ts'
import { describeStatus } from '../../lib/auth/auth-status.ts'
import { toHttpError } from '../../lib/auth/credential-check.ts'
import { describeLogin } from '../../lib/auth/login.ts'
import { OPERATOR } from '../../lib/auth/tenants.ts'
import { StorageError } from '../../lib/storage/storage-error.ts'
import { LoginBodySchema, LoginReplySchema, StatusReplySchema } from '../../schemas/auth/login.ts'

/** The status answers without the database. */
const nullWithoutStore = (error: unknown): null => {
  if (error instanceof StorageError) return null
  throw error
}

const loginRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const describePanel = async () => {
    if (app.panel === null) return null
    const { saasDomain: domain } = app.config
    const slug = app.tenant.slug()
    if (slug === '') return { domain, tenant: null }
    const found = await app.tenants().find(app.tenant.current()).catch(nullWithoutStore)
    return { domain, tenant: { id: found?.id ?? null, slug, name: found?.name ?? null } }
  }

  const cookieHolderOf = async (request: FastifyRequest): Promise<Account | null> => {
    if (request.principal?.account) return null
    for (const token of app.refreshCookie.read(request)) {
      const account = await app.sessionIssuer.holderOf(token).catch(nullWithoutStore)
      if (account) return account
    }
    return null
  }

  app.get(
    '/status',
    {
      config: { access: 'open', survivesBrokenStore: true, readsToken: true },
      schema: {
        operationId: 'getAuthStatus',
        tags: ['auth'],
        summary: 'State of authentication, and the caller',
        response: { 200: StatusReplySchema }
      }
    },
    async (request) =>
      describeStatus({
        mode: await app.authStore.mode(),
        principal: request.principal,
        cookieHolder: await cookieHolderOf(request),
        hasSetupCode: app.config.setupCode !== '' || app.tenant.current() !== OPERATOR,
        untrustedProxy: request.client.untrustedProxy,
        panel: await describePanel()
      })
  )

  app.post(
    '/login',
    {
      config: {
        access: 'open',
        checksPassword: true,
        unknownFields: 'drop',
        requiredMessage: 'username and password are required'
      },
      schema: {
        operationId: 'login',
        tags: ['auth'],
        summary: 'Log in with username and password, and a code if the second factor is on',
        description:
          'For an account with a second factor, a login without a code gets 401 with `requires_totp: true`. Ask the user for a code and send all three.',
        body: LoginBodySchema,
        response: { 200: LoginReplySchema }
      }
    },
    async (request, reply) => {
      const { username, password, totp_token, totp_code } = request.body
      const address = request.clientIp
      const userAgent = request.headers['user-agent'] ?? ''
      const code = totp_token ?? totp_code
      const outcome = await app.login({ username, password, code, address, userAgent })
      if (!outcome.ok) throw toHttpError(outcome, 'login')
      const actor = { address, user: outcome.account.username }
      app.auditLog.loginSucceeded(actor)
      if (outcome.session.unusual) app.auditLog.loginUnusual(actor)
      app.refreshCookie.grant(request, reply, outcome.refreshToken)
      return describeLogin(outcome, 'login successful')
    }
  )
}
export default loginRoutes
