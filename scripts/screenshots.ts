// Makes docs/screenshots/*.png of a daemon of its own: node scripts/screenshots.ts
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { buildApp } from '../app.ts'
import { readConfig } from '../lib/config.ts'
import { toPalette } from './palette-png.ts'

const target = resolve(import.meta.dirname, '../docs/screenshots')
const folder = mkdtempSync(join(tmpdir(), 'monitor-screenshots-'))
const { config } = readConfig({})
const app = await buildApp({
  config: {
    ...config!,
    configDir: folder,
    stateDir: folder,
    authLog: join(folder, 'auth.log'),
    sslConfig: join(folder, 'ssl_config.json')
  },
  version: '0.1.0',
  vitals: { hostname: () => 'pve1' }
})
const base = await app.listen({ host: '127.0.0.1', port: 0 })
const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update']
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args })

rmSync(target, { recursive: true, force: true })
mkdirSync(target, { recursive: true })

const looks = {
  desktop: { viewport: { width: 1440, height: 900 }, colorScheme: 'light' },
  'desktop-dark': { viewport: { width: 1440, height: 900 }, colorScheme: 'dark' },
  phone: { viewport: { width: 390, height: 844 }, colorScheme: 'light' },
  'phone-dark': { viewport: { width: 390, height: 844 }, colorScheme: 'dark' }
} as const

/** One picture per look of the page at `url` once `act` has brought it to where it is to be seen. */
async function shoot(name: string, url: string, on: (keyof typeof looks)[], act: (page: Page) => Promise<unknown>) {
  for (const look of on) {
    const page = await browser.newPage({ ...looks[look], reducedMotion: 'reduce', locale: 'en-GB' })
    await page.goto(base + url)
    await act(page)
    // Away from whatever would light up under it.
    await page.mouse.move(0, 0)
    await page.waitForTimeout(300)
    writeFileSync(join(target, `${name}-${look}.png`), toPalette(await page.screenshot()))
    await page.close()
  }
}

const password = 'Correct-Horse-7'

async function signInTo(page: Page, content: string) {
  await page.locator('#login-username').fill('admin')
  await page.locator('#login-password').fill(password)
  await page.locator('#login-password').press('Enter')
  await page.locator(content).first().waitFor()
}
const signIn = (page: Page) => signInTo(page, '.opblock')

/** The page of the connection, as if these addresses had come by a proxy on this machine. */
const comeFrom = (addresses: string) => async (page: Page) => {
  await page.setExtraHTTPHeaders({ 'x-forwarded-for': addresses, 'x-forwarded-proto': 'http' })
  await signInTo(page, '#socket.good')
}

async function tryOut(page: Page) {
  await signIn(page)
  const route = page.locator('#operations-system-getSystem')
  await route.locator('.opblock-summary-control').click()
  await route.getByRole('button', { name: 'Try it out' }).click()
  await route.getByRole('button', { name: 'Execute' }).click()
  await route.locator('.live-responses-table').waitFor()
  // Past the curl line, which carries the token.
  await route.locator('.request-url').evaluate('element => element.scrollIntoView()')
}

await shoot('setup', '/api/docs', ['desktop-dark', 'phone'], (page) =>
  page.locator('#view-setup:not([hidden])').waitFor()
)
const reply = await app.inject({ method: 'POST', url: '/api/auth/setup', payload: { username: 'admin', password } })
if (reply.statusCode !== 200) throw new Error(`setup answered ${reply.body}`)
await shoot('home', '/', ['desktop', 'desktop-dark', 'phone-dark'], (page) =>
  page.locator('#protection.good').waitFor()
)
await shoot('sign-in', '/api/docs', ['phone'], (page) => page.locator('#view-login:not([hidden])').waitFor())
await shoot('reference', '/api/docs', ['desktop', 'desktop-dark', 'phone-dark'], signIn)
await shoot('try-it-out', '/api/docs', ['desktop'], tryOut)
await shoot('connection', '/connection', ['desktop', 'phone-dark'], comeFrom('192.168.1.20'))
await shoot('connection-fault', '/connection', ['desktop-dark', 'phone'], comeFrom('192.168.1.20, 192.168.1.5'))

await browser.close()
await app.close()
rmSync(folder, { recursive: true })
