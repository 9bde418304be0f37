import { hostname } from 'node:os'
import type { Page } from 'playwright-core'
import t, { type Test } from 'tap'
import { inspect, openPage, serve } from '../browser/chromium.ts'
import { bearer, PASSWORD } from '../support/app.ts'
import { startPanel } from '../support/panel-app.ts'
import { ADA } from '../support/users.ts'
import { freePort, missing } from './panel-pages.ts'
import { account, button, createOwner, heading, logIn, logOut, seeOverview } from './screens.ts'

const OWNER = { username: 'admin', password: PASSWORD }
const HOUR_MS = 3_600_000
const used = 'This link was used before or has expired. Log in.'

/** Two hosts of a panel with names of their own, the owner, and ada, who sees no system. */
async function startHosts(t: Test) {
  const panel = await startPanel(t, { saasDomain: '' })
  const one = await panel.openReplica()
  const base = `http://one.localhost:${new URL(await one.listen({ host: '127.0.0.1', port: 0 })).port}`
  const port = await freePort()
  const otherBase = `http://two.localhost:${port}`
  const other = await panel.openReplica({ publicUrl: otherBase })
  await other.listen({ host: '127.0.0.1', port })
  const setup = await one.inject({ method: 'POST', url: '/api/auth/setup', payload: OWNER })
  const as = (token: string) => (method: 'GET' | 'POST', url: string, payload?: object) =>
    one.inject({ method, url, headers: bearer(token), ...(payload && { payload }) })
  const call = as(setup.json().token)
  await call('POST', '/api/auth/confirm', { password: PASSWORD })
  const created = await call('POST', '/api/users', { ...ADA, permissions: ['security.view'] })
  t.equal(created.statusCode, 201)
  const hosts: { id: string; is_this: boolean }[] = (await call('GET', '/api/hosts')).json().hosts
  const otherId = hosts.find(({ is_this: isThis }) => !isThis)!.id
  /** A link that opens the other host in a new session of the owner. */
  const linkToOther = async (): Promise<string> => {
    const login = await one.inject({ method: 'POST', url: '/api/auth/login', payload: OWNER })
    return (await as(login.json().token)('POST', '/api/auth/hand-over', { host_id: otherId })).json().url
  }
  return { one, base, otherBase, linkToOther }
}

/** The addresses that "Back" and "Forward" know of this origin. */
const historyOf = (page: Page): Promise<string[]> => page.evaluate('navigation.entries().map((entry) => entry.url)')

t.test('the switcher lists the hosts and takes the session along', { skip: missing }, async (t) => {
  const { one, base, otherBase } = await startHosts(t)
  const report = { version: '0.0.0', health: 'warning', lastSeenAt: Date.now() } as const
  await one.stores.hosts!.report({ ...report, id: 'n'.repeat(22), name: 'pve-nowhere', url: '' }, 0)
  const lost = { ...report, id: 'l'.repeat(22), name: 'pve-lost', url: 'http://lost.localhost:1/' }
  await one.stores.hosts!.report({ ...lost, lastSeenAt: Date.now() - HOUR_MS }, 0)
  const { page, faults, refusals } = await openPage(t, base)
  const heads: string[] = []
  page.on('request', (request) => heads.push(request.url() + JSON.stringify(request.headers())))
  const link = page.waitForRequest(/auth\/login-link$/)
  await page.goto(base)
  await logIn(page)
  await seeOverview(page)
  await button(page, 'Switch host').click()
  const row = (name: RegExp) => page.getByRole('listitem').filter({ hasText: name })
  await row(/This host/).waitFor()
  await inspect(t, page, 'the hosts of a panel')
  t.match(await row(/^pve-lost/).innerText(), /No contact since .+\.\s+Lost/)
  t.match(await row(/^pve-nowhere/).innerText(), /Set MONITOR_PUBLIC_URL on that host\.\s+Warning/)
  for (const name of [/^pve-nowhere/, /This host/]) t.equal(await row(name).getByRole('button').count(), 0)
  await page
    .getByRole('dialog')
    .getByRole('button', { name: new RegExp(`^${hostname()}`) })
    .click()
  await page.waitForURL(`${otherBase}/`)
  await seeOverview(page)
  const { secret } = (await link).postDataJSON()
  t.match(secret, /^[\w-]{43}$/)
  t.notOk(
    heads.some((head) => head.includes(secret)),
    'the secret is in no address and no header'
  )
  t.same(await historyOf(page), [`${otherBase}/`])
  await page.reload()
  await seeOverview(page)
  await button(page, 'Switch host').click()
  await row(/This host/).waitFor()
  await page.keyboard.press('Escape')
  await logOut(page)
  await page.goBack()
  await heading(page, 'Log in').waitFor()
  t.same(
    refusals.filter((each) => !each.endsWith('/api/auth/refresh')),
    []
  )
  t.same(
    faults.filter((each) => !each.startsWith(`elsewhere: ${otherBase}/`)),
    []
  )
})

t.test('a link wins over the session of the tab, works once, and leaves no trace', { skip: missing }, async (t) => {
  const { otherBase, linkToOther } = await startHosts(t)
  const { page, faults } = await openPage(t, otherBase)
  const as = (name: string) => page.getByRole('button', { name: `Account of ${name}` })
  await page.goto(`${otherBase}/#/security/sessions`)
  await logIn(page, ADA.username, ADA.password)
  await as('ada').waitFor()
  t.equal(await button(page, 'Switch host').count(), 0, 'ada may not see the hosts')

  const link = await linkToOther()
  await page.evaluate(`location.assign('${link}')`)
  await as('admin').waitFor()
  await seeOverview(page)
  t.notOk((await historyOf(page)).some((url) => url.includes('sign-in')))

  await logOut(page)
  await logIn(page, ADA.username, ADA.password)
  await as('ada').waitFor()
  const tab = await page.context().newPage()
  await tab.goto(await linkToOther())
  await account(tab).waitFor()
  t.equal(await account(tab).getAttribute('aria-label'), 'Account of admin', 'a new tab has only ada’s cookie')
  await as('admin').waitFor()

  for (const address of [link, `${otherBase}/#sign-in=`, `${otherBase}/#sign-in=${'%0a'.repeat(9)}`]) {
    await tab.goto('about:blank')
    await tab.goto(address)
    await tab.getByText(used).waitFor()
    t.equal(tab.url(), `${otherBase}/`)
  }
  await inspect(t, tab, 'a link that was used')
  await logIn(tab)
  await seeOverview(tab)
  t.same(faults, [])
})

t.test('a link is sent again when the host could not answer', { skip: missing }, async (t) => {
  const { otherBase, linkToOther } = await startHosts(t)
  const { page, faults, refusals } = await openPage(t, otherBase)
  const problem = { success: false, error: 'x', message: 'the store is unavailable', code: 'STORE_UNAVAILABLE' }
  await page.route('**/login-link', (route) => route.fulfill({ status: 503, json: problem }), { times: 1 })
  await page.goto(await linkToOther())
  await heading(page, 'This host is not responding').waitFor()
  t.equal(page.url(), `${otherBase}/`)
  await button(page, 'Retry now').click()
  await seeOverview(page)
  t.same(refusals, ['503 /api/auth/login-link'])
  t.same(faults, [])
})

t.test('a single host has no switcher', { skip: missing }, async (t) => {
  const { base } = await serve(t)
  const { page } = await openPage(t, base)
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  await createOwner(page, base)
  t.notOk(asked.includes('/api/hosts'))
  t.equal(await button(page, 'Switch host').count(), 0)
})
