import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { temporaryFolder } from '../support/app.ts'
import { root, runTool, generatorsMissing as skip } from '../support/generators.ts'

t.setTimeout(300_000)
const description = join(root, 'docs/openapi.json')
const spectral = (file: string) =>
  runTool('node_modules/@stoplight/spectral-cli/dist/index.js', ['lint', '-r', '.spectral.yaml', '-F', 'hint', file])
const redocly = (file: string) =>
  runTool('node_modules/@redocly/cli/bin/cli.js', ['lint', '--config', 'redocly.yaml', '--format', 'json', file])

t.test('spectral has no finding, not even a hint', { skip }, async (t) => {
  const { status, output } = spectral(description)
  t.match(output, /No results with a severity of 'hint' or higher found/)
  t.equal(status, 0)
})

t.test('redocly has no finding, not even a warning', { skip }, async (t) => {
  const { status, output } = redocly(description)
  t.match(output, /"totals": \{\s*"errors": 0,\s*"warnings": 0,\s*"ignored": 0\s*\}/)
  t.equal(status, 0)
})

t.test('both find what is wrong with a description', { skip }, async (t) => {
  const wrong = JSON.parse(readFileSync(description, 'utf8'))
  wrong.paths['/api/system'].get.operationId = 'login'
  wrong.tags = []
  const file = join(await temporaryFolder(t), 'openapi.json')
  await writeFile(file, JSON.stringify(wrong))
  t.match(
    spectral(file).output,
    /operation-operationId-unique[\s\S]*operation-tag-defined|operation-tag-defined[\s\S]*operation-operationId-unique/
  )
  const found = redocly(file)
  t.match(found.output, /operation-operationId-unique/)
  t.not(found.status, 0)
})
