import t from 'tap'
import { focusIs, inspect, openPage, serve } from '../browser/chromium.ts'
import { bearer, setUp } from '../support/app.ts'
import { post } from '../support/second-factor.ts'
import { comes } from '../support/waiting.ts'
import { button, field, heading, logIn, logOut, missing, missingOathtool, oathtool, seeOverview } from './screens.ts'

t.test('a wrong password is said, and no more than that', { skip: missing }, async (t) => {
  const { app, base } = await serve(t)
  await setUp(app)
  const { page, faults, refusals } = await openPage(t, base)
  await page.goto(base)
  await heading(page, 'Log in').waitFor()
  await focusIs(t, page, 'name', 'username')
  await inspect(t, page, 'login')
  await logIn(page, 'admin', 'Wrong-Horse-7')
  await page.getByText('The username or password is incorrect.').waitFor()
  await focusIs(t, page, 'name', 'password', 'to be typed over')
  await inspect(t, page, 'a wrong password')
  await logIn(page)
  await seeOverview(page)
  t.same(refusals, ['401 /api/auth/login'])
  t.same(faults, [])
})

t.test('the code of a phone is the second step, a backup code in its place', { skip: missingOathtool }, async (t) => {
  const time = { ahead: 0 }
  const { app, base } = await serve(t, {}, { now: () => Date.now() + time.ahead })
  const headers = bearer(await setUp(app))
  const { secret, backup_codes: codes } = (await post(app, 'totp/setup', {}, headers)).json()
  const now = () => Date.now() + time.ahead
  t.equal((await post(app, 'totp/enable', { token: oathtool(secret, now()) }, headers)).statusCode, 200)
  // A step is good once.
  time.ahead += 30_000
  const { page, faults, refusals } = await openPage(t, base)
  await page.goto(base)
  await logIn(page)
  await heading(page, 'Two-factor code').waitFor()
  const code = field(page, 'Code')
  t.equal(await code.getAttribute('autocomplete'), 'one-time-code')
  t.equal(await code.getAttribute('inputmode'), 'numeric')
  await inspect(t, page, 'the code')
  // The sixth digit sends it.
  await code.fill('00 00 00')
  await page.getByText('The code is incorrect').waitFor()
  t.equal(await code.inputValue(), '')
  await inspect(t, page, 'a wrong code')
  await code.fill(oathtool(secret, now()))
  await seeOverview(page)
  t.same(refusals, ['401 /api/auth/login', '401 /api/auth/login'], 'one asked for the code, one refused it')

  await logOut(page)
  await logIn(page)
  await button(page, 'Use a backup code').click()
  const backup = field(page, 'Backup code')
  t.equal(await backup.getAttribute('inputmode'), 'text', 'letters can be typed on a phone')
  await inspect(t, page, 'a backup code')
  await backup.fill(codes[0].toLowerCase())
  await backup.press('Enter')
  await seeOverview(page)

  await logOut(page)
  await logIn(page)
  await heading(page, 'Two-factor code').waitFor()
  // One that is pasted where digits are asked for is understood, and a used one is not taken.
  await field(page, 'Code').fill(codes[0])
  await backup.waitFor()
  // What a phone leaves of its screen above the keyboard: the reason is in view.
  await page.setViewportSize({ width: 360, height: 260 })
  await field(page, 'Backup code').press('Enter')
  await page.getByText('The code is incorrect').waitFor()
  const isInView = async () => {
    const { y, height } = (await page.getByRole('alert').boundingBox())!
    return y >= 0 && y + height <= 260
  }
  t.ok(await comes(isInView, { withinMs: 3000 }), 'the reason is in view')
  await page.setViewportSize({ width: 1440, height: 900 })
  await button(page, 'Back').click()
  await heading(page, 'Log in').waitFor()
  t.equal(await field(page, 'Password').inputValue(), '', 'no password stays in the page')
  t.same(faults, [])
})

t.test('after five failures the wait is counted down', { skip: missing }, async (t) => {
  const time = { ahead: 0 }
  const { app, base } = await serve(t, {}, { now: () => Date.now() + time.ahead })
  await setUp(app)
  const { page, faults, refusals } = await openPage(t, base)
  await page.clock.install()
  await page.goto(base)
  for (let i = 1; i <= 5; i++) {
    const answered = page.waitForResponse(/auth\/login/)
    await logIn(page, 'admin', `Wrong-Horse-${i}`)
    await answered
    await page.getByText('The username or password is incorrect.').waitFor()
  }
  await logIn(page)
  await page.getByText(/This account is locked out for your address\. Try again in 1[45] min/).waitFor()
  const wait = page.getByRole('button', { name: /^Wait 1[45] min/ })
  await wait.waitFor()
  t.ok(await wait.isDisabled())
  const shown = page.getByRole('alert').locator('.sr-only')
  t.match(await shown.innerText(), /^Try again in/, 'one time is on the screen: the countdown')
  t.equal(await page.evaluate('getComputedStyle(document.querySelector("form [disabled]")).opacity'), '1', 'to be read')
  await inspect(t, page, 'locked out')
  // Another name is not.
  await field(page, 'Username').fill('ada')
  t.ok(await button(page, 'Log in').isEnabled())
  t.equal(await page.getByRole('alert').count(), 0)
  await logIn(page)
  await wait.waitFor()
  await page.clock.runFor(61_000)
  await page.getByRole('button', { name: /^Wait 13 min/ }).waitFor()
  await page.clock.fastForward(15 * 60_000)
  time.ahead = 16 * 60_000
  await logIn(page)
  await seeOverview(page)
  t.equal(refusals.at(-1), '423 /api/auth/login')
  t.same(faults, [])
})

t.test('a limit is told, and kept to', { skip: missing }, async (t) => {
  const { app, base } = await serve(t, { rateLimitLogin: 3 })
  await setUp(app)
  const { page, faults } = await openPage(t, base)
  await page.goto(base)
  for (const text of ['is incorrect', 'is incorrect', 'Too many requests from this address.']) {
    await logIn(page, 'admin', 'Wrong-Horse-7')
    await page.getByRole('alert').filter({ hasText: text }).waitFor()
  }
  await page.getByRole('button', { name: /^Wait \d+ s/ }).waitFor()
  t.same(faults, [])
})
