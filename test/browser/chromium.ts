import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, chromium, type Page } from 'playwright-core'
import type { Test } from 'tap'

const executablePath = '/usr/bin/chromium'
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const args =
  '--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync --no-first-run'

/** Debian's Chromium; on a user's machine without it the test says what would run it, on CI it fails. */
export const missing = existsSync(executablePath) || process.env.CI ? false : 'needs Chromium: apt-get install chromium'

export async function openBrowser(t: Test): Promise<Browser> {
  const browser = await chromium.launch({ executablePath, args: args.split(' ') })
  t.teardown(() => browser.close())
  return browser
}

/**
 * A page that keeps what went wrong on it. Chromium writes every refused fetch to the console: `refusals` counts those,
 * everything else is a fault, as is a request to another host.
 */
export async function openPage(browser: Browser, base: string, options: Parameters<Browser['newPage']>[0] = {}) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, ...options })
  const faults: string[] = []
  const refusals: string[] = []
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`))
  page.on('console', (message) => {
    if (/status of 4\d\d/.test(message.text())) return
    if (['error', 'warning'].includes(message.type())) faults.push(`${message.type()}: ${message.text()}`)
  })
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url())
    if (protocol.startsWith('http') && origin !== new URL(base).origin) faults.push(`elsewhere: ${request.url()}`)
  })
  page.on('requestfailed', (request) => faults.push(`failed: ${request.url()} ${request.failure()?.errorText}`))
  page.on('response', (response) => {
    if (response.status() >= 400) refusals.push(`${response.status()} ${new URL(response.url()).pathname}`)
  })
  return { page, faults, refusals }
}

/** What axe-core finds, as `rule: places`. Run outside the page's CSP, which rightly lets no foreign script in. */
export async function violationsOf(page: Page): Promise<string[]> {
  await page.evaluate(axeSource)
  return page.evaluate(async () => {
    type Result = { violations: { id: string; nodes: { target: string[] }[] }[] }
    const { axe } = globalThis as unknown as { axe: { run(): Promise<Result> } }
    return (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(', ')}`)
  })
}

/** How far the page can be scrolled sideways; it should be nowhere. */
export const overflowOf = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
