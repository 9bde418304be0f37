import type { FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'

declare module 'fastify' {
  interface FastifyInstance {
    pages: {
      /** URL → file of every static page and asset; nothing else is served. */
      files: ReadonlyMap<string, PageFile>
      send(file: PageFile, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply>
    }
  }
}

export interface PageFile {
  name: string
  root: string
}

const own = new URL('../public/', import.meta.url).pathname
const reference = new URL('../node_modules/@fastify/swagger-ui/static/', import.meta.url).pathname

// @fastify/static is this and a route of its own that would declare no access, and it loads a search for files.
async function send({ name, root }: PageFile, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  // Over plain HTTP browsers ignore it, with a complaint on their console.
  if (request.client.scheme === 'https') reply.header('cross-origin-opener-policy', 'same-origin')
  const { default: sendFile } = await import('@fastify/send')
  const result = await sendFile(request.raw, name, { root })
  if (result.type !== 'file') throw new Error(`${name} is not where it was installed`)
  return reply.code(result.statusCode).headers(result.headers).send(result.stream)
}

/** The static files: an explicit list, each with its place. */
export default fp(
  async (app) => {
    app.decorate('pages', {
      send,
      files: new Map<string, PageFile>([
        ['/', { name: 'index.html', root: own }],
        ['/assets/page.css', { name: 'page.css', root: own }],
        ['/assets/parts.css', { name: 'parts.css', root: own }],
        ['/assets/home.css', { name: 'home.css', root: own }],
        ['/assets/home.js', { name: 'home.js', root: own }],
        ['/assets/icon.svg', { name: 'icon.svg', root: own }],
        ['/assets/api.js', { name: 'api.js', root: own }],
        ['/connection', { name: 'connection.html', root: own }],
        ['/assets/connection.css', { name: 'connection.css', root: own }],
        ['/assets/connection-way.css', { name: 'connection-way.css', root: own }],
        ['/assets/connection.js', { name: 'connection.js', root: own }],
        ['/assets/connection-report.js', { name: 'connection-report.js', root: own }],
        ['/assets/connection-socket.js', { name: 'connection-socket.js', root: own }],
        ['/api/docs', { name: 'reference.html', root: own }],
        ['/assets/reference.js', { name: 'reference.js', root: own }],
        ['/assets/gate.css', { name: 'gate.css', root: own }],
        ['/assets/gate.js', { name: 'gate.js', root: own }],
        ['/assets/viewer.js', { name: 'viewer.js', root: own }],
        ['/assets/viewer-plugin.js', { name: 'viewer-plugin.js', root: own }],
        ['/assets/reference-route.css', { name: 'reference-route.css', root: own }],
        ['/assets/reference.css', { name: 'reference.css', root: own }],
        ['/assets/swagger-ui.css', { name: 'swagger-ui.css', root: reference }],
        ['/assets/swagger-ui-bundle.js', { name: 'swagger-ui-bundle.js', root: reference }]
      ])
    })
  },
  { name: 'pages', dependencies: ['client-ip'] }
)
