import fastifyJwt from '@fastify/jwt'
import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { AppError } from '../../lib/api/errors.ts'
import { readBearer } from '../../lib/auth/authenticate.ts'
import {
  AUDIENCE,
  type Claims,
  ISSUER,
  isSoundToken,
  LEEWAY_MS,
  type TokenSigner,
  tokenHash,
  type VerifiedToken
} from '../../lib/auth/tokens.ts'
import { StorageError } from '../../lib/storage/storage-error.ts'

declare module 'fastify' {
  interface FastifyInstance {
    tokens: {
      sign: TokenSigner
      /** The claims of the request's bearer token; null for a token that is invalid at `now` (ms). Throws StorageError. */
      verify(request: FastifyRequest, now: number): Promise<Claims | null>
    }
  }
}

const bearerOf = (request: FastifyRequest): string | undefined => {
  const bearer = readBearer(request.headers.authorization)
  return typeof bearer === 'string' ? undefined : bearer.token
}

/** Throws AUTH_STORE_UNREADABLE for an empty secret, which was removed from auth.json while the daemon runs. */
function requireSecret(secret: string): string {
  if (secret === '') throw new AppError('AUTH_STORE_UNREADABLE', { retryAfter: 5 })
  return secret
}

/** Session and API tokens: JWTs that @fastify/jwt signs and verifies (decision 2). */
export default fp(
  async (app) => {
    const { authStore } = app
    await app.register(fastifyJwt, {
      secret: async () => requireSecret(await authStore.secret()),
      sign: { algorithm: 'HS256' },
      verify: {
        algorithms: ['HS256'],
        allowedIss: ISSUER,
        allowedAud: AUDIENCE,
        requiredClaims: ['exp'],
        clockTolerance: LEEWAY_MS,
        complete: true,
        extractToken: bearerOf
      },
      trusted: async (request, token) => {
        const { isRegistered, isRevoked } = await authStore.findByHash(tokenHash(bearerOf(request)!))
        return !isRevoked && isSoundToken(token as VerifiedToken, isRegistered)
      }
    })

    const sign: TokenSigner = (claims, secret) =>
      app.jwt.sign({ ...claims, tenant_id: app.tenant.current() }, { key: requireSecret(secret) })

    const verify = async (request: FastifyRequest, now: number): Promise<Claims | null> => {
      try {
        const { payload } = await request.jwtVerify<VerifiedToken>({ clockTimestamp: now })
        return payload as Claims
      } catch (error) {
        // The store did not answer: the token may be valid.
        if (error instanceof StorageError) throw error
        // Some errors of the verifier are not 401, such as a RangeError for an out-of-range date.
        return null
      }
    }
    app.decorate('tokens', { sign, verify })
  },
  { name: 'tokens', dependencies: ['auth-store', 'tenant'] }
)
