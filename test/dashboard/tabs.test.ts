import t from 'tap'
import { openPage, serve } from '../browser/chromium.ts'
import { account, createOwner, heading, logIn, logOut, missing, seeOverview } from './screens.ts'

for (const locks of ['of the browser', 'of our own, as over plain HTTP'] as const) {
  t.test(
    `eight tabs at once, locks ${locks}: none takes another’s refresh token for stolen`,
    { skip: missing },
    async (t) => {
      const { app, base } = await serve(t)
      const { page, faults, refusals } = await openPage(t, base)
      if (locks !== 'of the browser') {
        await page.context().addInitScript('Object.defineProperty(navigator, "locks", { value: undefined })')
      }
      await createOwner(page, base)
      const tabs = await Promise.all(Array.from({ length: 8 }, () => page.context().newPage()))
      await Promise.all(tabs.map((tab) => tab.goto(base)))
      await Promise.all(tabs.map(seeOverview))
      await page.reload()
      await seeOverview(page)
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
