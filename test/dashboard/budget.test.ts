import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import t from 'tap'
import { missing } from './screens.ts'

const dist = resolve(import.meta.dirname, '../../dashboard/dist')
const BUDGET = 150_000

const texts = /^(?:en|de)-[\w-]+\.js$/

t.test('the JavaScript before the first paint is under 150 kB, compressed either way', { skip: missing }, async (t) => {
  const html = readFileSync(`${dist}/index.html`, 'utf8')
  const scripts = [...html.matchAll(/(?:src|href)="\.\/(assets\/app\/[^"]+\.js)"/g)].map((match) => match[1]!)
  t.ok(scripts.length > 0)
  for (const coding of ['br', 'gz']) {
    // A file that does not shrink is served as it is.
    const sent = (script: string) =>
      [`${dist}/${script}.${coding}`, `${dist}/${script}`].find((file) => existsSync(file))!
    const sizeOf = (script: string) => statSync(sent(script)).size
    const size = scripts.reduce((sum, script) => sum + sizeOf(script), 0)
    const languages = readdirSync(`${dist}/assets/app`).filter((name) => texts.test(name))
    t.equal(languages.length, 2)
    for (const language of languages) {
      const total = size + sizeOf(`assets/app/${language}`)
      t.ok(total < BUDGET, `${language}, ${coding}: ${total}`)
    }
  }
})

t.test('the page holds no inline script, and all it loads is relative', { skip: missing }, async (t) => {
  const html = readFileSync(`${dist}/index.html`, 'utf8')
  t.notMatch(html, /<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=/i)
  for (const [, link] of html.matchAll(/(?:src|href)="([^"]+)"/g)) t.match(link, /^(\.\/|api\/)/)
})
