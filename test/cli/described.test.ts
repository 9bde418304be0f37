import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import t from 'tap'
import { createProgram } from '../../lib/command-line/program.ts'
import { environmentIn } from '../attack/harness.ts'
import { temporaryFolder } from '../support/app.ts'
import { run } from './rig.ts'

// That the generated files are current: test/docs.test.ts.
const root = resolve(import.meta.dirname, '../..')
const completion = join(root, 'deploy/completion/proxmenux-monitor')
const manual = join(root, 'deploy/man/proxmenux-monitor.1')

/** What bash offers behind these words. */
function offers(line: string, cwd = root): string[] {
  const script = `. "$0"
    read -ra COMP_WORDS <<< "$1"
    [[ $1 == *' ' ]] && COMP_WORDS+=('')
    COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
    _proxmenux_monitor
    printf '%s\\n' "\${COMPREPLY[@]}"`
  const { status, stdout, stderr } = spawnSync('bash', ['-c', script, completion, line], { cwd, encoding: 'utf8' })
  if (status !== 0 || stderr !== '') throw new Error(stderr)
  return stdout.split('\n').filter((word) => word !== '')
}

t.test('bash completes commands, options, values and files', async (t) => {
  t.same(offers('proxmenux-monitor tok'), ['tokens'])
  t.same(offers('proxmenux-monitor tokens '), ['list', 'create', 'revoke', '--help'])
  t.same(offers('proxmenux-monitor tokens create Name --sc'), ['--scope'])
  t.same(offers('proxmenux-monitor tokens create Name --scope '), ['read_only', 'full_admin'])
  t.same(offers('proxmenux-monitor sessions end --'), ['--json', '--tenant', '--user', '--all', '--help'])
  const folder = await temporaryFolder(t)
  writeFileSync(join(folder, 'my backup'), '')
  t.same(offers('proxmenux-monitor restore my', folder), ['my backup'])
})

const reader = spawnSync('man', ['--version']).status === 0 ? false : 'needs man: apt-get install man-db'
t.test('the manual page is sound, and has each command', { skip: reader }, async (t) => {
  const { stdout, stderr } = spawnSync('man', ['--warnings', '-l', manual], {
    encoding: 'utf8',
    env: { ...process.env, MANWIDTH: '100', LC_ALL: 'C.UTF-8', MANPAGER: 'cat' }
  })
  t.equal(stderr, '')
  const plain = stdout.replaceAll(/.\x08/g, '').replaceAll(/\x1b\[[\d;]*m/g, '')
  for (const text of ['tokens create <name> [options]', 'backup <file>', 'MONITOR_STATE_DIR', 'EXIT STATUS'])
    t.match(plain, text)
})

t.test('each command has help, and starts no daemon for it', async (t) => {
  const env = environmentIn(await temporaryFolder(t))
  const program = createProgram({ version: '', perform: async () => {}, serve: async () => {} })
  const paths = program.commands.flatMap((command) => [
    [command.name()],
    ...command.commands.map((child) => [command.name(), child.name()])
  ])
  const answers = await Promise.all(paths.map((path) => run([...path, '--help'], env)))
  for (const [i, path] of paths.entries()) {
    const usage = `Usage: proxmenux-monitor ${path.join(' ')}`
    t.match(answers[i], { code: 0, stderr: '' }, usage)
    t.ok(answers[i]!.stdout.startsWith(usage), usage)
  }
})
