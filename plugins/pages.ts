import fastifyStatic from '@fastify/static'
import fp from 'fastify-plugin'

declare module 'fastify' {
  interface FastifyInstance {
    pages: {
      /** URL → file of every static page and asset; nothing else is served. */
      files: ReadonlyMap<string, PageFile>
    }
  }
}

export interface PageFile {
  name: string
  root: string
}

const own = new URL('../public/', import.meta.url).pathname
const reference = new URL('../node_modules/@fastify/swagger-ui/static/', import.meta.url).pathname

/** The static files: an explicit list, each with its place. `sendFile` comes from @fastify/static, its routes do not. */
export default fp(
  async (app) => {
    await app.register(fastifyStatic, { root: own, serve: false })
    app.decorate('pages', {
      files: new Map<string, PageFile>([
        ['/', { name: 'index.html', root: own }],
        ['/assets/page.css', { name: 'page.css', root: own }],
        ['/assets/parts.css', { name: 'parts.css', root: own }],
        ['/assets/home.css', { name: 'home.css', root: own }],
        ['/assets/home.js', { name: 'home.js', root: own }],
        ['/assets/icon.svg', { name: 'icon.svg', root: own }],
        ['/assets/api.js', { name: 'api.js', root: own }],
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
  { name: 'pages' }
)
