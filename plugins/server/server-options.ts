import { toDecodableTarget } from '../../lib/net/path.ts'
import { createHttpServer } from './http-server.ts'
import { schemaCompilers } from './schema-compilers.ts'

/** Fastify options that are part of the daemon's behaviour, in production and in tests. */
export const serverOptions = {
  serverFactory: createHttpServer,
  rewriteUrl: ({ url }: { url?: string }) => toDecodableTarget(url!),
  // The connection of a client that reads nothing of its answer for so long is reset (plugins/server/http-server.ts).
  connectionTimeout: 30_000,
  // Fastify's default of 10 s is too short on a busy host at boot, or with a file system that hangs.
  pluginTimeout: 60_000,
  // Fastify types this as Ajv's own.
  schemaController: { compilersFactory: schemaCompilers as never },
  // Longer than any request line: the router would reject a longer parameter before the gates run.
  routerOptions: { maxParamLength: 65_536 }
}
