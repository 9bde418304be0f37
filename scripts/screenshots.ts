// Creates docs/screenshots/*.png with a separate daemon: npm run screenshots [-- NAME...]

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Secret } from 'otpauth'
import { chromium, type Page } from 'playwright-core'
import { OWNER_ID } from '../lib/auth/accounts.ts'
import { makeJournal, systemFile } from '../test/logs/journals.ts'
import { makeUpAnswers } from './made-up-answers.ts'
import { journalOfAnHour } from './made-up-host.ts'
import { toPalette } from './palette-png.ts'
import { type Daemon, start } from './screenshots-daemon.ts'
import { shootGateway } from './screenshots-gateway.ts'
import { shootHost } from './screenshots-host.ts'
import { shootSecurity } from './screenshots-security.ts'
import { shootTerminal } from './screenshots-terminal.ts'

const target = resolve(import.meta.dirname, '../docs/screenshots')
const wanted = process.argv.slice(2)
const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update']
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args })
const password = 'Correct-Horse-7'

const desktop = { viewport: { width: 1440, height: 900 } }
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 1 }
const looks = {
  desktop: { ...desktop, colorScheme: 'light' },
  'desktop-dark': { ...desktop, colorScheme: 'dark' },
  phone: { ...phone, colorScheme: 'light' },
  'phone-dark': { ...phone, colorScheme: 'dark' }
} as const
const all = Object.keys(looks) as (keyof typeof looks)[]
type Act = (page: Page, daemon: Daemon) => Promise<unknown>

/** Takes one screenshot per look of the page at `url`, after `act`. */
async function shoot(
  daemon: Daemon,
  name: string,
  url: string,
  on: (keyof typeof looks)[],
  act: Act,
  answer: (page: Page) => Promise<void> = makeUpAnswers
) {
  if (wanted.length > 0 && !wanted.includes(name)) return
  for (const look of on) {
    const page = await browser.newPage({ ...looks[look], reducedMotion: 'reduce', locale: 'en-GB' })
    await answer(page)
    await page.goto(daemon.base + url)
    await act(page, daemon)
    // Moves the mouse away, so that nothing is highlighted.
    await page.mouse.move(0, 0)
    await page.waitForTimeout(300)
    writeFileSync(join(target, `${name}-${look}.png`), toPalette(await page.screenshot()))
    await page.close()
  }
}

const see = (text: string) => (page: Page) => page.getByRole('heading', { name: text, exact: true }).waitFor()
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const fill = (page: Page, name: string, text: string) => page.getByRole('textbox', { name, exact: true }).fill(text)

async function logIn(page: Page, typed = password) {
  await fill(page, 'Username', 'admin')
  await fill(page, 'Password', typed)
  await press(page, 'Log in')
}
const overview = async (page: Page) => {
  await page.getByText(/^Updated/).waitFor()
  await page.locator('.uplot canvas').first().waitFor()
}

async function createForm(page: Page) {
  await press(page, 'Yes, Setup Password')
  await fill(page, 'Username', 'admin')
  await fill(page, 'Password', password)
  await fill(page, 'Confirm password', password)
  await fill(page, 'Display name', 'Ada')
  const icon = readFileSync(resolve(import.meta.dirname, '../dashboard/public/assets/icon-512.png'))
  await page.locator('input[type=file]').setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: icon })
  await page.getByRole('slider').waitFor()
}

async function shootFirstLaunch() {
  const daemon = await start()
  await shoot(daemon, 'protect', '/', all, see('Protect Your Dashboard?'))
  await shoot(daemon, 'leave-open', '/', ['desktop', 'phone-dark'], (page) =>
    press(page, 'No, Continue Without Protection')
  )
  await shoot(daemon, 'create-account', '/', all, createForm)
  await daemon.app.firstLaunch.skip()
  await shoot(daemon, 'open', '/', ['desktop-dark', 'phone'], overview)
  await daemon.stop()
}

async function setUp({ base }: Daemon): Promise<string> {
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify({ username: 'admin', password })
  const reply = await fetch(`${base}/api/auth/setup`, { method: 'POST', headers, body })
  return ((await reply.json()) as { token: string }).token
}

async function shootDashboard() {
  const daemon = await start()
  const token = await setUp(daemon)
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const body = JSON.stringify({ display_name: 'Ada' })
  await fetch(`${daemon.base}/api/auth/profile`, { method: 'PUT', headers, body })
  await shoot(daemon, 'login', '/', all, see('Log in'))
  await shoot(daemon, 'login-refused', '/', ['desktop-dark', 'phone'], async (page) => {
    await logIn(page, 'Wrong-Horse-7')
    await page.getByText('is incorrect').waitFor()
  })
  await shoot(daemon, 'overview', '/', all, async (page) => {
    await logIn(page)
    await overview(page)
  })
  await shoot(daemon, 'account-menu', '/', ['desktop', 'phone-dark'], async (page) => {
    await logIn(page)
    await overview(page)
    await press(page, 'Account of Ada')
  })
  await shoot(daemon, 'stale', '/', ['desktop', 'phone-dark'], async (page) => {
    await logIn(page)
    await overview(page)
    await page.route('**/api/**', (route) => route.abort())
    await page.getByText('No connection').waitFor()
  })
  await shootMonitoring(daemon)
  await shootSecondFactor(daemon)
  await shootBroken(daemon)
  await daemon.stop()
}

async function shootMonitoring(daemon: Daemon) {
  makeJournal(systemFile(join(daemon.folder, 'log')), journalOfAnHour())
  const open = (act: (page: Page) => Promise<unknown>) => async (page: Page) => {
    await logIn(page)
    await act(page)
  }
  const some = ['desktop', 'phone-dark'] as const
  await shoot(daemon, 'storage', '/#/storage', all, open(see('Disks')))
  await shoot(daemon, 'network', '/#/network', all, open(see('Total')))
  await shoot(
    daemon,
    'processes',
    '/#/processes',
    all,
    open((page) => page.getByRole('row').nth(5).waitFor())
  )
  await shoot(
    daemon,
    'logs',
    '/#/logs',
    all,
    open((page) => page.locator('main ol > li').first().waitFor())
  )
  const history = async (page: Page) => {
    await overview(page)
    await page.evaluate('document.querySelector(".uplot").closest("section").scrollIntoView()')
    await page.evaluate('scrollBy(0, -72)')
  }
  await shoot(daemon, 'history', '/', all, open(history))
  const checks = async (page: Page) => {
    await page.getByRole('button', { name: /show all checks/ }).click()
    await page.getByText('warning at').first().waitFor()
  }
  await shoot(daemon, 'health', '/', [...some], open(checks))
  const process = async (page: Page) => {
    await page.getByRole('table').getByRole('button').first().click()
    await page.getByText('Share of memory').waitFor()
  }
  await shoot(daemon, 'process', '/', [...some], open(process))
}

async function shootSecondFactor(daemon: Daemon) {
  const secret = new Secret({ size: 20 }).base32
  await daemon.app.authStore.change({ accounts: [OWNER_ID] }, (draft) =>
    Object.assign(draft, { totp_enabled: true, totp_secret: secret })
  )
  await shoot(daemon, 'login-code', '/', all, async (page) => {
    await logIn(page)
    await see('Two-factor code')(page)
  })
  await daemon.app.authStore.change({ accounts: [OWNER_ID] }, (draft) => Object.assign(draft, { totp_enabled: false }))
  await shoot(daemon, 'locked', '/', ['desktop', 'phone-dark'], async (page) => {
    for (let i = 1; i <= 6 && !(await page.getByText('is locked').isVisible()); i++) {
      const answered = page.waitForResponse(/auth\/login/)
      await logIn(page, `Wrong-Horse-${i}`)
      await answered
      await page.getByRole('alert').waitFor()
    }
  })
}

async function shootBroken(daemon: Daemon) {
  const auth = join(daemon.folder, 'auth.json')
  const whole = readFileSync(auth)
  await shoot(daemon, 'no-answer', '/', ['desktop-dark', 'phone'], async (page) => {
    await page.route('**/api/**', (route) => route.abort())
    await page.reload()
    await see('This host is not responding')(page)
  })
  await shoot(daemon, 'unreadable', '/', ['desktop', 'phone-dark'], async (page) => {
    await see('Log in')(page)
    writeFileSync(auth, whole.subarray(0, 40))
    await daemon.app.authStore.refresh()
    await logIn(page)
    await see('The account file cannot be read')(page)
    writeFileSync(auth, whole)
  })
}

async function shootSecurityPages() {
  const daemon = await start()
  const headers = { authorization: `Bearer ${await setUp(daemon)}` }
  const shootIn: Parameters<typeof shootSecurity>[0]['shoot'] = (name, hash, act) =>
    shoot(daemon, name, `/#/${hash}`, all, async (page) => {
      await logIn(page)
      await act(page)
    })
  await shootSecurity({ ...daemon, password, headers, shoot: shootIn, press, fill })
  await daemon.stop()
}

async function shootGatewayPages() {
  const isWanted = wanted.length === 0 || wanted.some((name) => name.startsWith('gateway'))
  if (!isWanted) return
  const shootIn: Parameters<typeof shootGateway>[0]['shoot'] = (daemon, name, act) =>
    shoot(daemon, name, '/#/security/gateway', all, async (page) => {
      await logIn(page)
      await act(page)
    })
  await shootGateway({ start, setUp, shoot: shootIn, press, fill, password })
}

/** Screenshots of the pages outside of the dashboard. */
async function shootOthers() {
  const daemon = await start()
  const signIn = async (page: Page) => {
    await logIn(page)
    await page.locator('.opblock').first().waitFor()
  }
  /** The connection page, with these addresses as sent by a proxy on this machine. */
  const comeFrom = (addresses: string) => async (page: Page) => {
    await page.setExtraHTTPHeaders({ 'x-forwarded-for': addresses, 'x-forwarded-proto': 'http' })
    await logIn(page)
    await page.getByText('A test message came back after').waitFor()
  }
  await setUp(daemon)
  await shoot(daemon, 'reference-sign-in', '/api/docs', ['phone'], (page) =>
    page.getByText('Use an API token instead').waitFor()
  )
  await shoot(daemon, 'reference', '/api/docs', ['desktop', 'desktop-dark', 'phone-dark'], signIn)
  await shoot(daemon, 'try-it-out', '/api/docs', ['desktop'], async (page) => {
    await signIn(page)
    const route = page.locator('#operations-system-getSystem')
    await route.locator('.opblock-summary-control').click()
    await route.getByRole('button', { name: 'Try it out' }).click()
    await route.getByRole('button', { name: 'Execute' }).click()
    await route.locator('.live-responses-table').waitFor()
    // Scrolls past the curl line, which contains the token.
    await page.evaluate('document.querySelector("#operations-system-getSystem .request-url").scrollIntoView()')
  })
  await shoot(daemon, 'connection', '/connection', ['desktop', 'phone-dark'], comeFrom('192.168.1.20'))
  const twice = comeFrom('192.168.1.20, 192.168.1.5')
  await shoot(daemon, 'connection-fault', '/connection', ['desktop-dark', 'phone'], twice)
  await daemon.stop()
}

mkdirSync(target, { recursive: true })
if (wanted.length === 0) for (const file of readdirSync(target)) rmSync(join(target, file))
await shootFirstLaunch()
await shootDashboard()
await shootTerminal({ start, setUp, shoot, logIn, press, see })
await shootSecurityPages()
await shootGatewayPages()
await shootHost({ start, setUp, shoot, logIn, see, isWanted: (name) => wanted.length === 0 || wanted.includes(name) })
await shootOthers()
await browser.close()
