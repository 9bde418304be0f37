import t from 'tap'
import { inspect, openPage, serve } from '../browser/chromium.ts'
import { PASSWORD, setUp } from '../support/app.ts'
import { account, button, field, fillOwner, heading, missing, seeOverview } from './screens.ts'

t.test(
  'without protection the dashboard opens under a banner, and a password can be set',
  { skip: missing },
  async (t) => {
    const { app, base } = await serve(t)
    const { page, faults, refusals } = await openPage(t, base)
    await page.goto(base)
    await button(page, 'No, Continue Without Protection').click()
    t.equal(app.authStore.snapshot().mode, 'unconfigured', 'a second click decides')
    await heading(page, 'Continue without a password?').waitFor()
    await inspect(t, page, 'the warning')
    await page.keyboard.press('Escape')
    await button(page, 'No, Continue Without Protection').click()
    await button(page, 'Continue without a password').click()
    await seeOverview(page)
    t.equal(app.authStore.snapshot().mode, 'declined')
    await page.getByText('This host has no password').waitFor()
    await inspect(t, page, 'open to everyone')
    await page.reload()
    await seeOverview(page)

    await button(page, 'Set a password').click()
    await heading(page, 'Create your account').waitFor()
    await button(page, 'Back').click()
    await button(page, 'Set a password').click()
    await fillOwner(page)
    await button(page, 'Save and open the dashboard').click()
    await account(page).waitFor()
    await seeOverview(page)
    t.equal(app.authStore.snapshot().mode, 'enabled')
    t.notOk(await page.getByText('This host has no password').isVisible())
    t.same(refusals, [])
    t.same(faults, [])
  }
)

t.test('what was switched off in auth.json is switched on by the owner’s password', { skip: missing }, async (t) => {
  const { app, base } = await serve(t)
  await setUp(app)
  await app.authStore.update((draft) => Object.assign(draft, { enabled: false }))
  const { page, faults, refusals } = await openPage(t, base)
  await page.goto(base)
  await page.getByText('Authentication is disabled in auth.json').waitFor()
  await button(page, 'Enable authentication').click()
  await heading(page, 'Enable authentication').waitFor()
  await inspect(t, page, 'switching it on')
  await field(page, 'Owner’s password').fill('Wrong-Horse-7')
  await button(page, 'Enable authentication').click()
  await page.getByRole('alert').getByText('is incorrect').waitFor()
  await field(page, 'Owner’s password').fill(PASSWORD)
  await button(page, 'Enable authentication').click()
  await heading(page, 'Log in').waitFor()
  t.equal(app.authStore.snapshot().mode, 'enabled')
  t.same(refusals, ['401 /api/auth/enable'])
  t.same(faults, [])
})
