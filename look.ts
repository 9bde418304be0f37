import { mkdtempSync } from 'node:fs'
import { chromium } from 'playwright-core'
import { buildApp } from './app.ts'
import { readConfig } from './lib/config.ts'
const folder = mkdtempSync('/tmp/d3-look-')
const { config } = readConfig({})
const app = await buildApp({ config: { ...config!, configDir: folder, stateDir: folder, authLog: folder + '/auth.log', sslConfig: folder + '/s.json' }, version: '0.1.0' })
const base = await app.listen({ host: '127.0.0.1', port: 0 })
await app.inject({ method: 'POST', url: '/api/auth/setup', payload: { username: 'admin', password: 'Correct-Horse-7' } })
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] })
const pages = (process.argv[2] ?? 'overview,storage,network,processes,logs').split(',')
await new Promise((r) => setTimeout(r, Number(process.argv[3] ?? 20) * 1000))
for (const [look, width, height, scheme] of [['d', 1440, 900, 'light'], ['pd', 390, 844, 'dark'], ['dd', 1440, 900, 'dark']] as const) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme, reducedMotion: 'reduce', locale: 'en-GB' })
  const page = await context.newPage()
  page.on('console', (m) => ['error', 'warning'].includes(m.type()) && console.log(look, m.type(), m.text()))
  page.on('pageerror', (e) => console.log(look, 'pageerror', e.message))
  await page.goto(base)
  await page.getByRole('textbox', { name: 'Username', exact: true }).fill('admin')
  await page.getByRole('textbox', { name: 'Password', exact: true }).fill('Correct-Horse-7')
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
  await page.getByRole('heading', { name: 'Overview' }).waitFor()
  for (const name of pages) {
    await page.goto(base + '/#/' + (name === 'overview' || name === 'health' || name === 'process' ? '' : name))
    await page.waitForTimeout(4000)
    if (name === 'health') { await page.getByRole('button', { name: /show every check/ }).click(); await page.waitForTimeout(1500) }
    if (name === 'process') { await page.locator('table button').first().click(); await page.waitForTimeout(1500) }
    await page.screenshot({ path: `/tmp/d3-shots/${name}-${look}.png`, fullPage: name !== 'logs' && name !== 'processes' })
    const over = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
    if (over) console.log('OVERFLOW', name, look, over)
    if (name === 'health' || name === 'process') await page.keyboard.press('Escape')
  }
  await context.close()
}
await browser.close()
await app.close()
process.exit(0)
