import type { FastifyPluginAsync } from 'fastify'

const pageRoutes: FastifyPluginAsync = async (app) => {
  for (const [url, file] of app.pages.files) {
    app.get(url, { config: { access: 'open', isStatic: true } }, (request, reply) =>
      app.pages.send(file, request, reply)
    )
  }
}
export default pageRoutes
