import type { Page } from 'playwright-core'
import t from 'tap'
import { inspect, openPage, titleIs } from '../browser/chromium.ts'
import { PASSWORD } from '../support/app.ts'
import { logInConfirmed, startPanel, visit } from '../support/panel-app.ts'
import { expireConfirmations } from '../support/sessions.ts'
import { confirm, DOMAIN, listen, missing } from './panel-pages.ts'
import { account, button, field, fillOwner, heading, logIn, logOut } from './screens.ts'

const OWNER = { username: 'admin', password: PASSWORD }

const choose = async (page: Page, slug: string, verb: string) => {
  await button(page, `Actions for ${slug}`).click()
  await page.getByRole('menuitem', { name: verb }).click()
}
const inDialog = (page: Page, name: string) => page.getByRole('dialog').getByRole('button', { name, exact: true })
const tabs = (page: Page) => page.getByRole('tab').allInnerTexts()
const links = (page: Page) => page.getByRole('navigation').getByRole('link').locator('visible=true').allInnerTexts()

t.test('the tenants of a panel', { skip: missing }, async (t) => {
  const panel = await startPanel(t, { saasDomain: DOMAIN })
  const app = await panel.openReplica()
  const baseOf = await listen(app)
  await visit(app, '', DOMAIN)('POST', '/api/auth/setup', null, OWNER)
  const { page, faults, refusals } = await openPage(t, baseOf())
  const acme = await openPage(t, baseOf('acme'))

  await page.goto(`${baseOf()}#/security/tenants`)
  await logIn(page)
  await page.getByText('Create a tenant, then send its address').waitFor()
  await inspect(t, page, 'a panel without tenants')

  let code = ''
  await t.test('a tenant is created, and its code is shown once', async (t) => {
    await button(page, 'New tenant').click()
    await field(page, 'Slug').fill('-acme')
    await button(page, 'Create tenant').click()
    await page.getByText('A hyphen cannot be the first').waitFor()
    await page.getByText('Enter 1 to 64 characters.').waitFor()
    await inspect(t, page, 'a tenant without a name')
    await field(page, 'Slug').fill('Acme')
    await page.getByText(`The address will be acme.${DOMAIN}.`).waitFor()
    await field(page, 'Name').fill('Acme Ltd')
    await app.tenant.within(0, () => expireConfirmations(app))
    await button(page, 'Create tenant').click()
    await confirm(page)
    await heading(page, 'Setup code of acme').waitFor()
    await inspect(t, page, 'the setup code of a tenant')
    await page.keyboard.press('Escape')
    const [url, shown] = await page.getByRole('dialog').locator('code').allInnerTexts()
    t.equal(url, baseOf('acme'))
    code = shown!
    await button(page, 'Done').click()
    const row = page.getByRole('row', { name: /^Acme Ltd/ })
    await row.getByText('Active').waitFor()
    t.equal(await row.getByRole('link', { name: `acme.${DOMAIN}` }).getAttribute('href'), url)
    t.equal(await page.getByText(code).count(), 0)
    await inspect(t, page, 'a list of tenants')

    await button(page, 'New tenant').click()
    await field(page, 'Slug').fill('acme')
    await field(page, 'Name').fill('Acme again')
    await button(page, 'Create tenant').click()
    await page.getByText('Another tenant has this slug.').waitFor()
    await button(page, 'Cancel').click()
  })

  await t.test('its first launch asks for the code, and offers no way around a password', async (t) => {
    const { page } = acme
    await page.goto(baseOf('acme'))
    await heading(page, 'Create your account').waitFor()
    await page.getByText('This account is the owner of Acme Ltd.').waitFor()
    for (const name of ['No, Continue Without Protection', 'Back']) t.equal(await button(page, name).count(), 0, name)
    await inspect(t, page, 'the first launch of a tenant')
    await fillOwner(page)
    await button(page, 'Save and open the dashboard').click()
    await page.getByText('The setup code is missing, incorrect or expired.').waitFor()
    await field(page, 'Setup code').fill('x'.repeat(20))
    const refusal = page.waitForResponse(/auth\/setup$/)
    await button(page, 'Save and open the dashboard').click()
    t.equal((await refusal).status(), 401)
    await page.getByText('The setup code is missing, incorrect or expired.').waitFor()
    await field(page, 'Setup code').fill(code)
    await button(page, 'Save and open the dashboard').click()
    await heading(page, 'Security').waitFor()
  })

  await t.test('its users see what is about accounts, and nothing of the hosts', async (t) => {
    const { page } = acme
    t.equal(new URL(page.url()).hash, '', 'the account is the start page')
    t.same(await links(page), ['Security', 'API reference', 'Guide'])
    t.same(await tabs(page), ['Account', 'API tokens', 'Sessions', 'Users', 'Audit log'])
    await account(page).click()
    t.same(await page.getByRole('menuitem').allInnerTexts(), ['Security', 'Profile', 'Log out'])
    await page.keyboard.press('Escape')
    t.match(
      await page.getByRole('banner').innerText(),
      /^Acme Ltd\s+A$/,
      'the tenant’s name and the avatar, no host’s health'
    )
    await titleIs(t, page, /Acme Ltd/)
    t.equal(await button(page, 'Disable authentication…').count(), 0)
    await inspect(t, page, 'the account of a tenant’s user')
    for (const path of ['terminal', 'storage', 'hardware', 'settings', 'logs']) {
      await page.goto(`${baseOf('acme')}#/${path}`)
      await heading(page, 'Page not found').or(page.getByText('Page not found')).first().waitFor()
    }
    await page.getByRole('link', { name: 'Go to your account' }).click()
    await heading(page, 'Two-factor authentication (2FA)').waitFor()
    await page.goto(`${baseOf('acme')}#/security/tenants`)
    await heading(page, 'Two-factor authentication (2FA)').waitFor()
    await page.goto(`${baseOf('acme')}#/security/audit`)
    await page.getByText('Security events of Acme Ltd').waitFor()
    await page.goto(`${baseOf('acme')}#/security/users`)
    await button(page, 'New user').click()
    await page.getByRole('checkbox', { name: 'users.manage' }).waitFor()
    t.equal(await page.getByRole('checkbox', { name: 'terminal.open' }).count(), 0)
    await inspect(t, page, 'a new user of a tenant')
    await button(page, 'Cancel').click()
    await button(page, 'Actions for admin').click()
    await page.getByRole('menuitem', { name: 'Edit' }).click()
    await field(page, 'Allowed networks').fill('127.0.0.0/8')
    await app.tenant.within(1, () => expireConfirmations(app))
    await button(page, 'Save').click()
    await confirm(page)
    await page.getByText('Changes saved.').waitFor()
    await logOut(page)
    await page.getByText('Lost your password? Ask an administrator of Acme Ltd.').waitFor()
    await inspect(t, page, 'the login of a tenant')
    await logIn(page)
    await heading(page, 'Users').waitFor()
    t.same(
      acme.refusals,
      ['401 /api/auth/setup', '403 /api/users/1'],
      'the wrong code, and the one that asked for the password'
    )
  })

  await t.test('a tenant with an owner needs no code; it is renamed', async (t) => {
    await choose(page, 'acme', 'New setup code')
    await inspect(t, page, 'a new setup code to be made')
    await button(page, 'Create code').click()
    await page.getByText('This tenant has an owner already.').waitFor()
    await button(page, 'Cancel').click()
    await choose(page, 'acme', 'Rename')
    await field(page, 'Name').fill('Acme Limited')
    await button(page, 'Rename').click()
    await page.getByRole('row', { name: /^Acme Limited/ }).waitFor()
  })

  await t.test('a suspended tenant shows that it is, and goes on when it is resumed', async (t) => {
    const waiting = await acme.page.context().browser()!.newPage()
    await waiting.goto(baseOf('acme'))
    await heading(waiting, 'Log in').waitFor()
    await choose(page, 'acme', 'Suspend')
    await page.getByText('Its data is kept, and you can resume it.').waitFor()
    await inspect(t, page, 'a tenant to be suspended')
    await inDialog(page, 'Suspend').click()
    await page
      .getByRole('row', { name: /^Acme Limited/ })
      .getByText('Suspended')
      .waitFor()
    await acme.page.getByRole('tab', { name: 'Sessions' }).click()
    await heading(acme.page, 'Access is suspended').waitFor()
    await acme.page.reload()
    await heading(acme.page, 'Access is suspended').waitFor()
    await logIn(waiting)
    await heading(waiting, 'Access is suspended').waitFor()
    await inspect(t, acme.page, 'a suspended tenant')
    await choose(page, 'acme', 'Resume')
    await inDialog(page, 'Resume').click()
    await page.getByText('Tenant resumed.').waitFor()
    await button(acme.page, 'Retry now').click()
    await heading(acme.page, 'Your sessions').waitFor()
    await titleIs(t, acme.page, /Acme Limited/)
  })

  await t.test('a removed tenant is unknown', async (t) => {
    await choose(page, 'acme', 'Delete')
    await field(page, 'To confirm, type acme').fill('acne')
    await button(page, 'Delete tenant').click()
    await page.getByText('This is not the slug of the tenant.').waitFor()
    await inspect(t, page, 'a tenant to be deleted')
    await field(page, 'To confirm, type acme').fill('acme')
    await button(page, 'Delete tenant').click()
    await page.getByText('Create a tenant, then send its address').waitFor()
    await acme.page.getByRole('tab', { name: 'Users' }).click()
    await heading(acme.page, 'Unknown address').waitFor()
    await acme.page.reload()
    await acme.page.getByText('No tenant of this panel has this address.').waitFor()
    t.equal(await acme.page.locator('script').count(), 0)
    await inspect(t, acme.page, 'an unknown tenant')
  })

  t.same([...new Set(refusals)].toSorted(), ['403 /api/tenants', '409 /api/tenants', '409 /api/tenants/1/setup-code'])
  t.same(faults, [])
  t.same(acme.faults, [])
})

t.test('ten thousand tenants are shown by the page, and found by name', { skip: missing }, async (t) => {
  const panel = await startPanel(t, { saasDomain: DOMAIN })
  const app = await panel.openReplica()
  const base = (await listen(app))()
  await visit(app, '', DOMAIN)('POST', '/api/auth/setup', null, OWNER)
  const rows = `SELECT nextval('tenant_ids'), 'tenant-' || lpad(n::text, 5, '0'), 'Customer ' || n, 0 FROM generate_series(1, 10000) n`
  await panel.postgresql.asSuperuser(`INSERT INTO tenants (id, slug, name, created_at) ${rows}`, 'panel_1')
  const { page, faults, refusals } = await openPage(t, base)
  await page.goto(`${base}#/security/tenants`)
  await logIn(page)
  const shown = () => page.getByRole('row', { name: /^Customer / })
  const see = (slug: string) => page.getByRole('link', { name: `${slug}.${DOMAIN}` }).waitFor()
  await see('tenant-00100')
  t.equal(await shown().count(), 100)
  await button(page, 'Next page').click()
  await see('tenant-00101')
  t.equal(await shown().count(), 100)
  await inspect(t, page, 'a page of many tenants')
  await button(page, 'First page').click()
  await see('tenant-00001')
  await field(page, 'Slug or name').fill('customer 9999')
  await button(page, 'Find').click()
  await see('tenant-09999')
  t.equal(await shown().count(), 1)
  await field(page, 'Slug or name').fill('TENANT-0')
  await button(page, 'Find').click()
  await page.getByText('Only the first 100 matches are shown.').waitFor()
  await field(page, 'Slug or name').fill('nobody')
  await button(page, 'Find').click()
  await page.getByText('No slug or name contains this text.').waitFor()
  await button(page, 'Clear').click()
  await see('tenant-00001')
  t.same(refusals, [])
  t.same(faults, [])
})

t.test(
  'a panel without a domain, and a user without the permission, have no page of tenants',
  { skip: missing },
  async (t) => {
    const panel = await startPanel(t, { saasDomain: '' })
    const app = await panel.openReplica()
    const base = (await listen(app))()
    await visit(app, '', DOMAIN)('POST', '/api/auth/setup', null, OWNER)
    const { page, faults } = await openPage(t, base)
    await page.goto(`${base}#/security/users`)
    await logIn(page)
    await heading(page, 'Users').waitFor()
    t.notOk((await tabs(page)).includes('Tenants'))

    const token = await logInConfirmed(app, '', 'admin', DOMAIN)
    const eve = { username: 'eve', password: PASSWORD, permissions: ['users.manage'] }
    const withTenants = await panel.openReplica({ saasDomain: DOMAIN })
    const there = (await listen(withTenants))()
    t.equal((await visit(withTenants, '', DOMAIN)('POST', '/api/users', token, eve)).status, 201)
    await page.goto('about:blank')
    t.same(faults, [])
    const other = await openPage(t, there)
    await other.page.goto(`${there}#/security/users`)
    await logIn(other.page, 'eve')
    await heading(other.page, 'Users').waitFor()
    t.notOk((await tabs(other.page)).includes('Tenants'))
    t.same(other.faults, [])
  }
)
