import type { Page } from 'playwright-core'
import t from 'tap'
import { openPage, serve } from '../browser/chromium.ts'
import { bearer, PASSWORD, setUp } from '../support/app.ts'
import { comes } from '../support/waiting.ts'
import { account, button, createOwner, heading, logIn, missing, seeOverview } from './screens.ts'

/** What has the focus: its name, or of the page its kind. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(`(() => {
    const { activeElement: it } = document
    if (['main', 'body'].includes(it.localName)) return it.localName
    return it.getAttribute('aria-label') || it.innerText.trim()
  })()`)

/** What has the focus once it is `name`, or has not come to be: it is given back with the next turn. */
async function settled(page: Page, name: string | RegExp): Promise<string> {
  const isIt = (now: string) => (typeof name === 'string' ? now === name : name.test(now))
  let now = ''
  const isThere = async () => {
    now = await focused(page)
    return isIt(now)
  }
  await comes(isThere, { withinMs: 2000 })
  return now
}

t.test('a dialog gives the focus back to what opened it', { skip: missing }, async (t) => {
  const { app, base } = await serve(t)
  const headers = bearer(await setUp(app))
  const payload = { password: PASSWORD, token_name: 'Grafana' }
  await app.inject({ method: 'POST', url: '/api/auth/generate-api-token', payload, headers })
  const { page, faults } = await openPage(t, base)
  await page.goto(base)
  await logIn(page)
  await seeOverview(page)
  const dialog = page.getByRole('dialog')
  for (const key of ['Escape', 'Enter']) {
    await page.getByRole('button', { name: /show all checks/ }).focus()
    await page.keyboard.press('Enter')
    await heading(page, 'Host health').waitFor()
    if (key === 'Enter') await button(page, 'Close').focus()
    await page.keyboard.press(key)
    await dialog.waitFor({ state: 'hidden' })
    t.match(await settled(page, /show all checks/), /show all checks/, key)
  }

  // The item of the menu is gone by then.
  await page.goto(`${base}/#/security/tokens`)
  const menu = button(page, 'Actions for Grafana')
  const ask = async () => {
    await menu.focus()
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem', { name: 'Revoke' }).focus()
    await page.keyboard.press('Enter')
    await heading(page, 'Revoke Grafana?').waitFor()
  }
  await ask()
  await page.keyboard.press('Escape')
  t.equal(await settled(page, 'Actions for Grafana'), 'Actions for Grafana', 'Escape')
  await ask()
  await button(page, 'Cancel').click()
  t.equal(await settled(page, 'Actions for Grafana'), 'Actions for Grafana', 'Cancel')

  // Its first field has the focus before the dialog has.
  await page.route('**/api/auth/api-tokens/*', (route) =>
    route.fulfill({ status: 403, json: { code: 'STEP_UP_REQUIRED', message: '', needs: ['password'] } })
  )
  await ask()
  await dialog.getByRole('button', { name: 'Revoke' }).click()
  await heading(page, 'Confirm your identity').waitFor()
  await page.keyboard.press('Escape')
  await heading(page, 'Confirm your identity').waitFor({ state: 'hidden' })
  t.equal(await settled(page, 'Revoke'), 'Revoke', 'the dialog below goes on where it was')
  await page.keyboard.press('Escape')
  t.equal(await settled(page, 'Actions for Grafana'), 'Actions for Grafana')

  // And where the row itself goes, the page has it.
  await page.unroute('**/api/auth/api-tokens/*')
  await ask()
  await page.evaluate(`document.querySelector('[aria-label="Actions for Grafana"]').disabled = true`)
  await page.keyboard.press('Escape')
  t.equal(await settled(page, 'main'), 'main')
  t.same(faults, [])
})

t.test('a link in a menu leads into the page, and a menu that is left to its button', { skip: missing }, async (t) => {
  const { base } = await serve(t)
  const { page, faults } = await openPage(t, base)
  await createOwner(page, base)
  const open = async () => {
    await account(page).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem', { name: 'Profile' }).focus()
  }
  await open()
  await page.keyboard.press('Escape')
  t.match(await settled(page, /^Account of/), /^Account of/)
  await open()
  await page.keyboard.press('Enter')
  await heading(page, 'Profile').waitFor()
  t.equal(await settled(page, 'main'), 'main')
  await open()
  await page.keyboard.press('Escape')
  t.match(await settled(page, /^Account of/), /^Account of/, 'then too')
  t.same(faults, [])
})
