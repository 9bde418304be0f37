import type { FastifyPluginAsync } from 'fastify'
import { AppError } from '../lib/errors.ts'

const config = { access: 'open', isStatic: true } as const

const pageRoutes: FastifyPluginAsync = async (app) => {
  for (const [url, file] of app.pages.files) {
    app.get(url, { config }, (request, reply) => app.pages.send(file, request, reply))
  }
  // One route for them all: however many parts the dashboard has, the daemon's start does not feel it.
  app.get<{ Params: { name: string } }>('/assets/app/:name', { config }, (request, reply) => {
    const file = app.pages.built.get(request.params.name)
    if (!file) throw new AppError('NOT_FOUND')
    return app.pages.sendBuilt(file, request, reply)
  })
}
export default pageRoutes
