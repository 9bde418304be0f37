// Generates the API types and the icon shapes of the dashboard.
//   node dashboard/generate.ts          writes both files
//   node dashboard/generate.ts --check  fails if a file is out of date
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import openapiTypescript, { astToString } from 'openapi-typescript'
import { keepCurrent } from '../scripts/keep-current.ts'

const description = new URL('../docs/openapi.json', import.meta.url)

/** Names from https://lucide.dev/icons. Add a name to icons.txt and run `npm run generate`. */
const icons = readFileSync(join(import.meta.dirname, 'icons.txt'), 'utf8')
  .split(/\s+/)
  .filter(Boolean)

const camel = (name: string) => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())

function describeIcons(): string {
  const { resolve: find } = createRequire(import.meta.url)
  const shapes = icons.toSorted().map((name) => {
    const svg = readFileSync(find(`lucide-static/icons/${name}.svg`), 'utf8')
    const elements = [...svg.matchAll(/^ {2}<(\w+) ([^>]*) \/>/gm)].map(([, tag, attributes]) => {
      const pairs = [...attributes!.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, key, value]) => [key, value])
      return [tag, Object.fromEntries(pairs)]
    })
    return `export const ${camel(name)}Icon: Shape = ${JSON.stringify(elements)}`
  })
  return `// Made by \`npm run generate\` from icons.txt. Shapes: Lucide (https://lucide.dev), ISC License, Copyright (c) Lucide
// Icons and Contributors; some of them Feather, MIT License, Copyright (c) 2013-present Cole Bemis.
export type Shape = readonly (readonly [string, Readonly<Record<string, string>>])[]

${shapes.join('\n')}
`
}

keepCurrent({
  'dashboard/src/api/openapi.ts': `// Made by \`npm run generate\` from docs/openapi.json.\n${astToString(await openapiTypescript(description))}`,
  'dashboard/src/ui/icon-shapes.ts': describeIcons()
})
