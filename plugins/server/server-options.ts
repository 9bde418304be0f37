import { toDecodableTarget } from '../../lib/net/path.ts'
import { createHttpServer } from './http-server.ts'
import { schemaCompilers } from './schema-compilers.ts'

interface Sent {
  url?: string
  method?: string
  originalMethod?: string
}

/**
 * What comes before the router. HEAD is a GET whose answer Node sends without its body (RFC 9110, 9.3.2); Fastify's own
 * routes for it would double the table, and take 29 ms of each start.
 */
function rewrite(request: Sent): string {
  if (request.method === 'HEAD') {
    request.originalMethod = request.method
    request.method = 'GET'
  }
  return toDecodableTarget(request.url!)
}

/** Options of the Fastify server that belong to the daemon's behaviour, whoever starts it. */
export const serverOptions = {
  serverFactory: createHttpServer,
  rewriteUrl: rewrite,
  exposeHeadRoutes: false,
  // A client that reads nothing of its answer for so long is let go (plugins/server/http-server.ts).
  connectionTimeout: 30_000,
  // A busy host at boot: with Fastify's 10 s a start beside a file system that hangs could fail.
  pluginTimeout: 60_000,
  // Fastify types this as Ajv's own.
  schemaController: { compilersFactory: schemaCompilers as never },
  // Longer than any request line: what is too long for the router is answered past every gate.
  routerOptions: { maxParamLength: 65_536 }
}
