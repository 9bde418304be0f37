import t from 'tap'
import { inspect } from '../browser/chromium.ts'
import { KEYS } from '../gateway/rig.ts'
import { badge, confirm, fillWizard, leftIn, openGateway, step } from './gateway-page.ts'
import { button, field, heading, missing } from './screens.ts'

t.setTimeout(300_000)

t.test('a gateway is deployed, approved, logged in again, updated and removed', { skip: missing }, async (t) => {
  const { base, proxmox, page, faults, refusals } = await openGateway(t)
  const gets: string[] = []
  page.on('request', (request) => {
    const { pathname } = new URL(request.url())
    if (request.method() === 'GET' && pathname.startsWith('/api/gateway')) gets.push(pathname)
  })
  await heading(page, 'Secure Gateway').waitFor()
  await inspect(t, page, 'not installed')
  await fillWizard(page, KEYS.reusable)
  await inspect(t, page, 'the review')
  // Who cancels loses nothing.
  await button(page, 'Deploy').click()
  await heading(page, 'Confirm your identity').waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  await heading(page, 'Confirm your identity').waitFor({ state: 'detached' })
  proxmox.change(({ durations }) => {
    durations['pct create'] = 6000
  })
  await button(page, 'Deploy').click()
  await confirm(page)

  await heading(page, 'Deploying the Secure Gateway').waitFor()
  await step(page, 'Create container', 'Running').waitFor()
  await page.getByRole('status').getByText('Step 2 of 6: Create container.').waitFor()
  t.notMatch(await leftIn(page), KEYS.reusable, 'the key has left the page')
  await page.reload()
  await step(page, 'Create container', 'Running').waitFor()
  const second = await page.context().newPage()
  await second.goto(`${base}/#/security/gateway`)
  await heading(second, 'Deploying the Secure Gateway').waitFor()
  await inspect(t, page, 'a deployment')

  for (const tab of [page, second]) {
    await badge(tab, 'Approval needed').waitFor()
    await tab.getByText('Secure Gateway deployed.').waitFor()
    t.notMatch(await leftIn(tab), KEYS.reusable)
  }
  await second.close()
  const wanted = page.getByText(/^Approve 192\.168\.1\.11\/32 in the Tailscale admin console/)
  await wanted.waitFor()
  const link = page.getByRole('link', { name: /^Open Tailscale admin console/ })
  t.equal(await link.getAttribute('href'), 'https://login.tailscale.com/admin/machines')
  await badge(page, 'Not approved').waitFor()
  const [address = ''] = proxmox.read().guests[9000]!.inside!.tailscale!.ips
  await page.getByText(address, { exact: true }).waitFor()
  await page.getByRole('button', { name: `Copy ${address}` }).waitFor()
  await inspect(t, page, 'routes to approve')
  gets.length = 0
  proxmox.approveRoutes(9000)
  await badge(page, 'Connected').waitFor()
  await badge(page, 'Approved').waitFor()
  t.same(gets, [], 'the stream has told it')
  await inspect(t, page, 'connected')

  // An admin has removed the device from the tailnet.
  proxmox.change(({ guests }) => {
    guests[9000]!.inside!.tailscale!.loggedIn = false
  })
  await badge(page, 'Login needed').waitFor()
  await inspect(t, page, 'a login is needed')
  await field(page, 'Auth key').fill('no key')
  await button(page, 'Log in').click()
  await page.getByText('Enter an auth key of Tailscale.').waitFor()
  await field(page, 'Auth key').fill(KEYS.expired)
  await button(page, 'Log in').click()
  await heading(page, 'The login failed').waitFor()
  await page.getByRole('alert').getByText('the auth key was not accepted').waitFor()
  await inspect(t, page, 'a login that failed')
  await button(page, 'Dismiss').click()
  t.equal(await field(page, 'Auth key').inputValue(), '')
  await field(page, 'Auth key').fill(KEYS.valid)
  await button(page, 'Log in').click()
  await page.getByText('The gateway is logged in with the new key.').waitFor()
  await badge(page, 'Connected').waitFor()
  t.notMatch(await leftIn(page), /tskey-auth-k/)

  await button(page, 'Check for updates').click()
  await page.getByText('All packages are up to date. Tailscale 1.84.0.').waitFor()
  proxmox.change(({ tailnet }) => {
    tailnet.packaged = '1.86.2-r0'
  })
  await button(page, 'Check for updates').click()
  await page.getByRole('row', { name: 'tailscale 1.84.0-r0 1.86.2-r0' }).waitFor()
  await inspect(t, page, 'an update')
  await button(page, 'Update…').click()
  await button(page, 'Update gateway').click()
  await page.getByText('Gateway updated.').waitFor()
  await badge(page, '1.86.2').waitFor()
  t.equal(await page.getByRole('row').count(), 0, 'what was found is out of date')

  await button(page, 'Show log').click()
  await page
    .getByRole('dialog')
    .getByText(/v1\.86\.2|Program starting/)
    .first()
    .waitFor()
  await inspect(t, page, 'the log')
  await page.keyboard.press('Escape')
  await button(page, 'Stop…').click()
  await button(page, 'Stop gateway').click()
  await badge(page, 'Stopped').waitFor()
  await inspect(t, page, 'a stopped gateway')
  await button(page, 'Start').click()
  await badge(page, 'Connected').waitFor()

  await button(page, 'Remove…').click()
  await page.getByText('It destroys container 9000 with its disk.').waitFor()
  await inspect(t, page, 'to be removed')
  await field(page, 'Enter proxmox-gateway to confirm').fill('gateway')
  await button(page, 'Remove gateway').click()
  await page.getByText('This is not the host name of the gateway.').waitFor()
  await field(page, 'Enter proxmox-gateway to confirm').fill('proxmox-gateway')
  await button(page, 'Remove gateway').click()
  await heading(page, 'Removing the Secure Gateway').waitFor()
  await button(page, 'Set up Secure Gateway').waitFor()
  await page.getByText('Secure Gateway removed.').waitFor()
  const { guests, volumes } = proxmox.read()
  t.notOk(guests[9000])
  t.notOk(volumes.some(({ content }) => content === 'vztmpl'))
  t.same(refusals, ['403 /api/gateway', '403 /api/gateway'], 'each asked for the password')
  t.same(faults, [])
})
