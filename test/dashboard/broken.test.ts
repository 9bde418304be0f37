import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { inspect, openPage, serve } from '../browser/chromium.ts'
import { setUp, temporaryFolder } from '../support/app.ts'
import { fileOf } from '../support/second-factor.ts'
import { until } from '../support/waiting.ts'
import { button, createOwner, heading, logIn, missing, seeOverview } from './screens.ts'

t.test('accounts that cannot be read are told, and their mending is noticed', { skip: missing }, async (t) => {
  const folder = await temporaryFolder(t)
  const { app, base } = await serve(t, {}, { folder })
  const { page, faults } = await openPage(t, base)
  await createOwner(page, base)
  const whole = JSON.stringify(await fileOf(folder))
  await writeFile(join(folder, 'auth.json'), whole.slice(0, 40))
  // By itself, while somebody looks on.
  await heading(page, 'The account file cannot be read').waitFor()
  await inspect(t, page, 'accounts that cannot be read')
  await page.reload()
  await heading(page, 'The account file cannot be read').waitFor()
  await page.getByText(/^Retrying in \d s\./).waitFor()
  await writeFile(join(folder, 'auth.json'), whole)
  await seeOverview(page)

  // Who is not logged in learns of it when they try.
  await page.context().clearCookies()
  await page.evaluate('localStorage.clear()')
  await page.reload()
  await heading(page, 'Log in').waitFor()
  await writeFile(join(folder, 'auth.json'), '{')
  await until(() => app.authStore.snapshot().mode === 'unreadable')
  await logIn(page)
  await heading(page, 'The account file cannot be read').waitFor()
  await writeFile(join(folder, 'auth.json'), whole)
  await heading(page, 'Log in').waitFor()
  t.same(faults, [])
})

t.test('a host that does not answer is not made to look as if it did', { skip: missing }, async (t) => {
  const { base } = await serve(t)
  const { page } = await openPage(t, base)
  await createOwner(page, base)
  await page.route('**/api/**', (route) => route.abort())
  await page.getByText('No connection').waitFor()
  await page.getByText('This host is not responding.').first().waitFor()
  await page
    .getByText(/^\d+ s old$/)
    .first()
    .waitFor()
  await inspect(t, page, 'old numbers')
  await page.reload()
  await heading(page, 'This host is not responding').waitFor()
  await inspect(t, page, 'no answer')
  await page.unroute('**/api/**')
  await button(page, 'Retry now').click()
  await seeOverview(page)

  await page.route('**/api/**', (route) =>
    route.fulfill({ status: 502, contentType: 'text/html', body: '<h1>Bad Gateway</h1>' })
  )
  await page.reload()
  await page.getByText('A proxy or another server answered instead of this host (HTTP 502).').waitFor()
})

t.test('limits and bans are told for what they are', { skip: missing }, async (t) => {
  const { app, base } = await serve(t, { rateLimit: 3 })
  await setUp(app)
  const { page, faults } = await openPage(t, base)
  await page.goto(base)
  await heading(page, 'Log in').waitFor()
  await page.reload()
  await heading(page, 'Log in').or(heading(page, 'Too many requests')).waitFor()
  await page.reload()
  await heading(page, 'Too many requests').waitFor()
  await page.getByText(/^Retrying in \d+ s\./).waitFor()
  t.ok(await button(page, 'Retry now').isDisabled())
  app.banGate.replace(['127.0.0.1'])
  t.equal((await page.reload())?.status(), 403, 'a ban holds for the page itself')
  t.same(faults, [])
})
