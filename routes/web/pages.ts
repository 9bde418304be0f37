import fastifyStatic from '@fastify/static'
import type { FastifyPluginAsync } from 'fastify'
import { AppError } from '../../lib/api/errors.ts'

const config = { access: 'open', isStatic: true } as const

/** Files with fixed URLs: browsers revalidate them each time. */
const fixedRoutes: FastifyPluginAsync = async (app) => {
  await app.register(fastifyStatic, { serve: false, cacheControl: false })
  for (const [url, { name, root, status = 200 }] of app.pages.files) {
    app.get(url, { config }, (request, reply) => {
      // Over plain HTTP browsers ignore the header and log a warning.
      if (request.client.scheme === 'https') reply.header('cross-origin-opener-policy', 'same-origin')
      return reply.code(status).header('cache-control', 'no-cache').sendFile(name, root)
    })
  }
}

/** Files of the dashboard's build, whose names change with their content: cached permanently, compressed. */
const builtRoutes: FastifyPluginAsync = async (app) => {
  await app.register(fastifyStatic, { serve: false, preCompressed: true, immutable: true, maxAge: '1y' })
  // One route for all files, so that their number does not slow the daemon's start.
  app.get<{ Params: { name: string } }>(
    '/assets/app/:name',
    {
      config,
      // @fastify/static sets the JavaScript type that RFC 9239 made obsolete, after all handlers.
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
