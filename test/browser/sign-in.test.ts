import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Secret, TOTP } from 'otpauth'
import t from 'tap'
import { button, field, heading, logIn, missing } from '../dashboard/screens.ts'
import { setUp } from '../support/app.ts'
import { mintApiToken } from '../support/tokens.ts'
import { focusIs, inspect, openPage, seeReference, serve } from './chromium.ts'

t.test('a wrong password is said, and no more than that', { skip: missing }, async (t) => {
  const { app, base } = await serve(t)
  await setUp(app)
  const { page, faults, refusals } = await openPage(t, base)
  await page.goto(`${base}/api/docs`)
  await heading(page, 'Log in').waitFor()
  await inspect(t, page, 'the login')
  await logIn(page, 'admin', 'Wrong-Horse-7')
  await page.getByText('The username or password is incorrect.').waitFor()
  await inspect(t, page, 'a wrong password')
  await logIn(page)
  await seeReference(page)
  t.equal(await page.locator('input').count(), 0, 'no password stays in the page')
  t.same(refusals, ['401 /api/auth/login'])
  t.same(faults, [])
})

t.test('the second factor is asked for after the password', { skip: missing }, async (t) => {
  const { app, base } = await serve(t)
  await setUp(app)
  const secret = new Secret({ size: 20 })
  await app.authStore.update((draft) => Object.assign(draft, { totp_enabled: true, totp_secret: secret.base32 }))
  const { page, faults, refusals } = await openPage(t, base)
  await page.goto(`${base}/api/docs`)
  const code = page.locator('input[name=code]')
  t.notOk(await code.isVisible())
  await logIn(page)
  await page.getByText('Enter the current six-digit code from your authenticator app.').waitFor()
  await focusIs(t, page, 'name', 'code')
  await inspect(t, page, 'the code')
  await code.fill('000000')
  await page.getByText('The code is incorrect').waitFor()
  await button(page, 'Use a backup code').click()
  t.equal(await code.getAttribute('inputmode'), 'text', 'letters can be typed on a phone')
  await code.fill(new TOTP({ secret }).generate())
  await code.press('Enter')
  await seeReference(page)
  t.same(refusals, ['401 /api/auth/login', '401 /api/auth/login'])
  t.same(faults, [])
})

t.test('an API token opens the reference', { skip: missing }, async (t) => {
  const { app, base } = await serve(t)
  await setUp(app)
  const { page, faults, refusals } = await openPage(t, base)
  await page.goto(`${base}/api/docs`)
  await page.getByText('Use an API token instead').click()
  const token = field(page, 'API token')
  for (const wrong of ['no-such-token', 'tøken']) {
    await token.fill(wrong)
    await page.getByRole('button', { name: 'Use this token' }).click()
    await page.getByText('This token is not valid here').waitFor()
  }
  await inspect(t, page, 'a token that is wrong')
  await token.fill(` Bearer ${mintApiToken(app)}`)
  await token.press('Enter')
  await seeReference(page)
  await page.getByText('API token', { exact: true }).first().waitFor()
  t.same(refusals, ['401 /api/openapi.json'])
  t.same(faults, [])
})

t.test('a limit is told with a countdown, during which the button waits', { skip: missing }, async (t) => {
  const { app, base } = await serve(t, { rateLimitLogin: 2 })
  await setUp(app)
  const { page, faults, refusals } = await openPage(t, base)
  await page.goto(`${base}/api/docs`)
  await logIn(page, 'admin', 'Wrong-Horse-7')
  await page.getByText('The username or password is incorrect.').waitFor()
  await logIn(page, 'admin', 'Wrong-Horse-8')
  const waiting = page.getByRole('button', { name: /^Wait \d+ s$/ })
  await waiting.waitFor()
  t.ok(await waiting.isDisabled())
  await page.getByText(/Too many requests from this address\. Try again in \d+ s\./).waitFor()
  await inspect(t, page, 'a limit')
  const label = await waiting.textContent()
  await waiting.filter({ hasNotText: label! }).waitFor()
  t.ok(refusals.includes('429 /api/auth/login'))
  t.same(faults, [])
})

t.test('while auth.json cannot be read, the page says where to look', { skip: missing }, async (t) => {
  const { app, base } = await serve(t)
  await setUp(app)
  const { page, faults, refusals } = await openPage(t, base)
  await page.goto(`${base}/api/docs`)
  await heading(page, 'Log in').waitFor()
  await writeFile(join(app.config.configDir, 'auth.json'), '{"username": "adm')
  await app.authStore.refresh()
  await logIn(page)
  await page.getByText('The file auth.json on this host is damaged or missing').waitFor()
  await inspect(t, page, 'auth.json is broken')
  t.equal(refusals[0], '503 /api/auth/login')
  t.ok(
    refusals.slice(1).every((refusal) => refusal === '503 /api/auth/refresh'),
    'then it is asked again by itself'
  )
  t.same(faults, [])
})
