import t from 'tap'
import { events } from '../../dashboard/src/texts/en/security/audit.ts'
import { auditEvents } from '../../lib/audit/events.ts'
import { nameGuest, nameTerminal, nameToken } from '../../lib/audit/targets.ts'
import { inspect, openPage, serve } from '../browser/chromium.ts'
import { startProxy } from '../browser/proxy.ts'
import { createStandIn } from '../fail2ban/stand-in.ts'
import { PASSWORD, setUp, temporaryFolder } from '../support/app.ts'
import { expireConfirmations } from '../support/sessions.ts'
import { login } from '../support/users.ts'
import { button, field, heading, logIn, missing } from './screens.ts'

t.test('every event of the audit log has its words', async (t) => {
  t.same(Object.keys(events).sort(), [...auditEvents.keys()].sort())
})

t.test('the audit log is filtered, and read back page by page', { skip: missing }, async (t) => {
  const { app, base } = await serve(t)
  await setUp(app)
  for (let i = 0; i < 55; i++) app.auditLog.loginFailed({ address: '192.0.2.7', user: 'root/a b' })
  await login(app, 'admin', PASSWORD)
  const { page, faults, refusals } = await openPage(t, base)
  const rows = page.getByRole('table').getByRole('row')
  const rowsAre = (n: number) => page.locator(`tbody tr:nth-child(${n}):last-child`).waitFor()
  await page.goto(`${base}/#/security/audit`)
  await logIn(page)
  await rows.first().waitFor()
  await rowsAre(50)
  await inspect(t, page, 'the audit log')
  await button(page, 'Older events').click()
  await page.locator('tbody').getByText('Owner created').waitFor()
  await page.getByText('No more events.').waitFor()

  await page.getByRole('combobox', { name: 'Event' }).selectOption('Login')
  await field(page, 'User').fill('admin')
  await button(page, 'Filter').click()
  await rowsAre(2)
  await page.reload()
  await rowsAre(2)
  t.equal(await field(page, 'User').inputValue(), 'admin', 'the address keeps the filter')
  await button(page, 'Clear').click()
  await rowsAre(50)
  await page.getByRole('link', { name: 'root/a' }).first().click()
  await page.waitForURL(/user/)
  t.equal(await field(page, 'User').inputValue(), 'root/a\\u{20}b', 'as the log writes it')
  await rowsAre(50)
  await field(page, 'Address').fill('nonsense')
  await button(page, 'Filter').click()
  await page.getByText('Ip must be an IPv4 or IPv6 address.').waitFor()
  await inspect(t, page, 'a filter that is none')
  t.same(refusals, ['400 /api/security/audit'])
  t.same(faults, [])
})

t.test('an event shows its kind by an icon, and what it concerns, on a phone too', { skip: missing }, async (t) => {
  const { app, base } = await serve(t)
  await setUp(app)
  const actor = { address: '192.0.2.7', user: 'admin' }
  app.auditLog.loginFailed(actor)
  app.auditLog.tokenMinted({ ...actor, target: nameToken({ name: 'Home Assistant' }) })
  app.auditLog.terminalOpened({ ...actor, target: nameTerminal({ id: 'aB3xYz', target: 'lxc:101', pid: 812 }) })
  app.auditLog.guestStopped({ ...actor, target: nameGuest({ vmid: 101, name: 'web' }) })
  app.auditLog.loggedOut(actor)
  const { page, faults } = await openPage(t, base, { viewport: { width: 390, height: 844 } })
  await page.goto(`${base}/#/security/audit`)
  await logIn(page)
  const row = (name: string) => page.locator('tbody tr').filter({ hasText: name })
  const icons = new Set<string>()
  for (const [event, target, word] of [
    ['Login failed', null, 'Refused or failed: '],
    ['API token created', '"Home Assistant"', 'Warning: '],
    ['Terminal opened', 'Container 101, PID 812', 'Warning: '],
    ['Guest stopped', 'web (101)', 'Warning: '],
    ['Session ended', null, '']
  ] as const) {
    await row(event).first().waitFor()
    t.match(await row(event).first().textContent(), `${word}${event}`)
    if (target) t.ok(await row(event).getByText(target).first().isVisible(), target)
    icons.add(await row(event).locator('svg').first().innerHTML())
  }
  t.equal(icons.size, 5, 'each kind has an icon of its own')
  await inspect(t, page, 'the audit log with targets')
  t.same(faults, [])
})

t.test('a banned address is unbanned', { skip: missing }, async (t) => {
  const folder = await temporaryFolder(t)
  const standIn = await createStandIn(folder)
  await standIn.answer(['192.0.2.1', '2001:db8::1'])
  await standIn.behave(`case $1 in
    status) cat status ;;
    get) echo 600 ;;
    set) sed -i 's/192.0.2.1 //' status; echo 1 ;;
    *) echo 1 ;;
  esac`)
  const { app, base } = await serve(
    t,
    { fail2banClient: standIn.file },
    { folder, fail2ban: { intervalMs: 50, timeoutMs: 20_000 } }
  )
  await setUp(app)
  const { page, faults, refusals } = await openPage(t, base)
  await page.goto(`${base}/#/security/fail2ban`)
  await logIn(page)
  await page.getByText('Running').waitFor()
  await inspect(t, page, 'two bans')
  await expireConfirmations(app)
  await button(page, 'Unban 192.0.2.1').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Unban' }).click()
  await field(page, 'Password').fill(PASSWORD)
  await button(page, 'Confirm').click()
  await page.getByText('Address unbanned.').waitFor()
  await button(page, 'Unban 192.0.2.1').waitFor({ state: 'detached' })
  await button(page, 'Unban 2001:db8::1').waitFor()
  t.same(refusals, ['403 /api/security/fail2ban/unban'])
  t.same(faults, [])
})

t.test('a proxy is trusted and no longer trusted, with what follows from it', { skip: missing }, async (t) => {
  const { app, base } = await serve(t, { trustedProxies: [] })
  await setUp(app)
  const front = await startProxy(t, base, {
    headers: { 'x-forwarded-for': '192.168.1.20', 'x-forwarded-proto': 'http' }
  })
  const { page, faults, refusals } = await openPage(t, front)
  await page.goto(`${front}/#/security/connection`)
  await logIn(page)
  await page.getByText('A proxy at 127.0.0.1 forwards to this host but is not trusted.').waitFor()
  await inspect(t, page, 'a proxy that is not trusted')
  await expireConfirmations(app)
  await field(page, 'Proxy address or network').fill('127.0.0.1')
  await button(page, 'Trust').click()
  await field(page, 'Password').fill(PASSWORD)
  await button(page, 'Confirm').click()
  await page.getByText('The trusted proxies were changed.').waitFor()
  t.same(app.trustedProxies.read(), ['127.0.0.1'])
  await button(page, 'Confirm change').click()
  await page.getByText('Change confirmed.').waitFor()
  await page.getByText('192.168.1.20').first().waitFor()
  await inspect(t, page, 'a proxy that is trusted')

  await button(page, 'Stop trusting 127.0.0.1').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
  await button(page, 'Revert now').click()
  await page.getByText('Change reverted.').waitFor()
  t.same(app.trustedProxies.read(), ['127.0.0.1'])
  await page.getByRole('link', { name: 'Open connection doctor' }).click()
  await heading(page, 'Connection').waitFor()
  t.same(refusals, ['403 /api/security/trusted-proxies'])
  t.same(faults, [])
})
