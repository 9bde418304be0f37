import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, chromium, type Page } from 'playwright-core'
import root, { type Test } from 'tap'
import { build } from '../support/app.ts'
import { comes, until } from '../support/waiting.ts'
import { showGerman } from './german.ts'

const CHROMIUM = '/usr/bin/chromium'
/** The same pages without the parts of a browser around them, for about two thirds of the processor time. */
const HEADLESS_SHELL = '/usr/bin/chromium-headless-shell'
const executablePath = existsSync(HEADLESS_SHELL) ? HEADLESS_SHELL : CHROMIUM
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const args =
  '--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync --no-first-run'

/** Debian's Chromium; on a user's machine without it the test says what would run it, on CI it fails. */
export const missing = existsSync(executablePath) || process.env.CI ? false : 'needs Chromium: apt-get install chromium'

/** The whole daemon, listening. */
export async function serve(t: Test, ...options: Parameters<typeof build> extends [Test, ...infer R] ? R : never) {
  const app = await build(t, ...options)
  return { app, base: await app.listen({ host: '127.0.0.1', port: 0 }) }
}

interface PageOptions extends NonNullable<Parameters<Browser['newContext']>[0]> {
  /** More of Chromium's own switches, for a Chromium of its own. */
  switches?: string[]
}

const launch = (switches: readonly string[]) =>
  chromium.launch({ executablePath, args: [...args.split(' '), ...switches] })

/** Starting Chromium costs more than most tests do: one serves a whole file, and each page has a context of its own. */
let shared: Promise<Browser> | undefined
function sharedBrowser(): Promise<Browser> {
  if (!shared) {
    shared = launch([])
    root.teardown(async () => (await shared!).close())
  }
  return shared
}

/**
 * A page that keeps what went wrong on it, and on others of its context. Chromium writes every refused fetch to the
 * console: each of them is in `refusals`; everything else is a fault, as is a request to another host. A request that
 * the page itself gave up is none.
 */
export async function openPage(t: Test, base: string, { switches = [], ...options }: PageOptions = {}) {
  const browser = switches.length === 0 ? await sharedBrowser() : await launch(switches)
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options })
  t.teardown(() => (switches.length === 0 ? context.close() : browser.close()))
  context.setDefaultTimeout(60_000)
  const faults: string[] = []
  const refusals: string[] = []
  context.on('weberror', (error) => faults.push(`error: ${error.error().message}`))
  context.on('console', (message) => {
    if (/^Failed to load resource: the server responded with a status of [45]\d\d/.test(message.text())) return
    // xterm.js's remark about a slow machine.
    if (message.text().startsWith('task queue exceeded allotted deadline')) return
    if (['error', 'warning'].includes(message.type())) faults.push(`${message.type()}: ${message.text()}`)
  })
  context.on('request', (request) => {
    const { protocol, origin } = new URL(request.url())
    if (protocol.startsWith('http') && origin !== new URL(base).origin) faults.push(`elsewhere: ${request.url()}`)
  })
  context.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText
    if (reason !== 'net::ERR_ABORTED') faults.push(`failed: ${request.url()} ${reason}`)
  })
  context.on('response', (response) => {
    if (response.status() >= 400) refusals.push(`${response.status()} ${new URL(response.url()).pathname}`)
  })
  return { page: await context.newPage(), faults, refusals }
}

const colourRules = ['color-contrast', 'link-in-text-block']
/** Both schemes have the same elements: colours are all that a rule can judge otherwise in the dark. */
const COLOURS = { runOnly: colourRules }
/** Both languages have the same colours. */
const STRUCTURE = { rules: Object.fromEntries(colourRules.map((rule) => [rule, { enabled: false }])) }

/**
 * What axe-core finds, as `rule: places`; its options can choose the rules. Run outside the page's CSP, which rightly lets
 * no foreign script in.
 */
async function violationsOf(page: Page, options: object = {}): Promise<string[]> {
  if (!(await page.evaluate('"axe" in globalThis'))) await page.evaluate(axeSource)
  return page.evaluate(async (options) => {
    type Result = { violations: { id: string; nodes: { target: string[] }[] }[] }
    const { axe } = globalThis as unknown as { axe: { run(options: object): Promise<Result> } }
    // Only the rule about media that play by themselves preloads, and there are none.
    const { violations } = await axe.run({ resultTypes: ['violations'], preload: false, ...options })
    return violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.target)}`)
  }, options)
}

/** How far the page can be scrolled sideways; it should be nowhere. */
export const overflowOf = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')

/** The page as it stands can be read by everybody: on a desk, on a phone, in the light and in the dark, in both languages. */
export async function inspect(t: Test, page: Page, state: string): Promise<void> {
  const judge = async (colorScheme: 'light' | 'dark', width: number, options: object, how: string = colorScheme) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.setViewportSize({ width, height: 900 })
    // Colours on their way from one scheme to the other are nobody's.
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
    t.equal(await overflowOf(page), 0, `${state}: nothing sticks out, ${how}, ${width} px`)
    t.same(await violationsOf(page, options), [], `${state}: axe finds nothing, ${how}, ${width} px`)
  }
  await judge('light', 1440, {})
  await judge('dark', 1440, COLOURS)
  await judge('dark', 360, COLOURS)
  await judge('light', 360, {})
  if ((await page.evaluate('document.documentElement.lang')) === 'en') {
    const showEnglish = await showGerman(page)
    await judge('light', 360, STRUCTURE, 'in German')
    await showEnglish()
  }
  await page.setViewportSize({ width: 1440, height: 900 })
}

/** The reference is there, with its routes. */
export async function seeReference(page: Page): Promise<void> {
  await page.getByRole('heading', { name: 'API reference' }).waitFor()
  await page.locator('.opblock').first().waitFor()
}

/** A route of the reference. Swagger UI renders a long list only around what is in view, so that the page is scrolled. */
export async function seeRoute(page: Page, text: string) {
  const route = page.locator('.opblock').filter({ hasText: text }).first()
  await page.evaluate('scrollTo(0, 0)')
  await until(
    async () => {
      if ((await route.count()) > 0) return true
      await page.evaluate('scrollBy(0, innerHeight / 2)')
      return false
    },
    { everyMs: 50 }
  )
  await route.scrollIntoViewIfNeeded()
  return route
}

/** Runs GET /api/system by "Try it out"; the answer's text. */
export async function tryOut(page: Page): Promise<string> {
  const route = await seeRoute(page, 'Vital signs of this host')
  const execute = route.getByRole('button', { name: 'Execute' })
  if (!(await execute.isVisible())) {
    await route.locator('.opblock-summary-control').click()
    await route.getByRole('button', { name: 'Try it out' }).click()
  }
  await execute.click()
  return (await route.locator('.live-responses-table .highlight-code').first().textContent()) ?? ''
}

/** Compares what is found once it is as expected: much on a page changes a moment after it is drawn. */
async function becomes(t: Test, find: () => Promise<string>, expected: string | RegExp, message: string) {
  const isExpected = (found: string) => (typeof expected === 'string' ? found === expected : expected.test(found))
  await comes(async () => isExpected(await find()))
  const found = await find()
  t.ok(isExpected(found), message, { found, expected: String(expected) })
}

export const focusIs = (
  t: Test,
  page: Page,
  property: string,
  expected: string | RegExp,
  message = `the focus is at ${expected}`
) => becomes(t, () => page.evaluate(`String(document.activeElement.${property})`), expected, message)

export const titleIs = (t: Test, page: Page, expected: RegExp) =>
  becomes(t, () => page.title(), expected, `the title is ${expected}`)
