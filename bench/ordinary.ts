import { readFileSync } from 'node:fs'
import cookie from '@fastify/cookie'
import jwt from '@fastify/jwt'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import websocket from '@fastify/websocket'
import Fastify, { type FastifyReply, type FastifyRequest, LogController } from 'fastify'
import { type SystemReply, SystemReplySchema } from '../schemas/host/system.ts'

/** The configuration from bench/requests.ts, a JSON file. */
export interface OrdinaryOptions {
  /** The daemon's secret: both servers verify the same token. */
  secret: string
  /** The answer of GET /api/system. */
  payload: SystemReply
  /** The headers of the daemon's answers, except those of its rate limit. */
  headers: Record<string, string>
}

// The daemon's packages, registered as in their READMEs. Schema, headers and log are those of the daemon.
const [port, file] = process.argv.slice(2)
const { secret, payload, headers }: OrdinaryOptions = JSON.parse(readFileSync(file!, 'utf8'))

const app = Fastify({
  logger: { level: 'info', redact: ['req.headers.authorization', 'req.headers.cookie', 'password', 'token'] },
  logController: new LogController({ disableRequestLogging: true })
}).withTypeProvider<TypeBoxTypeProvider>()

// A limit that the benchmark never reaches; the README has 100.
await app.register(rateLimit, { max: 1_000_000_000, timeWindow: '1 minute' })
await app.register(jwt, { secret })
await app.register(cookie)
await app.register(multipart)
await app.register(websocket)

app.addHook('onRequest', (request, reply, done) => {
  reply.headers(headers)
  reply.header('x-request-id', request.id)
  done()
})
app.addHook('onResponse', (request, reply, done) => {
  const { method, url } = request
  const ms = Math.round(reply.elapsedTime * 10) / 10
  request.log.info({ method, path: url, status: reply.statusCode, ms, rhost: request.ip }, 'request')
  done()
})

async function authenticate(request: FastifyRequest, reply: FastifyReply) {
  try {
    await request.jwtVerify()
  } catch (error) {
    reply.send(error)
  }
}

app.get('/api/auth/status', async () => ({ auth_configured: true }))
app.get(
  '/api/system',
  { onRequest: [authenticate], schema: { response: { 200: SystemReplySchema } } },
  async () => payload
)
await app.listen({ host: '127.0.0.1', port: Number(port) })
