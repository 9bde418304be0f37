// npm run tasks [-- FOLDER]: does the tasks of a newcomer in Chromium, and writes docs/newcomer-tasks.md. In FOLDER it
// keeps what was on the screen after each click.
import { spawnSync } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Task, tasks } from '../test/tasks/names.ts'
import type { Device, Recording } from '../test/tasks/recorder.ts'

const root = resolve(import.meta.dirname, '..')
const film = process.argv[2]
const folder = mkdtempSync(join(tmpdir(), 'monitor-tasks-'))
const results = join(folder, 'results')
writeFileSync(results, '')
const env = { ...process.env, TASKS_RESULTS: results, ...(film && { TASKS_FILM: resolve(film) }) }

// One file after another: each measures seconds.
const failed = globSync('test/tasks/*.test.ts', { cwd: root }).filter((file) => {
  console.error(file)
  return spawnSync(process.execPath, [file], { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] }).status !== 0
})
const recordings = readFileSync(results, 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line) as Recording)
rmSync(folder, { recursive: true })
if (failed.length > 0) throw new Error(`${failed.join(', ')} failed`)

const of = (task: Task, device: Device): Recording => {
  const found = recordings.find((one) => one.task === task && one.device === device)
  if (!found) throw new Error(`${task} was skipped: a program is missing`)
  return found
}
const cells = ({ clicks, fields, seconds }: Recording) => [clicks, fields, seconds.toFixed(1)]
const rows = (Object.keys(tasks) as Task[]).map((task) => {
  const [desktop, phone] = [of(task, 'desktop'), of(task, 'phone')]
  const commands = desktop.commands.map((command) => `\`${command.replaceAll('|', '\\|')}\``)
  return `| ${[tasks[task], ...cells(desktop), ...cells(phone), commands.join(', ')].join(' | ')} |`
})

const text = `# Tasks of a newcomer

Written by \`npm run tasks\`, in Chromium, on a machine with ${availableParallelism()} cores that also runs the daemon. The desktop has 1440 × 900 pixels, the
phone 390 × 844 and touch.

Each task begins at the address of the dashboard, logged out. It uses only what is visible: buttons, links, menus, and the
commands that the page or the guide names. The tests in \`test/tasks/\` do the same, and fail at a dead end.

- **Clicks**: presses of the mouse, or taps. A field without the focus costs one, a choice from a list two, a reload of the page one.
- **Fields**: fields that were typed into, a terminal among them. A password that is typed again counts again.
- **Seconds**: from the first request to the last answer, with a script that reads and types in no time. Programs outside of the
  page, such as the authenticator, do not count.

| task | desktop: clicks | fields | seconds | phone: clicks | fields | seconds | in a shell |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |
${rows.join('\n')}
`
writeFileSync(join(root, 'docs/newcomer-tasks.md'), text)
