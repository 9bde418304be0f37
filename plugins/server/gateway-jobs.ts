import type { FastifyInstance, FastifyRequest } from 'fastify'
import { AppError } from '../../lib/api/errors.ts'
import { eventOfJob } from '../../lib/gateway/job-events.ts'
import type { Gateway, Outcome } from '../../lib/gateway/types.ts'
import type { GatewayJob } from '../../schemas/security/gateway.ts'
import { actorOf } from './caller.ts'

type PathOf = (path: string) => string

/**
 * The value of an outcome. Throws the AppError of a refusal. `pathOf` gives the path in the body for a path in
 * NewGatewayBodySchema, such as `/routes/0`.
 */
export function unwrapGateway<T>(outcome: Outcome<T>, pathOf: PathOf = (path) => path): T {
  if (outcome.ok) return outcome.value
  const { code, reason: message, path } = outcome
  if (code === 'BUSY') throw new AppError('BUSY', { message, retryAfter: 5 })
  if (path === undefined) throw new AppError(code, { message })
  throw new AppError(code, { message, details: [{ path: `body${pathOf(path)}`, message }] })
}

/** A job that a user begins. `begin` asks the gateway for it, with the name of the user. */
interface Begin {
  begin: (gateway: Gateway, user: string) => Outcome<GatewayJob> | Promise<Outcome<GatewayJob>>
  pathOf?: PathOf
}

/** Begins a job, and writes its start and later its end to the audit log. Throws the AppError of a refusal. */
export async function beginJob(app: FastifyInstance, request: FastifyRequest, { begin, pathOf }: Begin) {
  const actor = actorOf(request)
  const gateway = await app.gateway.load()
  const job = unwrapGateway(await begin(gateway, actor.user), pathOf)
  const record = (state: GatewayJob) => {
    const found = eventOfJob(state)
    if (found !== null) app.auditLog[found.event]({ ...actor, ...(found.target && { target: found.target }) })
  }
  record({ ...job, state: 'running' })
  gateway.ended(job.id).then(
    (ended) => ended && record(ended),
    (err: unknown) => app.log.error({ err }, 'the end of a job of the Secure Gateway could not be awaited')
  )
  return job
}

/**
 * Begins a job and waits for its end. A failed job is a CONFLICT with its error as the reason: the request was valid, and
 * this host did not allow it. A 500 would hide the reason, which the client shows to its user.
 */
export async function endOfJob(app: FastifyInstance, request: FastifyRequest, begun: Begin): Promise<GatewayJob> {
  const { id } = await beginJob(app, request, begun)
  const job = await (await app.gateway.load()).ended(id)
  if (job === null) throw new Error(`job ${id} of the Secure Gateway has ended without a result`)
  if (job.state === 'failed') throw new AppError('CONFLICT', { message: job.error ?? `${job.kind} failed` })
  return job
}
