import t from 'tap'
import { openPage, serve } from '../browser/chromium.ts'
import { createOwner, heading, logOut, missing, seeOverview } from './screens.ts'

t.test('two monitors on one host name keep their sessions apart', { skip: missing }, async (t) => {
  const { base } = await serve(t)
  const { base: otherBase } = await serve(t)
  const { page } = await openPage(t, base)
  const otherPage = await page.context().newPage()
  await createOwner(page, base)
  await createOwner(otherPage, otherBase)
  for (const each of [page, otherPage, page, page, otherPage]) {
    await each.reload()
    await seeOverview(each)
  }
  await logOut(otherPage)
  await page.reload()
  await seeOverview(page)
  await otherPage.reload()
  await heading(otherPage, 'Log in').waitFor()
  await page.reload()
  await seeOverview(page)
  const names = (await page.context().cookies()).map(({ name }) => name)
  t.ok(names.includes(`refresh_token_http_${new URL(base).port}`))
  t.notOk(names.includes(`refresh_token_http_${new URL(otherBase).port}`))
})
