import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { AppError } from '../../lib/api/errors.ts'
import { beginJob, unwrapGateway } from '../../plugins/server/gateway-jobs.ts'
import {
  GatewayAuthKeyBodySchema,
  GatewayJobParamsSchema,
  GatewayJobReplySchema,
  GatewayLogsQuerySchema,
  GatewayLogsReplySchema,
  GatewayOptionsReplySchema,
  GatewayReplySchema,
  GatewayUpdateQuerySchema,
  GatewayUpdateReplySchema,
  NewGatewayBodySchema
} from '../../schemas/security/gateway.ts'

const permission = 'gateway.manage'
const reading = { access: { permission, scope: 'session' } } as const
const changing = { access: { permission, account: true, scope: 'session' }, stepUp: true } as const

/** The Secure Gateway (contract 16). Changes answer with a job, which the caller follows. */
const gatewayRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const schema = (operationId: string, summary: string) => ({ operationId, tags: ['gateway'], summary })
  const gateway = () => app.gateway.load()

  /** The answer to a change: the job that it has begun. */
  const begun = async (request: FastifyRequest, begin: Parameters<typeof beginJob>[2]['begin']) => ({
    success: true as const,
    job: await beginJob(app, request, { begin })
  })

  app.get(
    '',
    {
      config: reading,
      schema: {
        ...schema('getGateway', 'The state of the Secure Gateway'),
        description: 'From memory; `checked_at` says when it was read.',
        response: { 200: GatewayReplySchema }
      }
    },
    async () => ({ success: true as const, ...(await gateway()).status() })
  )

  app.get(
    '/options',
    {
      config: reading,
      schema: {
        ...schema('getGatewayOptions', 'What a deployment can choose from'),
        description: 'Read from Proxmox VE now. 503 if it does not answer.',
        response: { 200: GatewayOptionsReplySchema }
      }
    },
    async () => ({ success: true as const, ...unwrapGateway(await (await gateway()).options()) })
  )

  app.post(
    '',
    {
      config: { ...changing, requiredMessage: 'auth_key and access are required' },
      schema: {
        ...schema('deployGateway', 'Deploy the Secure Gateway'),
        description: 'One job runs at a time. If a step fails, everything that the job made is removed.',
        body: NewGatewayBodySchema,
        response: { 202: GatewayJobReplySchema }
      }
    },
    async (request, reply) =>
      reply.code(202).send(await begun(request, ({ deploy }, user) => deploy(request.body, user)))
  )

  app.get(
    '/jobs/:id',
    {
      config: reading,
      schema: {
        ...schema('getGatewayJob', 'A job of the Secure Gateway, step by step'),
        description: 'Jobs since the start of the daemon. The topic `gateway` of the live stream has the newest one.',
        params: GatewayJobParamsSchema,
        response: { 200: GatewayJobReplySchema }
      }
    },
    async (request) => {
      const job = (await gateway()).job(request.params.id)
      if (job === null) throw new AppError('NOT_FOUND', { message: 'there is no such job' })
      return { success: true as const, job }
    }
  )

  for (const kind of ['start', 'stop', 'restart'] as const) {
    const name = `${kind[0]!.toUpperCase()}${kind.slice(1)}`
    app.post(
      `/${kind}`,
      {
        config: changing,
        schema: {
          ...schema(`${kind}Gateway`, `${name} the container of the Secure Gateway`),
          response: { 202: GatewayJobReplySchema }
        }
      },
      async (request, reply) => reply.code(202).send(await begun(request, ({ begin }) => begin(kind)))
    )
  }

  app.post(
    '/auth-key',
    {
      config: { ...changing, requiredMessage: 'auth_key is required' },
      schema: {
        ...schema('renewGatewayKey', 'Log the Secure Gateway in with a new auth key'),
        body: GatewayAuthKeyBodySchema,
        response: { 202: GatewayJobReplySchema }
      }
    },
    async (request, reply) =>
      reply.code(202).send(await begun(request, ({ renewKey }) => renewKey(request.body.auth_key)))
  )

  app.get(
    '/update',
    {
      config: reading,
      schema: {
        ...schema('checkGatewayUpdate', 'Whether packages of the Secure Gateway have newer versions'),
        description: 'The package repository is asked at most once an hour, or now with `force`.',
        querystring: GatewayUpdateQuerySchema,
        response: { 200: GatewayUpdateReplySchema }
      }
    },
    async ({ query: { force = false } }) => ({
      success: true as const,
      ...unwrapGateway(await (await gateway()).checkUpdate(force))
    })
  )

  app.post(
    '/update',
    {
      config: changing,
      schema: {
        ...schema('updateGateway', 'Update the packages of the Secure Gateway'),
        response: { 202: GatewayJobReplySchema }
      }
    },
    async (request, reply) => reply.code(202).send(await begun(request, ({ begin }) => begin('update')))
  )

  app.get(
    '/logs',
    {
      config: reading,
      schema: {
        ...schema('getGatewayLogs', 'The last lines of tailscaled'),
        querystring: GatewayLogsQuerySchema,
        response: { 200: GatewayLogsReplySchema }
      }
    },
    async ({ query: { lines = 200 } }) => ({
      success: true as const,
      logs: unwrapGateway(await (await gateway()).logs(lines))
    })
  )

  app.delete(
    '',
    {
      config: changing,
      schema: {
        ...schema('removeGateway', 'Remove the Secure Gateway'),
        description: 'It leaves the tailnet first; then its container is destroyed.',
        response: { 202: GatewayJobReplySchema }
      }
    },
    async (request, reply) => reply.code(202).send(await begun(request, ({ begin }) => begin('remove')))
  )
}
export default gatewayRoutes
