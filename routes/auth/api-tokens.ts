import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { AppError } from '../../lib/api/errors.ts'
import { nameToken } from '../../lib/audit/targets.ts'
import { describeMinted } from '../../lib/auth/api-tokens.ts'
import { unwrap } from '../../lib/auth/credential-check.ts'
import { trimLabel } from '../../lib/auth/typed-text.ts'
import { actorOf, requireAccount, requirePrincipal } from '../../plugins/server/caller.ts'
import {
  MintedTokenReplySchema,
  NewTokenBodySchema,
  RotatedTokenReplySchema,
  RotateTokenBodySchema,
  TokenParamsSchema,
  TokensQuerySchema,
  TokensReplySchema
} from '../../schemas/auth/api-token.ts'
import { MessageReplySchema } from '../../schemas/foundation/answer.ts'

const access = { permission: 'tokens.manage', account: true } as const

const apiTokenRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const tokens = app.apiTokens

  app.post(
    '/generate-api-token',
    {
      config: {
        access,
        checksPassword: true,
        unknownFields: 'drop',
        requiredMessage: 'password and token_name are required'
      },
      schema: {
        operationId: 'mintApiToken',
        tags: ['tokens'],
        summary: 'Create a token for an integration',
        description:
          'Requires the password, and a code if the second factor is on. At each use the token has its user’s present permissions, limited by its scope, which defaults to `read_only`.',
        body: NewTokenBodySchema,
        response: { 200: MintedTokenReplySchema }
      }
    },
    async (request) => {
      const account = requireAccount(request)
      const actor = actorOf(request)
      const { password, totp_token, totp_code, token_name, scope, expires_in_days, allowed_ips } = request.body
      const proof = { account, address: actor.address, password, code: totp_token ?? totp_code }
      const wish = { scope: scope ?? 'read_only', days: expires_in_days ?? 365, allowedIps: allowed_ips ?? '' } as const
      const minted = unwrap(await tokens.mint(proof, { name: trimLabel(token_name), ...wish }))
      app.auditLog.tokenMinted({ ...actor, target: nameToken(minted.entry) })
      return describeMinted(minted)
    }
  )

  app.get(
    '/api-tokens',
    {
      config: { access: { permission: 'tokens.manage' } },
      schema: {
        operationId: 'listApiTokens',
        tags: ['tokens'],
        summary: 'List the caller’s API tokens, newest first; the owner sees all users’ tokens',
        description: 'Empty on a host without protection.',
        querystring: TokensQuerySchema,
        response: { 200: TokensReplySchema }
      }
    },
    async (request) => {
      const { account } = requirePrincipal(request)
      const withRevoked = request.query.revoked === '1'
      // The Monitor's client requests the list on a host without accounts too, and shows it.
      return { success: true as const, tokens: account ? await tokens.list(account, { withRevoked }) : [] }
    }
  )

  app.delete(
    '/api-tokens/:id',
    {
      config: { access, unknownFields: 'drop' },
      schema: {
        operationId: 'revokeApiToken',
        tags: ['tokens'],
        summary: 'Revoke a token, effective with its next request',
        description: 'Requires no password and may be repeated. The owner can revoke every user’s tokens.',
        params: TokenParamsSchema,
        response: { 200: MessageReplySchema }
      }
    },
    async (request) => {
      const account = requireAccount(request)
      const revoked = await tokens.revoke(account, request.params.id)
      if (!revoked) throw new AppError('NOT_FOUND', { message: 'there is no such API token' })
      const { wasGood } = revoked
      if (wasGood) app.auditLog.tokenRevoked({ ...actorOf(request), target: nameToken(revoked) })
      return { success: true as const, message: wasGood ? 'API token revoked' : 'API token was revoked before' }
    }
  )

  app.post(
    '/api-tokens/:id/rotate',
    {
      config: { access, checksPassword: true, requiredMessage: 'password is required' },
      schema: {
        operationId: 'rotateApiToken',
        tags: ['tokens'],
        summary: 'Create a successor; the old token stays valid for 24 hours',
        description:
          'The successor has the same name, scope, networks and lifetime. Requires the same credentials as creating a token. A token can be rotated once, by its own user.',
        params: TokenParamsSchema,
        body: RotateTokenBodySchema,
        response: { 200: RotatedTokenReplySchema }
      }
    },
    async (request) => {
      const account = requireAccount(request)
      const actor = actorOf(request)
      const { password, totp_token, totp_code } = request.body
      const proof = { account, address: actor.address, password, code: totp_token ?? totp_code }
      const rotated = unwrap(await tokens.rotate(proof, request.params.id))
      app.auditLog.tokenRotated({ ...actor, target: nameToken(rotated.entry) })
      return { ...describeMinted(rotated), replaces: rotated.replaces }
    }
  )
}
export default apiTokenRoutes
