import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { buildApp } from './app.ts'
import { readConfig } from './lib/config.ts'
const folder = mkdtempSync(join(tmpdir(), 'd2-'))
const shell = join(folder, 'sh')
writeFileSync(shell, `#!/bin/sh\nPS1='\\[\\e[1;32m\\]root@pve1\\[\\e[0m\\]:\\[\\e[1;34m\\]\\w\\[\\e[0m\\]# ' PROMPT_COMMAND= HISTFILE= exec /bin/bash --norc --noprofile\n`, { mode: 0o755 })
const { config } = readConfig({})
const app = await buildApp({ config: { ...config!, configDir: folder, stateDir: folder, authLog: join(folder, 'auth.log'), sslConfig: join(folder, 's.json'), shell, terminalRecord: 'on', rateLimit: 1e6 } as never, version: '0.1.0', vitals: { hostname: () => 'pve1' } })
const base = await app.listen({ host: '127.0.0.1', port: 0 })
await app.inject({ method: 'POST', url: '/api/auth/setup', payload: { username: 'admin', password: 'Correct-Horse-7' } })
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] })
const out = '/tmp/d2-shots'
mkdirSync(out, { recursive: true })
const log = (page: import('playwright-core').Page) => { page.on('console', (m) => console.log('console', m.type(), m.text())); page.on('pageerror', (e) => console.log('pageerror', e.message)) }
async function login(options: object) {
  const page = await browser.newPage({ reducedMotion: 'reduce', locale: 'en-GB', ...options })
  log(page)
  await page.goto(base + '/#/terminal')
  await page.getByRole('textbox', { name: 'Username' }).fill('admin')
  await page.getByRole('textbox', { name: 'Password' }).fill('Correct-Horse-7')
  await page.getByRole('button', { name: 'Log in' }).click()
  await page.getByText('A shell on this host').waitFor()
  return page
}
try {
  for (const [name, options] of Object.entries({
    desktop: { viewport: { width: 1440, height: 900 }, colorScheme: 'light' },
    dark: { viewport: { width: 1440, height: 900 }, colorScheme: 'dark' },
    phone: { viewport: { width: 390, height: 844 }, colorScheme: 'light', hasTouch: true, isMobile: true },
    phonedark: { viewport: { width: 390, height: 844 }, colorScheme: 'dark', hasTouch: true, isMobile: true }
  })) {
    if (process.argv[2] && !process.argv[2].split(',').includes(name)) continue
    const page = await login(options)
    await page.screenshot({ path: `${out}/${name}-start.png` })
    const open = page.getByRole('button', { name: 'New terminal' })
    await open.click()
    await page.waitForTimeout(1500)
    const input = page.getByRole('textbox', { name: /Terminal input/ })
    const type = async (i: number, text: string) => { await input.first().focus(); await page.keyboard.type(text); await page.keyboard.press('Enter'); await page.waitForTimeout(700) }
    await type(0, 'ls --color=always -l / | head -30; echo https://example.com/doc ✓ 漢字 🎉')
    await page.screenshot({ path: `${out}/${name}-one.png` })
    if (name === 'desktop' || name === 'dark') {
      await open.click(); await page.waitForTimeout(800); await type(1, 'for i in 30 31 32 33 34 35 36 37 90 91 92 93 94 95 96 97; do printf "\\e[${i}m colour $i \\e[7mreverse\\e[0m\\n"; done')
      await open.click(); await page.waitForTimeout(800); await type(2, 'top -b -n1 | head -15')
      await open.click(); await page.waitForTimeout(800); await type(3, 'exit 3')
      await page.getByRole('button', { name: 'Side by side' }).click()
      await page.waitForTimeout(600)
      await page.screenshot({ path: `${out}/${name}-grid.png` })
      await page.getByRole('button', { name: 'More for terminals' }).click()
      await page.waitForTimeout(300)
      await page.screenshot({ path: `${out}/${name}-menu.png` })
      await page.keyboard.press('Escape')
    } else {
      await page.getByRole('button', { name: 'Ctrl', exact: true }).click()
      await page.waitForTimeout(200)
      await page.screenshot({ path: `${out}/${name}-keys.png` })
    }
    await page.close()
  }
} finally {
  await browser.close(); await app.close(); rmSync(folder, { recursive: true, force: true })
}
