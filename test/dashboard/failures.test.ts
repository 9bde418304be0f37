import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import t, { type Test } from 'tap'
import { inspect, openPage, serve } from '../browser/chromium.ts'
import { setUp, temporaryFolder } from '../support/app.ts'
import { until } from '../support/waiting.ts'
import { button, heading, logIn, missing } from './screens.ts'

async function openAt(t: Test, place: string) {
  const folder = await temporaryFolder(t)
  // A disk that is too full for what its owner set: there is something to acknowledge.
  const settings = { health: { thresholds: { filesystem: { warning: 1, critical: 100 } } } }
  await writeFile(join(folder, 'settings.json'), JSON.stringify(settings))
  const { app, base } = await serve(t, {}, { folder })
  await setUp(app)
  const opened = await openPage(t, base)
  const { page } = opened
  await page.clock.install()
  await page.goto(`${base}/#/${place}`)
  await heading(page, 'Log in').waitFor()
  return { app, base, ...opened, enter: () => logIn(page) }
}

const refuse = (page: Page, path: string, status: number, headers: Record<string, string> = {}) =>
  page.route(path, (route) =>
    route.fulfill({
      status,
      headers,
      json: { code: status === 429 ? 'RATE_LIMITED' : 'BUSY', message: 'the host is busy' }
    })
  )

/** Waits for what the page shows only after a while, with a clock that runs ahead. */
const seeLater = (page: Page, place: Locator) =>
  until(async () => {
    await page.clock.runFor(1000)
    return place.isVisible()
  })

t.test('what is asked once is asked again after a failure, and not before it may be', { skip: missing }, async (t) => {
  const { page, enter } = await openAt(t, 'terminal')
  const path = '**/api/terminal/sessions'
  await refuse(page, path, 503, { 'retry-after': '3' })
  await enter()
  await page.getByText('The terminal is not available').waitFor()
  t.ok(await button(page, 'Retry now').isDisabled(), 'the host has asked to wait')
  await inspect(t, page, 'a terminal that cannot be reached')
  await page.unroute(path)
  // The list is asked for every ten seconds there.
  await page.getByText('Shell on this host').waitFor()

  // Nobody has said how long, and nobody waits for it.
  await page.goto(page.url().replace(/#.*/, '#/network'))
  await heading(page, 'Network').waitFor()
  await refuse(page, path, 503)
  await page.goto(page.url().replace(/#.*/, '#/terminal'))
  await page.getByText('The terminal is not available').waitFor()
  await page.unroute(path)
  await button(page, 'Retry now').click()
  await page.getByText('Shell on this host').waitFor({ timeout: 8000 })
})

t.test('a limit that is over can be tried again, in a recording too', { skip: missing }, async (t) => {
  const { page, enter } = await openAt(t, 'terminal/recordings/20260101T000000Z-0011223344556677')
  const path = '**/api/terminal/recordings/*'
  await refuse(page, path, 429, { 'retry-after': '2' })
  await enter()
  await page.getByText('Too many requests from this address.').waitFor()
  t.ok(await button(page, 'Retry now').isDisabled())
  await page.unroute(path)
  const asked = page.waitForResponse(/\/recordings\//)
  t.equal((await asked).status(), 404, 'by itself, and a refusal is not asked for again')
  await page.getByText('Too many requests from this address.').waitFor({ state: 'hidden' })
  t.notOk(await button(page, 'Retry now').isDisabled())
  const again = page.waitForResponse(/\/recordings\//, { timeout: 6000 }).then(
    () => true,
    () => false
  )
  t.notOk(await again)
})

t.test(
  'what somebody writes about a check outlasts a host that is silent for a moment',
  { skip: missing },
  async (t) => {
    const { page, enter } = await openAt(t, '')
    await enter()
    await page.getByRole('button', { name: /show all checks/ }).click()
    await button(page, 'Acknowledge…').first().click()
    const reason = page.getByRole('textbox', { name: 'Reason' })
    await reason.fill('a new disk comes')
    await page.route('**/api/system-info', (route) => route.abort())
    await seeLater(page, page.getByText('No connection'))
    t.equal(await reason.inputValue(), 'a new disk comes')
    await page.keyboard.press('Escape')
    await page.unroute('**/api/system-info')
    await seeLater(page, page.getByRole('button', { name: /show all checks/ }))
    t.equal(await page.getByRole('dialog').count(), 0, 'what was closed stays so')
  }
)

t.test('a card whose own source fails says so, and how old its numbers are', { skip: missing }, async (t) => {
  const { page, enter } = await openAt(t, 'network')
  // Without a stream each topic is asked for by itself.
  await page.routeWebSocket('**/ws/live**', (socket) => socket.close())
  for (const path of ['storage', 'updates', 'info']) await refuse(page, `**/api/${path}`, 503)
  await refuse(page, '**/api/node/metrics?timeframe=week', 503)
  await enter()
  const card = (name: string) => page.getByRole('region', { name, exact: true })
  await heading(page, 'Total').waitFor()
  await page.getByRole('link', { name: 'Overview' }).first().click()
  await card('Storage in use').getByText('The host is busy.').waitFor()
  await card('Disk I/O').getByText('The host is busy.').waitFor()
  await card('Health').getByText('The host is busy.').nth(1).waitFor()
  await card('This host').getByText('The host is busy.').waitFor()
  t.equal(await card('Health').getByRole('button').count(), 1, 'no updates to list')
  await page.getByText('Week', { exact: true }).click()
  await card('History').getByText('The host is busy.').waitFor()
  await inspect(t, page, 'an overview with gaps')

  await card('Network').getByText('Received').waitFor()
  t.equal(await card('Network').getByText(/ old$/).count(), 0)
  await refuse(page, '**/api/network', 503)
  await seeLater(page, card('Network').getByText(/ old$/))
  t.ok(await card('Network').getByText('Received').isVisible(), 'the last numbers stay')
  await inspect(t, page, 'an overview with old numbers')
})
