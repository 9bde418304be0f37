import { readFileSync } from 'node:fs'
import fp from 'fastify-plugin'
import { locations } from '../../lib/startup/locations.ts'

declare module 'fastify' {
  interface FastifyInstance {
    pages: {
      /** URL → file of every static page and asset; other files are not served. */
      files: ReadonlyMap<string, PageFile>
      /** Name → file of the dashboard's build; the names change with the content. */
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
  /** Codings of the compressed copies `<name>.<coding>`. */
  encodings: ('br' | 'gz')[]
}

export interface PagesOptions {
  /** Folder of the dashboard's build, with a trailing slash. */
  dashboard?: string
}

/** The pages by URL. The script reads its path from the URL, and all links are relative. The guide has no script of its own. */
const pages = { '/': 'index.html', '/connection': 'index.html', '/guide': 'guide.html', '/api/docs': 'api/docs.html' }

/** Files with fixed names: links to them are outside the build, or are followed before it is loaded. */
const fixed = [
  'manifest.webmanifest',
  'assets/theme.js',
  'assets/icon.svg',
  'assets/icon-192.png',
  'assets/icon-512.png'
]

/** The files listed by the build; empty without a build. */
function readBuild(folder: string): Map<string, BuiltFile> {
  try {
    const files: Omit<BuiltFile, 'root'>[] = JSON.parse(readFileSync(`${folder}files.json`, 'utf8'))
    return new Map(files.map((file) => [file.name, { ...file, root: `${folder}assets/app` }]))
  } catch {
    return new Map()
  }
}

/** The explicit list of static files. */
export default fp<PagesOptions>(
  async (app, { dashboard = locations.dashboard }) => {
    const built = readBuild(dashboard)
    if (built.size === 0) app.log.warn('the dashboard is not built: run `npm run build` and restart')
    const unbuilt = { name: 'unbuilt.html', root: locations.plainPages, status: 503 }
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
