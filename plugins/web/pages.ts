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

/** The pages, by their address: one script, which knows where it is, and relative links that lead to it. */
const pages = { '/': 'index.html', '/connection': 'index.html', '/api/docs': 'api/docs.html' }

/** Files whose names do not change: links to them stand outside the build, or are followed before it is loaded. */
const fixed = [
  'manifest.webmanifest',
  'assets/theme.js',
  'assets/icon.svg',
  'assets/icon-192.png',
  'assets/icon-512.png'
]

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
  async (app, { dashboard = locations.dashboard }) => {
    const built = readBuild(dashboard)
    if (built.size === 0) app.log.warn('the dashboard is not built: run `npm run build` and restart')
    const unbuilt = { name: 'unbuilt.html', root: locations.unbuiltPage, status: 503 }
    app.decorate('pages', {
      built,
      files: new Map<string, PageFile>([
        ...Object.entries(pages).map(
          ([url, name]) => [url, built.size > 0 ? { name, root: dashboard } : unbuilt] as const
        ),
        ...fixed.map((name) => [`/${name}`, { name, root: dashboard }] as const)
      ])
    })
  },
  { name: 'pages' }
)
