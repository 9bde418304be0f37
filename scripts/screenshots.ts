// Makes docs/screenshots/*.png of a daemon of its own: node scripts/screenshots.ts
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { chromium } from 'playwright-core'
import { buildApp } from '../app.ts'
import { readConfig } from '../lib/config.ts'

const target = resolve(import.meta.dirname, '../docs/screenshots')
mkdirSync(target, { recursive: true })
const folder = mkdtempSync(join(tmpdir(), 'monitor-screenshots-'))
const { config } = readConfig({})
const app = await buildApp({
  config: { ...config!, configDir: folder, stateDir: folder, authLog: join(folder, 'auth.log') },
  version: '0.1.0'
})
const base = await app.listen({ host: '127.0.0.1', port: 0 })
const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update']
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args })

const sizes = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } }

async function shoot(name: string, url: string, settled: string, act = async (_page: Page) => {}): Promise<void> {
  for (const [size, viewport] of Object.entries(sizes)) {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await browser.newPage({ viewport, colorScheme })
      await page.goto(base + url)
      await act(page)
      await page.locator(settled).first().waitFor()
      await page.waitForTimeout(300)
      const suffix = colorScheme === 'dark' ? '-dark' : ''
      await page.screenshot({ path: join(target, `${name}-${size}${suffix}.png`) })
      await page.close()
    }
  }
}
type Page = Awaited<ReturnType<typeof browser.newPage>>

await shoot('setup', '/api/docs', '#view-setup:not([hidden])')
const password = 'Correct-Horse-7'
const reply = await app.inject({ method: 'POST', url: '/api/auth/setup', payload: { username: 'admin', password } })
if (reply.statusCode !== 200) throw new Error(`setup answered ${reply.body}`)
await shoot('home', '/', '#protection.good')
await shoot('sign-in', '/api/docs', '#view-login:not([hidden])')
await shoot('reference', '/api/docs', '.opblock', async (page) => {
  await page.locator('#login-username').fill('admin')
  await page.locator('#login-password').fill(password)
  await page.locator('#login-password').press('Enter')
})

await browser.close()
await app.close()
rmSync(folder, { recursive: true })
