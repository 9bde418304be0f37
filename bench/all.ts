import { writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { resolve } from 'node:path'
import { node, spawnBound } from './process.ts'
import { asMarkdown, note, type Row } from './report.ts'

// Runs every benchmark, each in its own process, and writes the table to bench/results.md.
const scripts = ['requests.ts', 'start.ts', 'cost.ts', 'logins.ts', 'login-timing.ts', 'terminal.ts', 'history.ts']

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

const rows: Row[] = []
for (const script of scripts) {
  note(`bench/${script}`)
  rows.push(...(await run(script)))
}
const table = asMarkdown(rows)
const processor = `${cpus()[0]?.model.trim()}, ${cpus().length} cores`
const text = `# Measured

${new Date().toISOString().slice(0, 10)}, Node.js ${process.versions.node}, ${processor}; made by \`node bench/all.ts\`.
Absolute numbers are this machine's; the ratios compare within one run, round by round.

${table}`
await writeFile(resolve(import.meta.dirname, 'results.md'), text)
process.stdout.write(`\n${table}`)
process.exitCode = rows.some((row) => row.pass === false) ? 1 : 0
