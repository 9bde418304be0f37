import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { inspect, openPage, serve } from '../browser/chromium.ts'
import { startProxy } from '../browser/proxy.ts'
import { PASSWORD, setUp, temporaryFolder } from '../support/app.ts'
import { openSession } from '../support/sessions.ts'
import { PROMPT, writeShell } from '../terminal/plain-shell.ts'
import { button, field, logIn, missing } from './screens.ts'
import {
  newTerminal,
  openTerminals,
  pane,
  reloadTerminal,
  screenOf,
  serveTerminals,
  shows,
  type
} from './terminal-page.ts'

type App = Awaited<ReturnType<typeof serve>>['app']

async function addUser(app: App, username: string, permissions: string[]) {
  const { headers } = await openSession(app, 1, { confirmed: true })
  const payload = { username, password: PASSWORD, permissions }
  const reply = await app.inject({ method: 'POST', url: '/api/users', headers, payload })
  if (reply.statusCode !== 201) throw new Error(reply.body)
}

t.test('without the permission there is no link, and the page says why', { skip: missing }, async (t) => {
  const { app, base } = await serveTerminals(t)
  await addUser(app, 'ada', ['system.view'])
  const { page, faults, refusals } = await openPage(t, base)
  await page.goto(`${base}/#/terminal`)
  await logIn(page, 'ada')
  await page
    .getByText(
      'Your account lacks the permission “Open terminals” (terminal.open) or “Watch terminals” (terminal.watch), which this page requires.'
    )
    .waitFor()
  t.equal(await page.getByRole('link', { name: 'Terminal' }).count(), 0)
  t.same(refusals, [])
  t.same(faults, [])
})

t.test('who may only watch sees the terminals of others, marked as such', { skip: missing }, async (t) => {
  const { app, base } = await serveTerminals(t)
  await addUser(app, 'wanda', ['terminal.watch'])
  const { page: owner } = await openTerminals(t, base)
  await newTerminal(owner)
  await shows(owner, PROMPT)
  await type(owner, 'echo "seen $((6*7)) $(stty size)"')
  await shows(owner, /^seen 42 /)
  const [told] = (await screenOf(owner)).filter((line) => /^seen/.test(line))

  const { page, faults, refusals } = await openPage(t, base, { viewport: { width: 800, height: 500 } })
  await page.goto(`${base}/#/terminal`)
  await logIn(page, 'wanda')
  await page.getByText('You can watch terminals but not open them').waitFor()
  await button(page, 'Other terminals').click()
  await page.getByRole('button', { name: /^Watch Shell, / }).waitFor()
  t.equal(await page.getByRole('button', { name: /^Open here/ }).count(), 0)
  t.equal(await page.getByRole('button', { name: /^End / }).count(), 0)
  await inspect(t, page, 'terminals of others')
  await page.getByRole('button', { name: /^Watch / }).click()
  await page.getByText('Read-only: watching the terminal of admin').waitFor()
  await shows(page, told!)
  t.equal((await screenOf(page)).length, (await screenOf(owner)).length, 'in the size it has')
  await inspect(t, page, 'watching')
  await type(owner, 'exit')
  await pane(page, 1).getByText('The shell exited with code 0.').waitFor()
  t.equal(await pane(page, 1).getByRole('button', { name: 'New terminal' }).count(), 0)
  t.same(refusals, [])
  t.same(faults, [])
})

t.test('without a password it stays closed, unless auth.json opens it', { skip: missing }, async (t) => {
  const folder = await temporaryFolder(t)
  const { app, base } = await serve(t, { shell: await writeShell(folder) }, { folder })
  await app.inject({ method: 'POST', url: '/api/auth/skip' })
  const { page, faults, refusals } = await openPage(t, base)
  await page.goto(`${base}/#/terminal`)
  await page.getByText('The terminal is disabled').waitFor()
  await page.getByText('"terminal_without_auth": true').waitFor()
  t.equal(await button(page, 'New terminal').count(), 0)
  await inspect(t, page, 'closed without a password')
  t.same(refusals, ['409 /api/terminal/sessions'])
  await app.authStore.update((draft) => {
    draft.terminal_without_auth = true
  })
  await page.reload()
  await newTerminal(page)
  await shows(page, PROMPT)
  await type(page, 'echo "open to $((6*7))"')
  await shows(page, 'open to 42')
  t.same(faults, [])
})

t.test('containers are offered where the host is Proxmox, and a refusal is told', { skip: missing }, async (t) => {
  const folder = await temporaryFolder(t)
  mkdirSync(join(folder, 'perl5/PVE'), { recursive: true })
  writeFileSync(
    join(folder, 'perl5/PVE/pvecfg.pm'),
    "package PVE::pvecfg;\nsub version_text {\n    return '8.4.1/2a5fa54a8503f96d';\n}\n"
  )
  const { app, base } = await serve(t, { shell: await writeShell(folder) }, { folder, vitals: { shareDir: folder } })
  await setUp(app)
  const { page, faults } = await openTerminals(t, base)
  await page.locator('main button[aria-haspopup=menu]').click()
  await page.getByRole('menuitem', { name: 'Container…' }).click()
  await field(page, 'Container ID').fill('7')
  await button(page, 'Open').click()
  await page.getByText('Enter a number with 3 to 9 digits.').waitFor()
  await inspect(t, page, 'which container')
  await field(page, 'Container ID').fill('101')
  await button(page, 'Open').click()
  await page.getByRole('button', { name: /^1 Container 101/ }).waitFor()
  // This machine has no pct.
  await page.getByText('The terminal cannot be opened on this host.').waitFor()
  await page.getByText('containers need Proxmox VE').waitFor()
  t.same(faults, [])
})

t.test('under a sub-path of a proxy it is the same', { skip: missing }, async (t) => {
  const { base } = await serveTerminals(t)
  const mounted = await startProxy(t, base, { mount: '/monitor', headers: { 'x-forwarded-prefix': '/monitor' } })
  const { page, faults, refusals } = await openTerminals(t, mounted)
  await newTerminal(page)
  await shows(page, PROMPT)
  await reloadTerminal(page)
  await type(page, 'echo "under $((6*7))"')
  await shows(page, 'under 42')
  t.same(refusals, [])
  t.same(faults, [])
})
