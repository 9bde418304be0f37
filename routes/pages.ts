import type { FastifyPluginAsync } from 'fastify'

// @fastify/static's own wildcard route would declare no access; each file is a route of ours.
const pageRoutes: FastifyPluginAsync = async (app) => {
  for (const [url, { name, root }] of app.pages.files) {
    app.get(url, { config: { access: 'open', isStatic: true } }, (_request, reply) => reply.sendFile(name, root))
  }
}
export default pageRoutes
