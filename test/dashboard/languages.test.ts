import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import t, { type Test } from 'tap'
import { inspect, openPage, overflowOf, serve, titleIs } from '../browser/chromium.ts'
import { showGerman } from '../browser/german.ts'
import { workstation } from '../host/hardware/made-up-host.ts'
import { plant } from '../host/tree.ts'
import { PASSWORD, setUp, temporaryFolder } from '../support/app.ts'
import { createProxmox } from '../support/proxmox/proxmox.ts'
import { account, button, field, heading, logIn, missing, seeOverview } from './screens.ts'
import { newTerminal, serveTerminals, shows } from './terminal-page.ts'

t.setTimeout(300_000)

/** The daemon of a small Proxmox VE with the parts of a workstation, and its owner. */
async function serveHost(t: Test) {
  const folder = await temporaryFolder(t)
  const place = (name: string) => {
    mkdirSync(join(folder, name))
    return join(folder, name)
  }
  plant(folder, workstation)
  const proxmox = createProxmox({ folder: place('proxmox'), version: '9.0', cluster: 3 })
  const served = await serve(
    t,
    {},
    {
      folder: place('daemon'),
      vitals: { shareDir: proxmox.share, hostname: () => 'pve1' },
      programs: { pvesh: proxmox.programs.pvesh, timeoutMs: 20_000 },
      hardware: { sysDir: join(folder, 'sys'), procDir: join(folder, 'proc') },
      gateway: { programs: proxmox.programs, node: 'pve1' }
    }
  )
  await setUp(served.app)
  return served
}

const languageOf = (page: Page): Promise<string> => page.evaluate('document.documentElement.lang')
const item = (page: Page, name: string) => page.getByRole('menuitemradio', { name, exact: true })

async function logInInGerman(page: Page): Promise<void> {
  await heading(page, 'Anmelden').waitFor()
  await field(page, 'Benutzername').fill('admin')
  await field(page, 'Passwort').fill(PASSWORD)
  await button(page, 'Anmelden').click()
}

/** The scripts that the page has downloaded until the call. */
function readScripts(page: Page): () => Promise<string> {
  const scripts = new Set<string>()
  page.on('request', (request) => {
    if (request.url().endsWith('.js')) scripts.add(request.url())
  })
  return async () => {
    const replies = await Promise.all([...scripts].map((url) => page.request.get(url)))
    return (await Promise.all(replies.map((reply) => reply.text()))).join('\n')
  }
}

/** Pages, and a heading of each. */
const pages: readonly (readonly [address: string, sign: string])[] = [
  ['', 'Dieser Host'],
  ['guests', 'Gäste'],
  ['guests/101', 'Konfiguration'],
  ['storage', 'Dateisysteme'],
  ['network', 'Gesamt'],
  ['hardware', 'Prozessor'],
  ['processes', 'Prozesse'],
  ['logs', 'Protokolle'],
  ['terminal', 'Terminal'],
  ['security/account', 'Zwei-Faktor-Authentisierung (2FA)'],
  ['settings/display', 'Einheiten'],
  ['profile', 'Konto']
]
/** More of these pages, for what German words need: room on a phone. */
const tabs: readonly (readonly [address: string, sign: string])[] = [
  ['security/tokens', 'API-Token'],
  ['security/sessions', 'Ihre Sitzungen'],
  ['security/users', 'Benutzer'],
  ['security/https', 'HTTPS'],
  ['security/gateway', 'Secure Gateway'],
  ['security/fail2ban', 'Fail2ban'],
  ['security/audit', 'Audit-Protokoll'],
  ['security/connection', 'Ihre Verbindung'],
  ['settings/health', 'Schwellenwerte'],
  ['settings/alerts', 'Alarmkanäle'],
  ['settings/access', 'Hostnamen und Origins'],
  ['settings/terminal', 'Aufzeichnungen'],
  ['settings/environment', 'Umgebungsvariablen'],
  ['terminal/recordings', 'Aufzeichnungen']
]

t.test('all pages can be read in German, on a phone too', { skip: missing }, async (t) => {
  const { base } = await serveHost(t)
  const { page, faults } = await openPage(t, base, { locale: 'de-DE' })
  const scripts = readScripts(page)
  await page.goto(base)
  await heading(page, 'Anmelden').waitFor()
  t.equal(await languageOf(page), 'de', 'the browser’s language, without a choice')
  await titleIs(t, page, /^Anmelden · /)
  await inspect(t, page, 'login in German')
  await field(page, 'Benutzername').fill('admin')
  await field(page, 'Passwort').fill('Wrong-Horse-7')
  await button(page, 'Anmelden').click()
  await page.getByText('Benutzername oder Passwort ist falsch.').waitFor()
  await logInInGerman(page)
  for (const [address, sign] of pages) {
    await page.goto(`${base}/#/${address}`)
    await heading(page, sign).first().waitFor()
    await inspect(t, page, `German: ${address || 'overview'}`)
  }
  await page.setViewportSize({ width: 360, height: 900 })
  for (const [address, sign] of tabs) {
    await page.goto(`${base}/#/${address}`)
    await heading(page, sign).first().waitFor()
    t.equal(await overflowOf(page), 0, `German: nothing of ${address} sticks out`)
  }
  for (const [address, sign] of [
    ['connection', 'Verbindung'],
    ['api/docs', 'API-Referenz']
  ] as const) {
    await page.goto(`${base}/${address}`)
    await heading(page, sign).waitFor()
    t.equal(await overflowOf(page), 0, `German: nothing of ${address} sticks out`)
  }
  const downloaded = await scripts()
  t.match(downloaded, 'Zwei-Faktor-Authentisierung')
  t.notMatch(downloaded, /Two-factor authentication|Enter a number\./, 'no English texts are downloaded')
  t.same(faults, [])
})

t.test('German is chosen in the menu of the user, and nothing is lost', { skip: missing }, async (t) => {
  const { base } = await serveTerminals(t)
  const { page, faults } = await openPage(t, base, { locale: 'en-GB' })
  const scripts = readScripts(page)
  await page.goto(base)
  t.equal(await languageOf(page), 'en')
  await logIn(page)
  await seeOverview(page)
  await page.goto(`${base}/#/terminal`)
  await newTerminal(page)
  await shows(page, 'ready>')
  t.notMatch(await scripts(), 'Abmelden', 'no German texts are downloaded')

  await account(page).click()
  await item(page, 'System')
    .and(page.getByRole('menuitemradio', { checked: true }))
    .waitFor()
  await item(page, 'Deutsch').click()
  await page.getByRole('link', { name: 'Einstellungen' }).first().waitFor()
  t.equal(await languageOf(page), 'de')
  await titleIs(t, page, /^(Shell · )?Terminal · /)
  await shows(page, 'ready>')

  await page.reload()
  await page.getByRole('link', { name: 'Übersicht' }).first().click()
  await heading(page, 'Dieser Host').waitFor()
  await page.getByText(/^Stand \d\d:\d\d:\d\d$/).waitFor()
  await page.getByText(/^\d+,\d [KMGT]iB von \d+,\d [KMGT]iB$/).waitFor()

  await page.goto(`${base}/#/settings/display`)
  await button(page, 'Sprache: Deutsch').click()
  await item(page, 'English').focus()
  t.equal(await languageOf(page), 'de', 'the arrow keys alone choose nothing')
  await page.keyboard.press('Enter')
  await button(page, 'Language: English').click()
  await item(page, 'System').click()
  await button(page, 'Language: System').waitFor()
  t.equal(await page.evaluate("localStorage.getItem('language')"), null)
  t.same(faults, [])
})

t.test('the language is chosen before the login, and without storage too', { skip: missing }, async (t) => {
  const { base } = await serve(t)
  const { page, faults } = await openPage(t, base, { locale: 'fr-FR' })
  await page.addInitScript(`
    Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError') } })
  `)
  await page.goto(`${base}/#/settings/display`)
  await heading(page, 'Protect Your Dashboard?').waitFor()
  t.equal(await languageOf(page), 'en', 'a language without texts')
  const showEnglish = await showGerman(page)
  await button(page, 'Ja, Passwort einrichten').waitFor()
  t.ok((await showEnglish()) >= 8, 'what test/browser/german.ts shows is these words')
  await button(page, 'Language').click()
  await item(page, 'Deutsch').click()
  await heading(page, 'Dashboard schützen?').waitFor()
  await inspect(t, page, 'the first launch in German')
  await button(page, 'Ja, Passwort einrichten').click()
  await heading(page, 'Ihr Konto erstellen').waitFor()
  await inspect(t, page, 'a new account in German')
  await page.reload()
  await button(page, 'Nein, ohne Schutz fortfahren').click()
  await button(page, 'Ohne Passwort fortfahren').click()
  await page.getByText(/^Beispiel: \d+\.\d+\.\d{4}, \d\d:\d\d$/).waitFor()
  await page.goto(`${base}/connection?language=de`)
  await heading(page, 'Verbindung').waitFor()
  await button(page, 'Sprache').click()
  await item(page, 'System').click()
  await heading(page, 'Connection').waitFor()
  t.same(faults, [])
})

t.test('an invalid language tag of the browser does not break the page', { skip: missing }, async (t) => {
  const { base } = await serve(t)
  const { page, faults } = await openPage(t, base)
  // As Chromium reports LANG=en_US.POSIX.
  await page.addInitScript("Object.defineProperty(navigator, 'languages', { get: () => ['en-US@posix', 'C'] })")
  await page.goto(base)
  await heading(page, 'Protect Your Dashboard?').waitFor()
  t.equal(await languageOf(page), 'en')
  t.same(faults, [])
})
