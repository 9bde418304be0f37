import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import t from 'tap'

// The dashboard's modules need a browser, so that their sources are read.
const read = (path: string) => readFileSync(resolve(import.meta.dirname, '../../..', path), 'utf8')
const namesIn = (source: string, pattern: RegExp) => [...source.matchAll(pattern)].map((match) => match[1]!)

t.test('each family of checks that can be a problem has its page, and no other has', async (t) => {
  const find = read('lib/health/find.ts')
  const own = namesIn(find.slice(find.indexOf('healthyPhrases'), find.indexOf('findAlerts')), /^ {2}(\w+): '/gm)
  const found = [
    ...namesIn(find, /measured\('(\w+)'/g),
    ...namesIn(find, /judged\(\s*[`'](\w+)[:`']/g).filter((name) => name !== 'units'),
    ...own
  ]
  const paged = namesIn(read('dashboard/src/parts/health/remedy.ts'), /^ {2}(\w+): \[/gm)
  t.same(paged.toSorted(), [...new Set(found)].toSorted())
})
