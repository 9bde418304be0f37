import type { Page } from 'playwright-core'
import t from 'tap'
import { openPage, serve } from '../browser/chromium.ts'
import { setUp } from '../support/app.ts'
import { comes, until } from '../support/waiting.ts'
import { createOwner, heading, logIn, missing, seeOverview } from './screens.ts'

const isAt = (page: Page, place: string) => until(() => new URL(page.url()).hash === place)
const dialogs = (page: Page) => page.getByRole('dialog')
const openHealth = async (page: Page) => {
  await page.getByRole('button', { name: /show all checks/ }).click()
  await heading(page, 'Host health').waitFor()
}

t.test('Back closes an open dialog, and only then leaves the page', { skip: missing }, async (t) => {
  const { app, base } = await serve(t)
  await setUp(app)
  const { page, faults } = await openPage(t, base)
  await page.goto(`${base}/#/network`)
  await logIn(page)
  await heading(page, 'Network').waitFor()
  await page.goto(`${base}/#/logs`)
  await heading(page, 'Logs').waitFor()

  await openHealth(page)
  await page.goBack()
  await dialogs(page).waitFor({ state: 'hidden' })
  t.equal(new URL(page.url()).hash, '#/logs', 'the page stays')
  await page.goBack()
  await isAt(page, '#/network')

  // Closed in another way, a dialog costs no press of Back.
  await page.goto(`${base}/#/logs`)
  await heading(page, 'Logs').waitFor()
  for (let i = 0; i < 3; i++) {
    await openHealth(page)
    await page.keyboard.press('Escape')
    await dialogs(page).waitFor({ state: 'hidden' })
  }
  await until(async () => (await page.evaluate('history.state?.dialog')) !== true)
  await page.goBack()
  await isAt(page, '#/network')
  t.same(faults, [])
})

t.test('a reload with an open dialog leaves no trace in the history', { skip: missing }, async (t) => {
  const { app, base } = await serve(t)
  await setUp(app)
  const { page } = await openPage(t, base)
  await page.goto(`${base}/#/network`)
  await logIn(page)
  await heading(page, 'Network').waitFor()
  await openHealth(page)
  await until(async () => (await page.evaluate('history.state?.dialog')) === true)
  await page.reload()
  await heading(page, 'Network').waitFor()
  t.equal(await page.evaluate('history.state'), null)
})

t.test('the header does not keep its verdict when the network is gone', { skip: missing }, async (t) => {
  const { base } = await serve(t)
  const { page } = await openPage(t, base)
  await createOwner(page, base)
  const verdict = page.getByRole('button', { name: /show all checks/ })
  await verdict.waitFor()
  await page.context().setOffline(true)
  await page.getByText('No connection').waitFor({ timeout: 5000 })
  t.equal(await verdict.count(), 0, 'no verdict that nobody confirms')
  await page.context().setOffline(false)
  await verdict.waitFor()
})

t.test('a verdict is called old while its confirmation gets no answer', { skip: missing }, async (t) => {
  const { base } = await serve(t)
  const { page } = await openPage(t, base)
  await page.clock.install()
  await createOwner(page, base)
  await seeOverview(page)
  const verdict = page.getByRole('button', { name: /show all checks/ })
  t.notMatch(await verdict.innerText(), / old/)
  // Neither an answer nor an error.
  await page.route('**/api/system-info', () => {})
  const isOld = async () => {
    await page.clock.runFor(1000)
    return (await verdict.getByText(/, .+ old/).count()) > 0
  }
  t.ok(await comes(isOld))
})

t.test('a verdict from before the login, or from before a cut, is asked for again', { skip: missing }, async (t) => {
  const { app, base } = await serve(t)
  await setUp(app)
  const { page } = await openPage(t, base)
  let status = 'healthy'
  let answers = 0
  await page.route('**/api/system-info', async (route) => {
    const response = await route.fetch()
    const info = (await response.json()) as { health: object }
    answers++
    await route.fulfill({ response, json: { ...info, health: { ...info.health, status } } })
  })
  let cut = async () => {}
  await page.routeWebSocket('**/ws/live**', (socket) => {
    socket.connectToServer()
    cut = () => socket.close({ code: 1012 })
  })
  await page.goto(`${base}/`)
  await until(() => answers > 0)
  // It is polled every 15 s.
  const shows = (name: RegExp) => page.getByRole('button', { name }).waitFor({ timeout: 10_000 })
  status = 'warning'
  await logIn(page)
  await shows(/^Warning.*show all checks/s)
  await seeOverview(page)

  const before = answers
  await cut()
  await until(() => answers > before)
  status = 'critical'
  await shows(/^Critical.*show all checks/s)
  t.pass('shown before the next poll')
})
