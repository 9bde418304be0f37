import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import t, { type Test } from 'tap'
import { inspect, openPage, serve } from '../browser/chromium.ts'
import { type BuildOptions, PASSWORD, setUp, temporaryFolder } from '../support/app.ts'
import { missing as missingOpenssl, openssl, selfSigned } from '../support/certificates.ts'
import { expireConfirmations } from '../support/sessions.ts'
import { until } from '../support/waiting.ts'
import { button, field, heading, logIn, missing } from './screens.ts'

const skip = missing || missingOpenssl

/** A daemon, on a host with a certificate of Proxmox unless `isProxmox` is false, and the tab in front of it. */
async function begin(t: Test, { isProxmox = true, ...options }: BuildOptions & { isProxmox?: boolean } = {}) {
  const folder = await temporaryFolder(t)
  const proxmoxFolder = join(folder, 'local')
  await mkdir(proxmoxFolder)
  if (isProxmox) selfSigned(proxmoxFolder, 'pve-ssl')
  const { app, base } = await serve(t, {}, { folder, tls: { proxmoxFolder, pollMs: 200 }, ...options })
  await setUp(app)
  const opened = await openPage(t, base, { ignoreHTTPSErrors: true })
  const { page } = opened
  await page.goto(`${base}/#/security/https`)
  await logIn(page)
  await page.getByText('HTTPS is off').waitFor()
  await expireConfirmations(app)
  return { app, base, secure: base.replace('http:', 'https:'), folder, ...opened }
}

async function confirm(page: Page): Promise<void> {
  await field(page, 'Password').fill(PASSWORD)
  await button(page, 'Confirm').click()
}

async function switchOn(page: Page): Promise<void> {
  await button(page, 'Check certificate').click()
  await page.getByText('The certificate and key are valid').waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Enable HTTPS' }).click()
}

t.test('HTTPS is switched on, kept at its own address, and switched off again', { skip }, async (t) => {
  const { app, base, secure, page, refusals, faults } = await begin(t)
  await page.getByRole('radio', { name: 'Proxmox VE certificate' }).waitFor()
  await inspect(t, page, 'HTTPS is off')
  await button(page, 'Check certificate').click()
  await page.getByText('The certificate and key are valid').waitFor()
  await inspect(t, page, 'a certificate that is good')
  await button(page, 'Cancel').click()
  await switchOn(page)
  await confirm(page)
  await heading(page, 'HTTPS is on: open the new address').waitFor()
  t.ok(app.tlsListener.isOn())
  await page.getByText(/^(2 min|1 min)/).waitFor()
  await inspect(t, page, 'the way to the new address')

  // Whoever is logged in here is so there.
  await page.getByRole('link', { name: 'Open new address' }).click()
  await page.getByText('The HTTPS settings were changed.').waitFor()
  t.equal(new URL(page.url()).origin, secure)
  t.notMatch(page.url(), /signed-in/)
  await inspect(t, page, 'a change that waits')
  await page.reload()
  await button(page, 'Confirm change').click()
  await page.getByText('Change confirmed.').waitFor()
  t.equal(app.pendingChange.describe(), null)
  await page.getByText('HTTPS is on').waitFor()
  await inspect(t, page, 'HTTPS is on')

  await button(page, 'Disable HTTPS…').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Disable HTTPS' }).click()
  await heading(page, 'HTTPS is off: open the new address').waitFor()
  t.notOk(app.tlsListener.isOn())
  await page.getByRole('link', { name: 'Open new address' }).click()
  // Chromium lets a Secure cookie go to this very machine over plain HTTP; any other host asks to log in.
  const waiting = page.getByText('The HTTPS settings were changed.')
  await heading(page, 'Log in').or(waiting).first().waitFor()
  if (!(await waiting.isVisible())) await logIn(page)
  await waiting.waitFor()
  t.equal(new URL(page.url()).origin, base)
  await button(page, 'Confirm change').click()
  await page.getByText('Change confirmed.').waitFor()
  t.equal(app.pendingChange.describe(), null)
  t.notOk(app.tlsListener.isOn())
  t.same(
    refusals.filter((each) => !/^426 .*system-info$/.test(each)),
    ['403 /api/ssl/configure'],
    'the one that asked for the password'
  )
  const elsewhere = (fault: string) => fault.startsWith(`elsewhere: ${secure}`)
  t.same(
    faults.filter((fault) => !elsewhere(fault)),
    []
  )
})

t.test('a tab that was left at plain HTTP is shown the way, and is logged in there', { skip }, async (t) => {
  const { base, secure, page } = await begin(t)
  const other = await page.context().newPage()
  await other.goto(`${base}/#/processes`)
  await heading(other, 'Processes').waitFor()
  await switchOn(page)
  await confirm(page)
  await heading(page, 'HTTPS is on: open the new address').waitFor()
  await heading(other, 'This host now uses HTTPS').waitFor()
  await inspect(t, other, 'moved to HTTPS')
  t.equal(await other.getByText(/Retrying/).count(), 0, 'it is not asked again')
  const way = other.getByRole('link', { name: 'Open new address' })
  t.match(await way.getAttribute('href'), `${secure}/`)
  await way.click()
  await heading(other, 'Processes').waitFor()
  t.equal(new URL(other.url()).origin, secure)
  t.equal(new URL(other.url()).hash, '#/processes')

  // Under HTTPS it is something between that speaks plain HTTP: there is no other address to go to.
  const last = await page.context().newPage()
  await last.route('**/api/auth/status', (route) =>
    route.fulfill({ status: 426, json: { code: 'HTTPS_REQUIRED', message: '' } })
  )
  await last.goto(secure)
  await heading(last, 'This host refused the request').waitFor()
})

t.test('what nobody keeps goes back, and the page with it', { skip }, async (t) => {
  const { app, base, page } = await begin(t)
  await page.route('**/api/ssl/configure', (route) =>
    route.continue({ postData: JSON.stringify({ ...route.request().postDataJSON(), confirm_within: 10 }) })
  )
  await page.clock.install()
  await switchOn(page)
  await confirm(page)
  await heading(page, 'HTTPS is on: open the new address').waitFor()
  // The page believes in two minutes, the host in ten seconds: neither waits for the other.
  await page.clock.fastForward(121_000)
  await page.getByText('The time is over.').waitFor()
  await until(() => app.pendingChange.describe() === null)
  t.notOk(app.tlsListener.isOn())
  await button(page, 'Reload').click()
  await page.getByText('HTTPS is off').waitFor()
  t.equal(new URL(page.url()).origin, base)
})

t.test('files of one’s own are looked at, and the wrong one is named', { skip }, async (t) => {
  const { folder, page, refusals, faults } = await begin(t)
  const { cert_path: cert, key_path: key } = selfSigned(folder, 'own')
  const other = selfSigned(folder, 'other')
  await page.getByRole('radio', { name: 'Custom files' }).check()
  await field(page, 'Certificate file').fill(cert)
  await field(page, 'Key file').fill(other.key_path)
  await button(page, 'Check certificate').click()
  await page.getByText(/^The key file/).waitFor()
  t.equal(await field(page, 'Key file').getAttribute('aria-invalid'), 'true')
  await inspect(t, page, 'a key of another certificate')
  await field(page, 'Key file').fill(key)
  await button(page, 'Check certificate').click()
  await page.getByText('The certificate and key are valid').waitFor()
  await page.getByRole('dialog').getByText('CN=own').waitFor()
  t.same(refusals, ['400 /api/ssl/validate'])
  t.same(faults, [])
})

const fingerprintOf = (page: Page) =>
  page
    .getByText(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/)
    .first()
    .innerText()

/** What the command that the page shows prints. */
const printed = async (page: Page): Promise<string> => {
  const command = await page.getByText(/^openssl x509 /).innerText()
  return openssl(...command.split(' ').slice(1))
    .trim()
    .split('=')[1]!
}

t.test('a host without a certificate gets a self-signed one, and later a new one', { skip }, async (t) => {
  const { app, secure, page, faults } = await begin(t, { isProxmox: false })
  await page.getByRole('radio', { name: 'Self-signed certificate', checked: true }).waitFor()
  t.equal(await page.getByRole('radio').count(), 2, 'and no certificate of Proxmox to choose')
  await inspect(t, page, 'no certificate yet')
  await button(page, 'Create a self-signed certificate…').click()
  await heading(page, 'Create a self-signed certificate?').waitFor()
  t.equal(await field(page, 'More names and addresses').inputValue(), '127.0.0.1', 'the name of this page')
  await inspect(t, page, 'the question')

  await field(page, 'More names and addresses').fill('nas.lan, two/words')
  await button(page, 'Create and enable HTTPS').click()
  await confirm(page)
  await page.getByText('Enter host names or IP addresses, separated by commas (up to 20).').waitFor()
  t.equal(app.tlsListener.isOn(), false)
  await field(page, 'More names and addresses').fill('nas.lan, 192.0.2.7')
  await button(page, 'Create and enable HTTPS').click()
  await heading(page, 'HTTPS is on: open the new address').waitFor()
  await page.getByText(/^Your browser warns that the connection is not private/).waitFor()
  const fingerprint = await fingerprintOf(page)
  t.equal(await printed(page), fingerprint)
  await inspect(t, page, 'the fingerprint before the switch')

  await page.getByRole('link', { name: 'Open new address' }).click()
  await button(page, 'Confirm change').click()
  await page.getByText('Change confirmed.').waitFor()
  t.equal(new URL(page.url()).origin, secure)
  await page.getByText('HTTPS is on').waitFor()
  t.equal(await fingerprintOf(page), fingerprint)
  const strict = await openPage(t, secure)
  await t.rejects(strict.page.goto(secure), /ERR_CERT_AUTHORITY_INVALID/, 'which is all that a browser has against it')
  t.equal(await printed(page), fingerprint)
  await page.getByText(/nas\.lan.*192\.0\.2\.7/).waitFor()
  await inspect(t, page, 'the fingerprint after the switch')

  await expireConfirmations(app)
  await button(page, 'Create a new certificate…').click()
  await button(page, 'Create and use it').click()
  await confirm(page)
  await heading(page, 'The certificate has changed: reload the page').waitFor()
  const next = await fingerprintOf(page)
  t.not(next, fingerprint)
  await inspect(t, page, 'the certificate has changed')
  await button(page, 'Reload').click()
  await button(page, 'Confirm change').click()
  await page.getByText('Change confirmed.').waitFor()
  t.equal(app.pendingChange.describe(), null)
  t.equal(await fingerprintOf(page), next)
  t.same(
    faults.filter((fault) => !fault.startsWith(`elsewhere: ${secure}`)),
    []
  )
})

t.test('a host whose clock is wrong is told before it makes a certificate', { skip }, async (t) => {
  const { page } = await begin(t, { isProxmox: false })
  await page.clock.setFixedTime(Date.now() + 3 * 86_400_000)
  await button(page, 'Create a self-signed certificate…').click()
  await page.getByText(/^The clocks of this host and of your browser differ/).waitFor()
})
