import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import t from 'tap'

const src = resolve(import.meta.dirname, '../../../dashboard/src')
const generated = ['api/openapi.ts', 'ui/icon-shapes.ts']
const files = globSync('**/*.{ts,tsx,css}', { cwd: src }).filter((file) => !generated.includes(file))
const read = (file: string) => readFileSync(join(src, file), 'utf8')
const importsOf = (file: string) =>
  [...read(file).matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(([, to]) =>
    relative(src, resolve(src, dirname(file), to!))
  )
const folderOf = (file: string) => file.split('/')[0]!

t.test('the dashboard imports no code of the daemon, and no page imports another', async (t) => {
  t.ok(files.length > 40)
  for (const file of files) {
    for (const target of importsOf(file)) {
      t.notMatch(target, /^\.\./, `${file} -> ${target}`)
      const page = /^pages\/[^/]+\//.exec(target)?.[0]
      if (page && !['routes.ts', 'main.tsx'].includes(file)) t.ok(file.startsWith(page), `${file} -> ${target}`)
    }
  }
})

t.test('the wait that a host requires is shown once: by the button, else by the reason', async (t) => {
  const forms = files.filter((file) => read(file).includes('<FormProblem '))
  t.ok(forms.length > 10)
  for (const file of forms) {
    const counts = /<SubmitButton\b/.test(read(file))
    t.equal(read(file).includes('<FormProblem showsWait '), !counts, file)
  }
})

t.test('pages are loaded when they are opened', async (t) => {
  /** A part that only pages import is loaded with them. */
  const isPartOfPages = (file: string): boolean => {
    const part = /^parts\/[^/]+\//.exec(file)?.[0]
    const importers = files.filter((other) => importsOf(other).some((target) => part && target.startsWith(part)))
    return part !== undefined && importers.every((other) => other.startsWith(part) || folderOf(other) === 'pages')
  }
  for (const file of files.filter((each) => folderOf(each) !== 'pages')) {
    t.notMatch(read(file), /from '[^']*\/pages\//, file)
    if (!isPartOfPages(file))
      t.notMatch(
        read(file),
        /from '(?:uplot|@xterm\/[^']*|@fastify\/swagger-ui[^']*)'/,
        `${file}: heavy packages belong to pages`
      )
  }
})

t.test('the texts of a page are imported by that page alone', async (t) => {
  // Safari can fail if two modules ask at once for a third that awaits (decision 39).
  const awaited = files.filter((file) => /^texts\/[\w-]+\.ts$/.test(file) && read(file).includes('= await '))
  t.ok(awaited.length > 10)
  for (const texts of awaited.filter((file) => file !== 'texts/index.ts')) {
    const importers = files.filter((file) => importsOf(file).includes(texts))
    const parts = new Set(importers.map((file) => file.split('/').slice(0, 2).join('/')))
    t.equal(parts.size, 1, `${texts}: ${[...parts]}`)
    t.match([...parts][0], /^(?:pages|parts)\//)
  }
})

t.test(
  'one file uses the network, four local storage, two session storage, and no string becomes markup',
  async (t) => {
    for (const file of files) {
      const text = read(file)
      if (file !== 'api/transport.ts') t.notMatch(text, /\bfetch\(|XMLHttpRequest/, file)
      const storing = ['session/tabs.ts', 'shell/theme.ts', 'data/units.ts', 'texts/language.ts']
      if (!storing.includes(file)) t.notMatch(text, /localStorage/, file)
      if (!/^pages\/terminal\/(?:restored-tabs|preferences)\.ts$/.test(file)) t.notMatch(text, /sessionStorage/, file)
      t.notMatch(text, /dangerouslySetInnerHTML|\.innerHTML|\beval\(|document\.cookie/, file)
    }
  }
)

t.test('no file is longer than 300 lines', async (t) => {
  for (const file of files) t.ok(read(file).split('\n').length <= 301, file)
})
