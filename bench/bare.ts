import { readFileSync } from 'node:fs'
import { flushCompileCache } from 'node:module'
import Fastify, { LogController } from 'fastify'

/** What bench/requests.ts asks of a bare server, as a JSON file. */
export interface BareOptions {
  path: string
  payload: unknown
  /** Serialised by this, as the daemon does; otherwise by JSON.stringify. */
  schema?: unknown
  /** Sent with each answer, and a line logged, as the daemon does. */
  headers?: Record<string, string>
}

// What Fastify costs by itself: no gate, no guard, no validation, one constant answer.
const [port, file] = process.argv.slice(2)
const options: BareOptions = file
  ? JSON.parse(readFileSync(file, 'utf8'))
  : { path: '/api/auth/status', payload: { auth_configured: true } }
const { path, payload, schema, headers } = options

const app = Fastify({
  logger: headers ? { level: 'info' } : false,
  logController: new LogController({ disableRequestLogging: true })
})
if (headers) {
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
}
app.get(path, schema ? { schema: { response: { 200: schema } } } : {}, async () => payload)
await app.listen({ host: '127.0.0.1', port: Number(port) })
setImmediate(flushCompileCache)
