import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { root, runTool, generatorsMissing as skip } from '../support/generators.ts'

t.setTimeout(300_000)

for (const name of ['openapi-fetch', 'hey-api', 'swagger-typescript-api', 'orval']) {
  t.test(`${name} generates a client that compiles, and the script runs with it`, { skip }, async (t) => {
    const { stdout, stderr, status } = spawnSync(process.execPath, [join(root, 'scripts/generators.ts'), name], {
      encoding: 'utf8'
    })
    t.match(stdout, new RegExp(`^${name}: ok in [\\d.]+ s\n$`))
    t.equal(stderr, '')
    t.equal(status, 0)
  })
}

t.test('what calls the generators compiles too', { skip }, async (t) => {
  const { status, output } = runTool('node_modules/typescript/bin/tsc', ['-p', '.'])
  t.equal(output, '')
  t.equal(status, 0)
})

t.test('no adapter casts', async (t) => {
  const folder = join(root, 'generators/adapters')
  const casts = readdirSync(folder).flatMap((file) =>
    readFileSync(join(folder, file), 'utf8')
      .split('\n')
      .filter((line) => /\bas\b(?! const\b)|\bany\b|@ts-|\w!/.test(line) && !line.startsWith('import '))
      .map((line) => `${file}: ${line}`)
  )
  t.same(casts, [])
})
