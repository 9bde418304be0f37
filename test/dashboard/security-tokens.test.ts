import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import t from 'tap'
import { inspect, openPage, serve } from '../browser/chromium.ts'
import { bearer, PASSWORD, setUp } from '../support/app.ts'
import { button, field, heading, logIn, missing } from './screens.ts'

async function openTokens(page: Page, base: string): Promise<void> {
  await page.goto(`${base}/#/security/tokens`)
  await logIn(page)
  await heading(page, 'API tokens').waitFor()
}
const statusOf = async (base: string, token: string, path = '/api/system') =>
  (await fetch(`${base}${path}`, { headers: bearer(token) })).status
const shownToken = (page: Page) => page.locator('[role=dialog] code').first().innerText()
const act = async (page: Page, name: string, verb: string) => {
  await button(page, `Actions for ${name}`).click()
  await page.getByRole('menuitem', { name: verb }).click()
}

t.test('a token is made, used by curl, rotated and revoked', { skip: missing }, async (t) => {
  const { app, base } = await serve(t)
  await setUp(app)
  const { page, faults, refusals } = await openPage(t, base)
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await openTokens(page, base)
  await page.getByText('No API tokens yet').waitFor()
  await inspect(t, page, 'no tokens')

  await button(page, 'New token').click()
  await field(page, 'Name').fill('Home Assistant')
  await page.getByRole('combobox', { name: 'Valid for' }).selectOption('30 days')
  await field(page, 'Allowed networks').fill('127.0.0.1, nonsense')
  await field(page, 'Your password').fill(PASSWORD)
  await inspect(t, page, 'a new token')
  await button(page, 'Generate token').click()
  await page.getByText(/Allowed_ips:|nonsense/).waitFor()
  await field(page, 'Allowed networks').fill('127.0.0.1, ::1')
  await button(page, 'Generate token').click()
  await heading(page, 'Copy your token now').waitFor()
  await inspect(t, page, 'a token, once')
  await page.keyboard.press('Escape')
  const token = await shownToken(page)
  await button(page, 'Copy token').click()
  await button(page, 'Copied').waitFor()
  t.equal(await page.evaluate('navigator.clipboard.readText()'), token)
  const line = await page.locator('[role=dialog] code').nth(1).innerText()
  // The daemon is in this process, and must not wait for the command.
  const { stdout } = await promisify(execFile)('sh', ['-c', `${line} -s`], { timeout: 10_000 })
  t.match(JSON.parse(stdout), { success: true, hostname: String })
  const recipe = page.getByRole('combobox', { name: 'Use it with' })
  await recipe.selectOption('Home Assistant')
  t.match(await page.locator('[role=dialog] code').nth(1).innerText(), `Bearer ${token}`)
  t.match(await page.locator('[role=dialog] code').nth(2).innerText(), /^rest:\n {2}- resource: http/)
  await button(page, 'Copy configuration.yaml').waitFor()
  await inspect(t, page, 'a recipe for a new token')
  await button(page, 'I have copied it').click()
  t.equal(await page.getByText(token).count(), 0, 'it is nowhere any more')
  const row = page.getByRole('row', { name: /^Home Assistant/ })
  await row.getByText('127.0.0.1', { exact: true }).waitFor()
  await row.getByText('Read only').waitFor()
  await row.getByText('Valid').waitFor()
  await inspect(t, page, 'a list of tokens')
  t.equal(await statusOf(base, token, '/api/auth/sessions'), 403, 'it reads, and no more')

  await act(page, 'Home Assistant', 'Rotate')
  await field(page, 'Your password').fill(PASSWORD)
  await button(page, 'Create new token').click()
  await heading(page, 'Replace the old token').waitFor()
  await inspect(t, page, 'a successor')
  const successor = await shownToken(page)
  t.equal(await statusOf(base, token), 200, 'the old one goes on')
  t.equal(await statusOf(base, successor), 200)
  await button(page, 'Revoke old token').click()
  await page.getByText('API token revoked.').waitFor()
  t.equal(await statusOf(base, token), 401)
  t.equal(await statusOf(base, successor), 200)

  await act(page, 'Home Assistant', 'Revoke')
  await heading(page, 'Revoke Home Assistant?').waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  t.equal(await statusOf(base, successor), 200, 'a second thought')
  await act(page, 'Home Assistant', 'Revoke')
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
  await button(page, 'Show 2 inactive').click()
  await page.getByText('Revoked', { exact: true }).first().waitFor()
  t.equal(await statusOf(base, successor), 401)
  t.same(refusals, ['400 /api/auth/generate-api-token'])
  t.same(faults, [])
})

t.test('a token that another secret signed says what to do', { skip: missing }, async (t) => {
  const { app, base } = await serve(t)
  const headers = bearer(await setUp(app))
  const payload = { password: PASSWORD, token_name: 'Grafana', scope: 'full_admin' }
  await app.inject({ method: 'POST', url: '/api/auth/generate-api-token', payload, headers })
  await app.authStore.update((draft) => Object.assign(draft.api_tokens![0]!, { signed_with: '0123456789abcdef' }))
  const { page, faults, refusals } = await openPage(t, base)
  await openTokens(page, base)
  await page.getByText('Invalid — regenerate').waitFor()
  await page.getByText('Full admin').waitFor()
  await inspect(t, page, 'an invalid token')
  t.same(refusals, [])
  t.same(faults, [])
})

t.test('while the list cannot be loaded, a token can be made all the same', { skip: missing }, async (t) => {
  const { app, base } = await serve(t)
  await setUp(app)
  const { page, faults, refusals } = await openPage(t, base)
  await page.route('**/api/auth/api-tokens?*', (route) => route.fulfill({ status: 502, body: 'Bad Gateway' }))
  await openTokens(page, base)
  await page.getByText('(HTTP 502)').waitFor()
  await button(page, 'New token').click()
  await heading(page, 'New API token').waitFor()
  await page.unroute('**/api/auth/api-tokens?*')
  await button(page, 'Cancel').click()
  await page.getByText('No API tokens yet').waitFor()
  t.same([...new Set(refusals)], ['502 /api/auth/api-tokens'])
  t.same(faults, [])
})
