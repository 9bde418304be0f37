import t from 'tap'
import { setUp } from '../helper.ts'
import { inspect, missing, openPage, serve } from './chromium.ts'

t.test('the first page tells how protected the host is', { skip: missing }, async (t) => {
  const { app, base } = await serve(t, {}, { vitals: { hostname: () => 'pve1' } })
  const { page, faults, refusals } = await openPage(t, base)
  const see = async (label: string, action: string) => {
    await page.goto(base)
    await page.locator('#protection').getByText(label, { exact: true }).waitFor()
    await page.getByRole('heading', { name: 'pve1' }).waitFor()
    t.equal(await page.getByRole('link', { name: action }).getAttribute('href'), 'api/docs')
    await inspect(t, page, label)
  }
  await see('Not protected yet', 'Protect this host')
  await app.accounts.skip()
  await see('Open to everyone on this network', 'Set a password after all')
  await setUp(app)
  await see('Protected', 'Sign in to the API')
  await app.authStore.update((draft) => Object.assign(draft, { enabled: false }))
  await see('Protection is switched off', 'Open the API reference')

  t.match(await page.locator('#uptime').textContent(), /^(\d+d )?(\d+h )?\d+m$/)
  t.match(await page.locator('#updated').textContent(), /^Updated \d/)
  t.match(await page.title(), 'pve1')
  t.same(refusals, [])
  t.same(faults, [])
})

t.test('it refreshes itself every half minute, but not while nobody looks', { skip: missing }, async (t) => {
  const { base } = await serve(t)
  const { page, faults } = await openPage(t, base)
  let asked = 0
  page.on('request', (request) => {
    if (request.url().endsWith('/api/system-info')) asked++
  })
  const hide = (hidden: boolean) =>
    page.evaluate(`Object.defineProperty(document, 'hidden', { value: ${hidden}, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'))`)
  await page.clock.install()
  await page.goto(base)
  await page.getByText(/^Updated/).waitFor()
  t.equal(asked, 1)
  const again = async (act: () => Promise<unknown>) => {
    const answered = page.waitForResponse(/system-info/)
    await act()
    await answered
    // The next round is planned once both answers are in.
    await page.waitForTimeout(300)
  }
  await again(() => page.clock.runFor(31_000))
  t.equal(asked, 2)
  await hide(true)
  await page.clock.runFor(300_000)
  t.equal(asked, 2, 'a hidden tab asks nothing')
  await again(() => hide(false))
  t.equal(asked, 3, 'and asks at once when it is looked at')
  t.same(faults, [])
})

t.test('a host that does not answer is not made to look as if it did', { skip: missing }, async (t) => {
  const { app, base } = await serve(t)
  const { page } = await openPage(t, base)
  await page.goto(base)
  await page.getByText(/^Updated/).waitFor()
  await page.route('**/api/*/status', (route) => route.abort())
  await page.route('**/api/system-info', (route) => route.abort())
  await page.evaluate('document.dispatchEvent(new Event("visibilitychange"))')
  await page.getByText('No answer from this host.').waitFor()
  await page.getByText(/^Last answer \d/).waitFor()
  await inspect(t, page, 'no answer any more')
  await page.reload()
  await page.getByText('No answer yet').waitFor()
  await inspect(t, page, 'no answer at all')
  await page.unrouteAll()
  await page.getByRole('button', { name: 'Try now' }).click()
  await page.getByText(/^Updated/).waitFor()
  t.notOk(await page.getByRole('alert').isVisible())

  await page.route('**/api/system-info', (route) =>
    route.fulfill({ status: 502, contentType: 'text/html', body: '<h1>Bad Gateway</h1>' })
  )
  await page.reload()
  await page.getByText('Something between you and this host answered in its place (HTTP 502).').waitFor()
  t.ok(app.server.listening)
})

t.test('a limit is told, and kept to', { skip: missing }, async (t) => {
  const { base } = await serve(t, { rateLimit: 2 })
  const { page, faults, refusals } = await openPage(t, base)
  await page.goto(base)
  await page.getByText(/^Updated/).waitFor()
  await page.reload()
  await page.getByText(/Too many requests from this address\. Trying again in \d+ s\./).waitFor()
  await inspect(t, page, 'a limit')
  t.same([...new Set(refusals)].toSorted(), ['429 /api/auth/status', '429 /api/system-info'])
  t.same(faults, [])
})
