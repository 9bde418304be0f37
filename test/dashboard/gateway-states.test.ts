import t from 'tap'
import { inspect, openPage, serve } from '../browser/chromium.ts'
import { KEYS } from '../gateway/rig.ts'
import { addUser } from '../support/api-tokens.ts'
import { setUp } from '../support/app.ts'
import { badge, confirm, fillWizard, openGateway, serveGateway } from './gateway-page.ts'
import { button, field, heading, logIn, missing } from './screens.ts'

t.setTimeout(300_000)

t.test('a container that was destroyed by hand, and an undo that fails', { skip: missing }, async (t) => {
  const { proxmox, page, faults } = await openGateway(t)
  proxmox.breaks({ step: 'pct start', kind: 'fail', text: 'no space left on device' })
  proxmox.breaks({ step: 'pct destroy', kind: 'fail', text: 'disk is busy' })
  await fillWizard(page, KEYS.reusable)
  await button(page, 'Deploy').click()
  await confirm(page)
  await heading(page, 'The deployment failed').waitFor()
  await page
    .getByRole('alert')
    .getByText(/^Step "start" failed.*The undo failed: .*disk is busy/)
    .waitFor()
  await page.getByText(/^The undo of a deployment is not finished/).waitFor()
  t.equal(await button(page, 'Try again').count(), 0, 'not before it is undone')
  await inspect(t, page, 'an undo that failed')
  proxmox.mends()
  await button(page, 'Remove…').click()
  await field(page, 'Enter proxmox-gateway to confirm').fill('proxmox-gateway')
  await button(page, 'Remove gateway').click()
  await page.getByText('Secure Gateway removed.').waitFor()
  t.notOk(proxmox.read().guests[9000])

  await fillWizard(page, KEYS.reusable)
  await button(page, 'Deploy').click()
  await badge(page, 'Approval needed').waitFor()
  proxmox.change(({ guests }) => {
    delete guests[9000]
  })
  await page.getByText('Container 9000 no longer exists.').waitFor()
  t.equal(await button(page, 'Stop…').count(), 0)
  await inspect(t, page, 'a container that is gone')
  await button(page, 'Remove…').click()
  await field(page, 'Enter proxmox-gateway to confirm').fill('proxmox-gateway')
  await button(page, 'Remove gateway').click()
  await button(page, 'Set up Secure Gateway').waitFor()
  t.same(faults, [])
})

t.test('off Proxmox VE the card says so, and nothing else', { skip: missing }, async (t) => {
  const { app, base } = await serve(t, {}, { vitals: { shareDir: t.testdir() } })
  await setUp(app)
  const { page, faults, refusals } = await openPage(t, base)
  await page.goto(`${base}/#/security/gateway`)
  await logIn(page)
  await page.getByText('The Secure Gateway is not available on this host').waitFor()
  await page.getByText('The Secure Gateway needs Proxmox VE: this host does not run Proxmox VE.').waitFor()
  t.equal(await page.getByRole('tabpanel').getByRole('button').count(), 0)
  await inspect(t, page, 'off Proxmox VE')
  t.same(refusals, ['409 /api/gateway'], 'asked once')
  t.same(faults, [])
})

t.test('without the permission there is no tab, and the page says why', { skip: missing }, async (t) => {
  const { app, base } = await serveGateway(t)
  await setUp(app)
  await addUser(app, 2, ['system.view', 'security.view'])
  const { page, faults, refusals } = await openPage(t, base)
  await page.goto(`${base}/#/security/gateway`)
  await logIn(page, 'user2')
  await page.getByText('Your account lacks the permission “Manage the Secure Gateway” (gateway.manage)').waitFor()
  t.equal(await page.getByRole('tab', { name: 'Secure Gateway' }).count(), 0)
  t.same(refusals, [])
  t.same(faults, [])
})

t.test('without an account the state is shown, and nothing can be changed', { skip: missing }, async (t) => {
  const { app, base } = await serveGateway(t)
  await app.inject({ method: 'POST', url: '/api/auth/skip' })
  const { page, faults, refusals } = await openPage(t, base)
  await page.goto(`${base}/#/security/gateway`)
  await page.getByText('Reach this host from anywhere, with no open port').waitFor()
  await page.getByText('Read-only: no account exists yet.').waitFor()
  t.equal(await button(page, 'Set up Secure Gateway').count(), 0)
  await inspect(t, page, 'without an account')
  t.same(refusals, [])
  t.same(faults, [])
})
