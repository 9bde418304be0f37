import { createHttpServer } from './http-server.ts'
import { toDecodableTarget } from './net/path.ts'
import { schemaCompilers } from './schema-compilers.ts'

/** Options of the Fastify server that belong to the daemon's behaviour, whoever starts it. */
export const serverOptions = {
  serverFactory: createHttpServer,
  rewriteUrl: (request: { url?: string }) => toDecodableTarget(request.url!),
  // Fastify types this as Ajv's own.
  schemaController: { compilersFactory: schemaCompilers as never },
  // Longer than any request line: what is too long for the router is answered past every gate.
  routerOptions: { maxParamLength: 65_536 }
}
