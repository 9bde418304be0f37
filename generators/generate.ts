// Generates one client from a description, into a folder.
//   node generators/generate.ts <name> <description> <folder> <base URL>
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

interface Job {
  description: string
  folder: string
  baseUrl: string
}

const generators: Record<string, (job: Job) => Promise<unknown>> = {
  async 'openapi-fetch'({ description, folder }) {
    const { default: generate, astToString } = await import('openapi-typescript')
    const { factory } = await import('typescript').then(({ default: ts }) => ts)
    const types = await generate(pathToFileURL(description), {
      // Binary parts are a Blob in browsers and in Node; the default is a text.
      transform: ({ format }) => (format === 'binary' ? factory.createTypeReferenceNode('Blob') : undefined)
    })
    await writeFile(join(folder, 'schema.ts'), astToString(types))
  },

  async 'hey-api'({ description, folder }) {
    const { createClient } = await import('@hey-api/openapi-ts')
    await createClient({
      input: description,
      output: { path: folder, module: { extension: '.js' } },
      logs: { file: false, level: 'silent' },
      plugins: ['@hey-api/client-fetch', '@hey-api/typescript', '@hey-api/sdk']
    })
  },

  async 'swagger-typescript-api'({ description, folder }) {
    const { generateApi } = await import('swagger-typescript-api')
    await generateApi({
      input: description,
      output: folder,
      fileName: 'api.ts',
      httpClientType: 'fetch',
      // The default is an enum, which no literal fits.
      generateUnionEnums: true,
      silent: true
    })
  },

  async orval({ description, folder, baseUrl }) {
    const { generate } = await import('orval')
    await generate({
      input: { target: description },
      output: {
        target: join(folder, 'api.ts'),
        client: 'fetch',
        baseUrl,
        // The avatar may be sent as a form or as the image itself: one function for each.
        override: { splitByContentType: true }
      }
    })
  }
}

const [name = '', description = '', folder = '', baseUrl = ''] = process.argv.slice(2)
const generate = generators[name]
if (!generate) throw new Error(`unknown generator "${name}": ${Object.keys(generators).join(', ')}`)
await mkdir(folder, { recursive: true })
await readFile(description)
await generate({ description, folder, baseUrl })
