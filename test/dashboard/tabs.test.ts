import t from 'tap'
import { openPage, serve } from '../browser/chromium.ts'
import { quietFor } from '../support/waiting.ts'
import { account, createOwner, heading, logIn, logOut, missing, seeOverview } from './screens.ts'

for (const locks of ['of the browser', 'of our own, as over plain HTTP'] as const) {
  t.test(
    `three tabs, the first of them slow, locks ${locks}: no token passes for stolen`,
    { skip: missing },
    async (t) => {
      const held = { arrived: Promise.withResolvers<void>(), goOn: Promise.withResolvers<void>() }
      let isHolding = false
      const { app, base } = await serve(
        t,
        {},
        {
          onRoute(route) {
            if (route.url !== '/api/auth/refresh') return
            route.preHandler = async () => {
              if (!isHolding) return
              isHolding = false
              held.arrived.resolve()
              await held.goOn.promise
            }
          }
        }
      )
      const { page, faults, refusals } = await openPage(t, base)
      if (locks !== 'of the browser') {
        await page.context().addInitScript('Object.defineProperty(navigator, "locks", { value: undefined })')
      }
      await createOwner(page, base)
      isHolding = true
      const [slow, second, third] = [await page.context().newPage(), await page.context().newPage(), page]
      await slow.goto(base)
      await held.arrived.promise
      // Each time long enough for a tab that does not wait to take the token that is on its way, and then its successor.
      await second.goto(base)
      await quietFor(1500)
      await third.reload()
      await quietFor(1500)
      held.goOn.resolve()
      await Promise.all([slow, second, third].map(seeOverview))
      t.equal((await app.sessions.listOf(1, app.clock())).length, 1)
      t.same(refusals, [])
      t.same(faults, [])
    }
  )
}

t.test('tabs come and go together', { skip: missing }, async (t) => {
  const { base } = await serve(t)
  const { page, faults, refusals } = await openPage(t, base)
  const other = await page.context().newPage()
  await other.goto(base)
  await heading(other, 'Protect Your Dashboard?').waitFor()
  await createOwner(page, base)
  await seeOverview(other)
  await logOut(page)
  await heading(other, 'Log in').waitFor()
  await logIn(other)
  await seeOverview(page)
  t.equal(await account(page).getAttribute('aria-label'), 'Account of admin')
  t.same(refusals, [])
  t.same(faults, [])
})
