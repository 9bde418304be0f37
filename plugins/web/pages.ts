import { readFileSync } from 'node:fs'
import fp from 'fastify-plugin'
import { locations } from '../../lib/startup/locations.ts'

declare module 'fastify' {
  interface FastifyInstance {
    pages: {
      /** URL → file of every static page and asset; nothing else is served. */
      files: ReadonlyMap<string, PageFile>
      /** Name → file of what the dashboard's build made; the names change with their content. */
      built: ReadonlyMap<string, BuiltFile>
    }
  }
}

export interface PageFile {
  name: string
  root: string
  status?: number
}

export interface BuiltFile {
  name: string
  root: string
  type: string
  /** Codings it lies there in too, as `<name>.<coding>`. */
  encodings: ('br' | 'gz')[]
}

export interface PagesOptions {
  /** Folder of the dashboard's build, with a slash at its end. */
  dashboard?: string
}

const { pages: own, dashboard: build, swaggerUi: reference } = locations

/** What the build has listed; nothing where it was never made. */
function readBuild(folder: string): Map<string, BuiltFile> {
  try {
    const files: Omit<BuiltFile, 'root'>[] = JSON.parse(readFileSync(`${folder}files.json`, 'utf8'))
    return new Map(files.map((file) => [file.name, { ...file, root: `${folder}assets/app` }]))
  } catch {
    return new Map()
  }
}

/** The static files: an explicit list, each with its place. */
export default fp<PagesOptions>(
  async (app, { dashboard = build }) => {
    const built = readBuild(dashboard)
    if (built.size === 0) app.log.warn('the dashboard is not built: run `npm run prepare` and restart')
    const home =
      built.size > 0 ? { name: 'index.html', root: dashboard } : { name: 'unbuilt.html', root: own, status: 503 }
    app.decorate('pages', {
      built,
      files: new Map<string, PageFile>([
        ['/', home],
        ['/manifest.webmanifest', { name: 'manifest.webmanifest', root: own }],
        ['/assets/theme.js', { name: 'theme.js', root: own }],
        ['/assets/icon.svg', { name: 'icon.svg', root: own }],
        ['/assets/icon-192.png', { name: 'icon-192.png', root: own }],
        ['/assets/icon-512.png', { name: 'icon-512.png', root: own }],
        ['/assets/page.css', { name: 'page.css', root: own }],
        ['/assets/parts.css', { name: 'parts.css', root: own }],
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
  { name: 'pages' }
)
