import t from 'tap'
import { button, fillOwner, missing, seeOverview } from '../dashboard/screens.ts'
import { inspect, openPage, seeReference, serve, tryOut } from './chromium.ts'
import { startProxy } from './proxy.ts'

t.test('under a sub-path all of it works', { skip: missing }, async (t) => {
  const { base } = await serve(t)
  const mounted = await startProxy(t, base, { mount: '/tools/monitor' })
  const { page, faults, refusals } = await openPage(t, mounted)
  await page.goto(`${mounted}/api/docs`)
  await button(page, 'Yes, Setup Password').click()
  await fillOwner(page)
  await button(page, 'Save and open the dashboard').click()
  await seeReference(page)
  await page.getByText(mounted).first().waitFor()
  t.match(await tryOut(page), /"memory_total": [1-9]/)
  await inspect(t, page, 'a sub-path')
  t.ok((await page.context().cookies()).every(({ path }) => path === '/tools/monitor/api/auth'))
  await page.getByRole('link', { name: 'ProxMenux Monitor' }).click()
  await seeOverview(page)
  t.same(refusals, [])
  t.same(faults, [])
})
