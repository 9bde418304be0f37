import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import t from 'tap'
import { needsBoot, writeSystemUnits } from '../edge/boot.ts'
import { missing } from '../edge/programs.ts'
import { temporaryFolder } from '../support/app.ts'
import { missing as missingOpenssl } from '../support/certificates.ts'
import '../support/executable.ts'
import { readGuide } from './guide.ts'
import { machineCommands } from './machine-commands.ts'

const root = resolve(import.meta.dirname, '../..')
const skip =
  needsBoot ||
  missingOpenssl ||
  missing('/usr/sbin/nginx', 'nginx') ||
  missing('/usr/bin/caddy', 'caddy') ||
  missing('/usr/bin/fail2ban-client', 'fail2ban') ||
  missing('/usr/bin/script', 'bsdutils')

t.setTimeout(300_000)

interface Result {
  heading: string
  commands?: string[]
  fault: string | null
  done?: true
}

t.test('every command of docs/guide.md works, unchanged, on a machine with systemd', { skip }, async (t) => {
  const folder = await temporaryFolder(t)
  for (const name of ['units', 'out']) mkdirSync(join(folder, name))
  writeFileSync(join(folder, 'console'), '')
  writeFileSync(join(folder, 'out/results'), '')
  const node = '/opt/proxmenux-monitor/node_modules/.bin/node'
  const probe = `/bin/sh -c 'exec ${node} /opt/proxmenux-monitor/test/guide/inside.ts >/run/out/log 2>&1'`
  writeSystemUnits(join(folder, 'units'), probe, 240)
  const unit = readFileSync(join(root, 'deploy/systemd/proxmenux-monitor.service'), 'utf8')
  writeFileSync(join(folder, 'units/proxmenux-monitor.service'), unit)
  const boot = spawnSync('sh', [join(root, 'test/edge/boot.sh'), folder, root, '/usr/lib/systemd/system'], {
    encoding: 'utf8',
    timeout: 280_000
  })
  const read = (name: string) => (existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : '')
  const words = { boot: boot.stdout + boot.stderr, console: read('console'), log: read('out/log') }
  const results = read('out/results')
    .trim()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Result)
  t.match(results.at(-1), { done: true }, 'all blocks were tried', words)
  for (const { heading, commands = [], fault } of results.slice(0, -1)) t.equal(fault, null, heading, { commands })
  const ran = results.flatMap(({ commands = [] }) => commands)
  const written = readGuide()
    .filter(({ language }) => language === 'sh')
    .flatMap(({ commands }) => commands)
  t.same(
    written.filter((command) => !machineCommands.includes(command)),
    ran
  )
})

t.test('the guide has only blocks whose commands are run, and settings', async (t) => {
  for (const { heading, language } of readGuide()) t.match(language, /^(sh|text)$/, heading)
  const commands = readGuide().flatMap(({ commands }) => commands)
  for (const command of machineCommands) t.ok(commands.includes(command), `the guide has ${command}`)
  t.match(readFileSync(join(root, 'test/vm/steps.ts'), 'utf8'), 'of machineCommands', 'npm run vm runs the rest')
})
