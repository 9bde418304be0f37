import fastifyStatic from '@fastify/static'
import type { FastifyPluginAsync } from 'fastify'
import { AppError } from '../../lib/api/errors.ts'

const config = { access: 'open', isStatic: true } as const

/** Files under fixed addresses: checked for a newer version each time. */
const fixedRoutes: FastifyPluginAsync = async (app) => {
  await app.register(fastifyStatic, { serve: false, cacheControl: false })
  for (const [url, { name, root, status = 200 }] of app.pages.files) {
    app.get(url, { config }, (request, reply) => {
      // Over plain HTTP browsers ignore it, with a complaint on their console.
      if (request.client.scheme === 'https') reply.header('cross-origin-opener-policy', 'same-origin')
      return reply.code(status).header('cache-control', 'no-cache').sendFile(name, root)
    })
  }
}

/** Files of the dashboard's build, whose names change with their content: cached for good, compressed. */
const builtRoutes: FastifyPluginAsync = async (app) => {
  await app.register(fastifyStatic, { serve: false, preCompressed: true, immutable: true, maxAge: '1y' })
  // One route for all: the number of files does not slow the daemon's start.
  app.get<{ Params: { name: string } }>(
    '/assets/app/:name',
    {
      config,
      // @fastify/static names JavaScript by the type that RFC 9239 made obsolete, and sets it after any handler.
      onSend: async (request, reply) => {
        const file = app.pages.built.get(request.params.name)
        if (file && reply.statusCode < 400) reply.type(file.type)
      }
    },
    (request, reply) => {
      const file = app.pages.built.get(request.params.name)
      if (!file) throw new AppError('NOT_FOUND')
      return reply.sendFile(file.name, file.root)
    }
  )
}

const pageRoutes: FastifyPluginAsync = async (app) => {
  await app.register(fixedRoutes)
  await app.register(builtRoutes)
}
export default pageRoutes
