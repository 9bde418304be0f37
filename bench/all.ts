import { readFile, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { resolve } from 'node:path'
import { node, spawnBound } from './process.ts'
import { asMarkdown, note, type Row } from './report.ts'

// `node bench/all.ts [host|panel]` runs every benchmark of these groups, each in its own process, and replaces their
// sections of bench/results.md. The panel needs Debian's packages postgresql and redis-server.
const groups = {
  host: [
    'requests.ts',
    'revoked.ts',
    'start.ts',
    'cost.ts',
    'logins.ts',
    'login-timing.ts',
    'terminal.ts',
    'history.ts',
    'page.ts'
  ],
  panel: ['panel.ts', 'panel-size.ts']
}
type Group = keyof typeof groups
const isGroup = (name: string): name is Group => Object.hasOwn(groups, name)

const file = resolve(import.meta.dirname, 'results.md')
const HEAD = `# Measured

Absolute numbers are those of one machine; the ratios compare within one run, round by round.
`

function run(script: string): Promise<Row[]> {
  const child = spawnBound(node, [resolve(import.meta.dirname, script)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc']
  })
  return new Promise((done, fail) => {
    let rows: Row[] | undefined
    child.on('message', (message) => {
      rows = message as Row[]
    })
    child.once('error', fail)
    child.once('exit', (code) => (rows ? done(rows) : fail(new Error(`bench/${script} ended with ${code}`))))
  })
}

function describe(group: Group, rows: readonly Row[]): string {
  const processor = `${cpus()[0]?.model.trim()}, ${cpus().length} cores`
  const date = new Date().toISOString().slice(0, 10)
  return `## ${group}

${date}, Node.js ${process.versions.node}, ${processor}; made by \`node bench/all.ts ${group}\`.

${asMarkdown(rows)}`
}

const asked = process.argv.slice(2)
const unknown = asked.find((name) => !isGroup(name))
if (unknown !== undefined)
  throw new Error(`usage: node bench/all.ts [${Object.keys(groups).join('|')}], not ${unknown}`)

const earlier = await readFile(file, 'utf8').catch(() => '')
const sections = new Map(
  earlier.split(/^(?=## )/m).flatMap((text) => {
    const name = /^## (\w+)/.exec(text)?.[1]
    return name === undefined ? [] : [[name, `${text.trimEnd()}\n`]]
  })
)
const rows: Row[] = []
for (const group of asked.length > 0 ? asked.filter(isGroup) : (Object.keys(groups) as Group[])) {
  const measured: Row[] = []
  for (const script of groups[group]) {
    note(`bench/${script}`)
    measured.push(...(await run(script)))
  }
  sections.set(group, describe(group, measured))
  await writeFile(file, [HEAD, ...sections.values()].join('\n'))
  process.stdout.write(`\n${asMarkdown(measured)}`)
  rows.push(...measured)
}
process.exitCode = rows.some((row) => row.pass === false) ? 1 : 0
