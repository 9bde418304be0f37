import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'

// What keeps the idle daemon small (decision 11).
const folder = join(import.meta.dirname, '../../dist')
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'))
const read = (name: string) => readFileSync(join(folder, name), 'latin1')

t.test('the bundle imports no built-in module but the one that require comes from', async (t) => {
  t.ok(files.includes('server.js'))
  for (const name of files) {
    const imported = read(name).matchAll(/\b(?:from|import) ?["'](node:[\w/]+)["']/g)
    t.same(
      [...imported].map(([, module]) => module).filter((module) => module !== 'node:module'),
      [],
      name
    )
  }
})

t.test('the bundle is ASCII, and each file is small', async (t) => {
  for (const name of files) {
    const source = read(name)
    const beyond = [...source].findIndex((character) => character > '\x7f')
    t.equal(beyond, -1, `${name}: ${source.slice(Math.max(0, beyond - 40), beyond + 40)}`)
    t.ok(source.length <= 400_000, `${name}: ${source.length} bytes`)
  }
})
