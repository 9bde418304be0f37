import type { Page } from 'playwright-core'
import t from 'tap'
import { focusIs, inspect, openPage, serve } from '../browser/chromium.ts'
import { setUp } from '../support/app.ts'
import { button, createOwner, logIn, missing, seeOverview } from './screens.ts'
import { input, newTerminal, openTerminals, serveTerminals, shows } from './terminal-page.ts'

const search = (page: Page) => page.getByRole('dialog').getByRole('combobox')
const option = (page: Page, name: string) => page.getByRole('option', { name, exact: true })

t.test('Ctrl-K finds a page, a tab and an action by the keyboard', { skip: missing }, async (t) => {
  const { base } = await serve(t)
  const { page, faults } = await openPage(t, base)
  await createOwner(page, base)
  await page.keyboard.press('Control+k')
  await search(page).waitFor()
  await option(page, 'Security: Audit log').waitFor()
  await inspect(t, page, 'palette')
  await page.keyboard.type('audit')
  await page.keyboard.press('Enter')
  await page.waitForURL(/#\/security\/audit$/)
  await page.getByRole('tab', { name: 'Audit log', selected: true }).waitFor()
  await focusIs(t, page, 'id', 'main', 'the page has the focus')

  await page.keyboard.press('Control+k')
  await search(page).fill('no such page')
  await page.getByText('Nothing matches.').waitFor()
  await page.keyboard.press('Escape')
  await search(page).waitFor({ state: 'detached' })

  await button(page, 'Search pages and actions').click()
  await search(page).fill('theme dark')
  await page.keyboard.press('Enter')
  await search(page).waitFor({ state: 'detached' })
  t.equal(await page.evaluate('document.documentElement.dataset.theme'), 'dark')
  await focusIs(t, page, 'ariaLabel', 'Search pages and actions', 'after an action the focus is where it was')

  await page.keyboard.press('Control+k')
  await search(page).fill('log out')
  await page.keyboard.press('Enter')
  await page.getByText('You are logged out.').waitFor()
  await page.keyboard.press('Control+k')
  t.equal(await search(page).count(), 0, 'there is nothing to search before the login')
  t.same(faults, [])
})

t.test('the palette has only what the user may open', { skip: missing }, async (t) => {
  const { app, base } = await serve(t)
  await setUp(app)
  const { page } = await openPage(t, base)
  await page.route('**/api/auth/*', async (route) => {
    const reply = await route.fetch()
    const body = (await reply.json()) as { user?: { permissions: string[] } }
    if (body.user) body.user.permissions = ['system.view']
    await route.fulfill({ response: reply, json: body })
  })
  await page.goto(base)
  await logIn(page)
  await seeOverview(page)
  await page.keyboard.press('Control+k')
  await option(page, 'Security: Sessions').waitFor()
  for (const name of ['Logs', 'Terminal', 'Security: HTTPS', 'Settings: Environment', 'Guests'])
    t.equal(await option(page, name).count(), 0, name)
})

t.test('in a terminal and beside an open dialog Ctrl-K opens no palette', { skip: missing }, async (t) => {
  const { base } = await serveTerminals(t)
  const { page, faults } = await openTerminals(t, base)
  await newTerminal(page)
  await shows(page, 'ready>')
  // In bash Ctrl-K deletes to the end of the line.
  await input(page).focus()
  await page.keyboard.type('echo keep lost')
  for (const _ of 'lost') await input(page).press('ArrowLeft')
  await input(page).press('Control+k')
  await input(page).press('Enter')
  await shows(page, /^keep\s*$/)
  t.equal(await search(page).count(), 0)

  await page.goto(`${base}/#/security/tokens`)
  await button(page, 'New token').click()
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Control+k')
  t.equal(await page.getByRole('dialog').count(), 1)
  t.same(faults, [])
})
