import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import t from 'tap'
import { startDaemon } from '../attack/harness.ts'
import { serve } from '../browser/chromium.ts'
import { ask, OWNER } from '../cli/rig.ts'
import { button, heading, missing } from '../dashboard/screens.ts'
import { shows } from '../dashboard/terminal-page.ts'
import { setUp } from '../support/app.ts'
import { demoSkip } from '../support/demo.ts'
import { executable } from '../support/executable.ts'
import { PROMPT, writeShell } from '../terminal/plain-shell.ts'
import { goTo, logIn } from './newcomer.ts'
import { test } from './recorder.ts'

t.setTimeout(300_000)

/**
 * In a mount namespace of its own the daemon's host has a small file system, which old backups fill. The file system is
 * in memory; its source is called a disk, which is how the daemon knows file systems on disks.
 */
const withFullDisk = `
  mount -t tmpfs -o size=32m /dev/sdb1 /srv
  mkdir -p /srv/photos/2024 /srv/backups/old
  head -c 2M /dev/zero >/srv/photos/2024/cat.jpg
  head -c 27M /dev/zero >/srv/backups/old/pve1.tar
  exec "$0"
`
const asRoot = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user']

test('full-disk', missing || demoSkip, async (t, { open, folder }) => {
  const shell = { MONITOR_SHELL: await writeShell(folder) }
  const inNamespace = ['unshare', ...asRoot, '--mount', 'sh', '-ec', withFullDisk, executable]
  const daemon = await startDaemon(t, folder, shell, inNamespace)
  await ask(daemon, '/api/auth/setup', '', OWNER)

  const newcomer = await open(daemon.url)
  const { page } = newcomer
  await logIn(newcomer)
  await newcomer.press(page.getByRole('button', { name: /^(Warning|Critical)/ }))
  const finding = page.getByRole('listitem').filter({ hasText: /^\w+Disk usage.*\/srv/ })
  await newcomer.see(finding)
  const command = await finding.locator('code').innerText()
  await newcomer.press(finding.getByRole('link', { name: 'Open Storage' }))
  await newcomer.see(
    page
      .getByRole('row')
      .filter({ hasText: '/srv' })
      .filter({ hasText: /9\d\.\d\s%/ })
  )
  await goTo(newcomer, 'Terminal')
  await newcomer.press(button(page, 'New terminal'))
  await shows(page, PROMPT)
  await newcomer.command(page.getByRole('region', { name: 'Terminal 1: ' }).getByRole('textbox'), command)
  await shows(page, /^27M\s+\/srv\/backups\/old$/)
  await newcomer.done()
})

test('health', missing, async (t, { open, folder }) => {
  cpSync(resolve(import.meta.dirname, '../host/fixtures/proxmox-intel'), folder, { recursive: true })
  const meminfo = join(folder, 'proc/meminfo')
  const text = readFileSync(meminfo, 'utf8')
  const total = Number(/^MemTotal: +(\d+)/m.exec(text)![1])
  writeFileSync(meminfo, text.replace(/^MemAvailable: +\d+/m, `MemAvailable: ${Math.round(total * 0.1)}`))
  const places = { procDir: 'proc', sysDir: 'sys', etcDir: 'etc', shareDir: 'share' }
  const files = Object.fromEntries(Object.entries(places).map(([name, place]) => [name, join(folder, place)]))
  const { app, base } = await serve(t, {}, { vitals: { ...files, hostname: () => 'pve1' } })
  await setUp(app)
  const newcomer = await open(base)
  const { page } = newcomer
  await logIn(newcomer)
  await newcomer.press(page.getByRole('button', { name: /^Warning/ }))
  const finding = page.getByRole('listitem').filter({ hasText: 'Memory usage' })
  await newcomer.see(finding.getByText('Find the process that uses the memory, or give the guests less of it.'))
  await newcomer.press(finding.getByRole('link', { name: 'Open Processes' }))
  await newcomer.see(heading(page, 'Processes'))
  await newcomer.see(page.getByRole('rowheader'))
  await newcomer.done()
  t.match(page.url(), /#\/processes\/memory$/, 'the largest is the first')
})
