import type { Page } from 'playwright-core'
import t from 'tap'
import { inspect, openPage, serve } from '../browser/chromium.ts'
import { PASSWORD } from '../support/app.ts'
import { passTime, quietFor } from '../support/waiting.ts'
import { button, createOwner, field, heading, logIn, logOut, missing, seeOverview } from './screens.ts'

/** Everything scripts can find again after a reload, but the avatar’s object URL. */
const stored = (page: Page): Promise<string> =>
  page.evaluate(`(async () => JSON.stringify([
    { ...localStorage }, { ...sessionStorage }, document.cookie, (await indexedDB.databases()).length
  ]))()`)

t.test('a reload keeps the session by its cookie, and no token lies anywhere', { skip: missing }, async (t) => {
  const { base } = await serve(t)
  const { page, faults, refusals } = await openPage(t, base)
  const tokens: string[] = []
  page.on('response', async (response) => {
    if (/auth\/(setup|refresh)$/.test(response.url())) tokens.push((await response.json()).token)
  })
  await createOwner(page, base)
  await page.reload()
  await seeOverview(page)
  t.equal(tokens.length, 2)
  const found = await stored(page)
  for (const token of tokens) t.notOk(found.includes(token.slice(0, 20)))
  t.same(JSON.parse(found), [{ 'signed-in': '1' }, {}, '', 0])
  await logOut(page)
  t.same((await page.context().cookies()).length, 0)
  await page.reload()
  await heading(page, 'Log in').waitFor()
  t.same(refusals, [], 'without a cookie none is tried')
  t.same(faults, [])
})

t.test('a token is renewed before it ends, once for many calls', { skip: missing }, async (t) => {
  const { base } = await serve(t, { sessionTtl: 8 })
  const { page, faults, refusals } = await openPage(t, base)
  let refreshes = 0
  page.on('request', (request) => {
    if (request.url().endsWith('/auth/refresh')) refreshes++
  })
  await createOwner(page, base)
  const renewed = page.waitForResponse(/auth\/refresh$/)
  t.equal((await renewed).status(), 200)
  await page.waitForResponse(/api\/processes\?/)
  t.equal(refreshes, 1)
  t.same(refusals, [], 'nobody was refused for it')
  t.same(faults, [])
})

t.test('a session that is ended elsewhere is asked for again, and says why', { skip: missing }, async (t) => {
  const { app, base } = await serve(t)
  const { page, faults } = await openPage(t, base)
  await createOwner(page, base)
  await app.sessions.endAll(1)
  await page.getByText('Your session has ended. Log in again.').waitFor()
  await inspect(t, page, 'a session that has ended')
  await logIn(page)
  await seeOverview(page)
  t.same(faults, [])
})

t.test('a call that needs a confirmation asks for it once, and goes on', { skip: missing }, async (t) => {
  const { base } = await serve(t)
  const { page, faults, refusals } = await openPage(t, base)
  await createOwner(page, base)
  // No page of today has such a call: the demand is made up, the confirmation is real.
  const body = {
    success: false,
    error: 'confirm with your password',
    message: 'confirm with your password',
    code: 'STEP_UP_REQUIRED',
    needs: ['password']
  }
  await page.route(/api\/processes\?/, (route) => route.fulfill({ status: 403, json: body }), { times: 1 })
  await heading(page, 'Confirm your identity').waitFor()
  await inspect(t, page, 'a confirmation')
  await field(page, 'Password').fill('Wrong-Horse-7')
  await button(page, 'Confirm').click()
  await page.getByText('The password is incorrect.').waitFor()
  await field(page, 'Password').fill(PASSWORD)
  const again = page.waitForResponse(/api\/processes\?/)
  await button(page, 'Confirm').click()
  t.equal((await again).status(), 200)
  await heading(page, 'Confirm your identity').waitFor({ state: 'detached' })
  t.same(refusals, ['403 /api/processes', '403 /api/auth/confirm'])
  t.same(faults, [])
})

t.test('a tab nobody looks at asks nothing, and few requests are made in all', { skip: missing }, async (t) => {
  const { base } = await serve(t)
  const { page, faults } = await openPage(t, base)
  await createOwner(page, base)
  let asked = 0
  page.on('request', () => asked++)
  const hide = (hidden: boolean) =>
    page.evaluate(`Object.defineProperty(document, 'hidden', { value: ${hidden}, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'))`)
  await hide(true)
  // What was under way then comes to its end, with all that follows from it.
  await passTime(500)
  asked = 0
  await quietFor(6000)
  t.equal(asked, 0)
  const answered = page.waitForResponse(/api\/live\/ticket$/)
  await hide(false)
  await answered
  t.same(faults, [])
})
