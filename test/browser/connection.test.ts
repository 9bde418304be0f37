import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Secret, TOTP } from 'otpauth'
import type { Page } from 'playwright-core'
import t from 'tap'
import { createSelfSigned } from '../../lib/tls/self-signed.ts'
import { button, field, heading, logIn, missing, seeOverview } from '../dashboard/screens.ts'
import { PASSWORD, setUp } from '../support/app.ts'
import { expireConfirmations } from '../support/sessions.ts'
import { focusIs, inspect, openPage, serve } from './chromium.ts'
import { startProxy } from './proxy.ts'

const told = { 'x-forwarded-for': '192.168.1.20', 'x-forwarded-proto': 'http' }

async function enter(page: Page, base: string): Promise<void> {
  await page.goto(`${base}/connection`)
  await logIn(page)
  await heading(page, 'Connection').waitFor()
}
const see = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor()
const region = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
const socketIs = (page: Page, state: string) => region(page, 'WebSocket').getByText(state, { exact: true }).waitFor()
const stations = (page: Page) => page.getByRole('list', { name: 'Path of your requests' }).locator('li').allInnerTexts()
const trustButton = (page: Page) => button(page, 'Trust 127.0.0.1')

/** What the browser and the host do not agree on. */
async function differences(page: Page): Promise<string[]> {
  const cells = await region(page, 'What each end sees').locator('tbody td').allInnerTexts()
  return cells.filter((cell, i) => i % 2 === 1 && cell !== cells[i - 1])
}

async function confirmWith(page: Page, password: string): Promise<void> {
  await field(page, 'Password').fill(password)
  await button(page, 'Confirm').click()
}

t.test('a proxy as it should be: all is well, at one glance', { skip: missing }, async (t) => {
  const { app, base } = await serve(t)
  await setUp(app)
  const front = await startProxy(t, base, { headers: told })
  const { page, faults, refusals } = await openPage(t, front)
  await page.goto(`${front}/connection`)
  await logIn(page)
  await see(page, 'No problems found')
  await socketIs(page, 'Works')
  t.match(
    await region(page, 'WebSocket').getByRole('status').textContent(),
    /^A test message came back after \d+ ms\.$/
  )
  t.match(await stations(page), [
    /^You\n192\.168\.1\.20/,
    /^Proxy\n127\.0\.0\.1\nTrusted\. MONITOR_TRUSTED_PROXIES: loopback$/,
    /^This host\n127\.0\.0\.1/
  ])
  await page.getByText('Forwarding headers received').first().click()
  await see(page, 'x-forwarded-proto')
  await inspect(t, page, 'all is well')
  await page.getByRole('button', { name: 'Check again' }).click()
  await socketIs(page, 'Works')
  t.same(refusals, [])
  t.same(faults, [])
})

t.test('a proxy is trusted for a minute, and then kept', { skip: missing }, async (t) => {
  const { app, base } = await serve(t, { trustedProxies: [] })
  await setUp(app)
  const front = await startProxy(t, base, { headers: told })
  const { page, faults, refusals } = await openPage(t, front)
  await enter(page, front)
  await see(page, 'A proxy at 127.0.0.1 forwards to this host but is not trusted.')
  t.match(await stations(page), [/^Claimed by a header\n192\.168\.1\.20/, /^Your address\n127\.0\.0\.1/, /^This host/])
  await inspect(t, page, 'a proxy that is not trusted')

  await expireConfirmations(app)
  await trustButton(page).press('Enter')
  await heading(page, 'Confirm your identity').waitFor()
  await focusIs(t, page, 'type', 'password', 'one can type at once')
  await inspect(t, page, 'the password again')
  await page.keyboard.press('Escape')
  t.same(app.trustedProxies.read(), [], 'whoever goes back has changed nothing')
  await trustButton(page).click()
  await confirmWith(page, 'Wrong-Horse-7')
  await see(page, 'The password is incorrect.')
  await confirmWith(page, PASSWORD)

  await see(page, 'The trusted proxies were changed')
  await see(page, /^(1 min 00|5\d) s$/)
  await page.waitForFunction('document.activeElement.textContent === "Confirm change"')
  t.match(await stations(page), [/^You\n192\.168\.1\.20/, /settings\.json: 127\.0\.0\.1$/, /^This host/])
  await inspect(t, page, 'a change that waits')
  await page.reload()
  await see(page, 'The trusted proxies were changed')
  await page.getByRole('button', { name: 'Confirm change' }).press('Enter')
  await see(page, 'Change confirmed.')
  await button(page, 'Confirm change').waitFor({ state: 'hidden' })
  await see(page, 'No problems found')
  t.same(app.trustedProxies.read(), ['127.0.0.1'])
  t.equal(app.pendingChange.describe(), null)
  const [again, wrong] = ['403 /api/security/trusted-proxies', '403 /api/auth/confirm']
  t.same(refusals, [again, again, wrong])
  t.same(faults, [])
})

t.test('a change that is not confirmed reverts, and the page says so', { skip: missing }, async (t) => {
  const { app, base } = await serve(t, { trustedProxies: [] })
  await setUp(app)
  const secret = new Secret({ size: 20 })
  const front = await startProxy(t, base, { headers: told })
  const { page, faults } = await openPage(t, front)
  await enter(page, front)
  // Switched on meanwhile, so that the code is asked for as well.
  await app.authStore.update((draft) => Object.assign(draft, { totp_enabled: true, totp_secret: secret.base32 }))
  await expireConfirmations(app)
  await page.route('**/api/security/trusted-proxies', (route) => {
    const sent = route.request().postDataJSON()
    return route.continue(sent ? { postData: JSON.stringify({ ...sent, confirm_within: 10 }) } : {})
  })
  await trustButton(page).click()
  await field(page, 'Two-factor code').fill(new TOTP({ secret }).generate())
  await confirmWith(page, PASSWORD)
  await see(page, /^(10|9) s$/)
  t.same(app.trustedProxies.read(), ['127.0.0.1'])
  await see(page, 'The change was not confirmed in time and reverted.')
  t.same(app.trustedProxies.read(), [])
  await trustButton(page).waitFor()

  await trustButton(page).click()
  await page.getByRole('button', { name: 'Revert now' }).click()
  await see(page, 'Change reverted.')
  t.same(app.trustedProxies.read(), [])
  t.same(faults, [])
})

t.test('a proxy that passes no WebSocket on, and another host', { skip: missing }, async (t) => {
  const { app, base } = await serve(t)
  await setUp(app)
  const front = await startProxy(t, base, { headers: { ...told, host: 'inner.lan' }, upgrades: false })
  const { page, faults } = await openPage(t, front)
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await enter(page, front)
  await socketIs(page, 'Fails')
  await see(page, '1 fault')
  await see(page, 'First fix the host above')
  await inspect(t, page, 'no WebSocket')
  await page.getByRole('button', { name: 'Copy the line: WebSocket' }).nth(1).click()
  await see(page, 'Copied')
  t.equal(await page.evaluate('navigator.clipboard.readText()'), 'proxy_set_header Connection "upgrade";')
  // As over plain HTTP, where there is no such thing.
  await page.evaluate('Object.defineProperty(navigator, "clipboard", { value: undefined })')
  await page.getByRole('button', { name: 'Copy the line: HOST_MISMATCH' }).click()
  await region(page, 'Problems').getByText('Copied').first().waitFor()
  t.ok(faults.length > 0 && faults.every((fault) => /WebSocket|\/ws\/connection/.test(fault)), 'Chromium says so, too')
})

t.test('under a sub-path and by HTTPS, which the daemon is told of or not', { skip: missing }, async (t) => {
  const { app, base } = await serve(t, { hsts: 60 })
  await setUp(app)
  const tls = await createSelfSigned(['127.0.0.1'], Date.now())
  const mount = '/tools/monitor'
  const headers = { 'x-forwarded-for': '198.51.100.7' }
  const https = { 'x-forwarded-proto': 'https', 'x-forwarded-prefix': mount }
  const good = await startProxy(t, base, { mount, tls, headers: { ...headers, ...https } })
  const { page, faults } = await openPage(t, good, { ignoreHTTPSErrors: true })
  await enter(page, good)
  await see(page, 'No problems found')
  await see(page, 'This host sees you as 198.51.100.7, over HTTPS.')
  await socketIs(page, 'Works')
  t.same(await differences(page), [])
  t.match(await page.context().cookies(), [{ secure: true, path: `${mount}/api/auth` }])
  await page.getByRole('link', { name: 'ProxMenux Monitor' }).click()
  await page.waitForURL(`${good}/`)
  await seeOverview(page)

  const silent = await startProxy(t, base, { mount, tls, headers })
  const second = await openPage(t, silent, { ignoreHTTPSErrors: true })
  await enter(second.page, silent)
  await see(second.page, 'The browser uses HTTPS, but this host sees plain HTTP')
  await see(second.page, 'The page is under /tools/monitor, but the proxy does not send this base path.')
  await socketIs(second.page, 'Works')
  t.same(await differences(second.page), ['http', '/'])
  await inspect(t, second.page, 'a scheme nobody told')
  t.same([...faults, ...second.faults], [])
})

t.test('before there is a password, and without one', { skip: missing }, async (t) => {
  const { app, base } = await serve(t)
  const { page, faults, refusals } = await openPage(t, base)
  await page.goto(`${base}/connection`)
  await heading(page, 'Protect Your Dashboard?').waitFor()
  await inspect(t, page, 'no password yet')
  await app.firstLaunch.skip()
  await page.reload()
  await see(page, 'No problems found')
  await socketIs(page, 'Not tried')
  t.notOk(await button(page, 'Log out').isVisible())
  await inspect(t, page, 'no protection')
  t.same(refusals, [])
  t.same(faults, [])
})

t.test('who may not, whose session ends, and a host that does not answer', { skip: missing }, async (t) => {
  const { app, base } = await serve(t)
  await setUp(app)
  const { page, faults } = await openPage(t, base)
  await enter(page, base)
  await socketIs(page, 'Works')
  await app.sessions.endAll(1)
  await page.getByRole('button', { name: 'Check again' }).click()
  await see(page, 'Your session has ended. Log in again.')
  await logIn(page)
  await socketIs(page, 'Works')
  await page.route('**/api/security/**', (route) => route.fulfill({ status: 502, body: 'Bad Gateway' }))
  await page.getByRole('button', { name: 'Check again' }).click()
  await see(page, 'A proxy or another server answered instead of this host (HTTP 502).')
  await page.unrouteAll()
  await button(page, 'Log out').click()

  await app.authStore.update((draft) => {
    const { password_hash } = draft
    const rest = { user_type: 'support', is_active: true, permissions: ['system.view'] } as const
    draft.users = [{ id: 2, username: 'eve', password_hash: password_hash!, ...rest, permissions: ['system.view'] }]
  })
  await logIn(page, 'eve')
  await see(page, 'This needs the permission “Manage security” (security.manage).')
  await inspect(t, page, 'not permitted')
  await writeFile(join(app.config.configDir, 'auth.json'), '{"username": "adm')
  await app.authStore.refresh()
  await button(page, 'Retry now').click()
  await see(page, 'The file auth.json on this host is damaged or missing')
  t.same(faults, [])
})
