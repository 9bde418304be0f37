import { toDecodableTarget } from '../../lib/net/path.ts'
import { createHttpServer } from './http-server.ts'
import { schemaCompilers } from './schema-compilers.ts'

/** Options of the Fastify server that belong to the daemon's behaviour, whoever starts it. */
export const serverOptions = {
  serverFactory: createHttpServer,
  rewriteUrl: ({ url }: { url?: string }) => toDecodableTarget(url!),
  // A client that reads nothing of its answer for so long is let go (plugins/server/http-server.ts).
  connectionTimeout: 30_000,
  // A busy host at boot: with Fastify's 10 s a start beside a file system that hangs could fail.
  pluginTimeout: 60_000,
  // Fastify types this as Ajv's own.
  schemaController: { compilersFactory: schemaCompilers as never },
  // Longer than any request line: what is too long for the router is answered past every gate.
  routerOptions: { maxParamLength: 65_536 }
}
