import type { Page } from 'playwright-core'
import type { Test } from 'tap'
import { openPage, serve as serveDaemon } from '../browser/chromium.ts'
import { setUp, temporaryFolder } from '../support/app.ts'
import { comes, until } from '../support/waiting.ts'
import { PROMPT, writeShell } from '../terminal/plain-shell.ts'
import { button, logIn } from './screens.ts'

type Serve = typeof serveDaemon extends (t: Test, config?: infer C, options?: infer O) => unknown ? [C?, O?] : never

/** The whole daemon with an owner, and a shell that reads no profile. */
export async function serveTerminals(t: Test, ...[config, options]: Serve) {
  const folder = await temporaryFolder(t)
  const { app, base } = await serveDaemon(t, { shell: await writeShell(folder), ...config }, { folder, ...options })
  await setUp(app)
  return { app, base, folder }
}

/** The page of terminals, logged in. */
export async function openTerminals(t: Test, base: string, options: Parameters<typeof openPage>[2] = {}) {
  const opened = await openPage(t, base, options)
  await opened.page.goto(`${base}/#/terminal`)
  await logIn(opened.page)
  await button(opened.page, 'New terminal').first().waitFor()
  return opened
}

export const newTerminal = (page: Page) => button(page, 'New terminal').first().click()
export const pane = (page: Page, number: number) => page.getByRole('region', { name: `Terminal ${number}: ` })
export const input = (page: Page, number = 1) => pane(page, number).getByRole('textbox')

/** What a terminal shows now, a line each. */
export const screenOf = async (page: Page, number = 1): Promise<string[]> =>
  (await pane(page, number).locator('.xterm-rows > div').allTextContents()).map((line) =>
    line.replaceAll('\xa0', ' ').trimEnd()
  )

export const shows = (page: Page, text: string | RegExp, number = 1) =>
  pane(page, number).locator('.xterm-rows > div').filter({ hasText: text }).first().waitFor()

/** All that a terminal has shown, a page at a time by its own key. */
export async function readBack(page: Page, number = 1): Promise<string[]> {
  const lines: string[] = []
  let shown = await screenOf(page, number)
  for (;;) {
    lines.push(...shown)
    const before = shown.join('\n')
    await input(page, number).press('Shift+PageUp')
    // It is drawn with the next frame; at the top nothing changes any more.
    const hasMoved = async () => {
      shown = await screenOf(page, number)
      return shown.join('\n') !== before
    }
    if (!(await comes(hasMoved, { withinMs: 1000 }))) return lines
  }
}

export async function type(page: Page, text: string, number = 1): Promise<void> {
  await input(page, number).focus()
  await page.keyboard.type(text)
  await page.keyboard.press('Enter')
}

/**
 * Clicks words of a program that has ended. The emulator's own layer lies over its words, so the place where they stand is
 * clicked. It remembers the links of the line under the pointer, also when other words come there: the pointer leaves the
 * line and comes back until there is a link.
 */
export async function clickOn(page: Page, text: RegExp, { isLink = true } = {}): Promise<void> {
  await until(async () => {
    const lines = (await screenOf(page)).filter((line) => line !== '')
    return text.test(lines.at(-2) ?? '') && lines.at(-1) === PROMPT.trim()
  })
  const row = pane(page, 1).locator('.xterm-rows > div').filter({ hasText: text })
  const { x, y, height } = (await row.boundingBox())!
  const pointAt = async () => {
    await page.mouse.move(x + 30, y + height * 2.5)
    await page.mouse.move(x + 30, y + height / 2)
  }
  const linkUnderPointer = pane(page, 1).locator('.xterm-cursor-pointer')
  await until(async () => {
    await pointAt()
    return !isLink || comes(() => linkUnderPointer.isVisible(), { withinMs: 1000 })
  })
  await page.mouse.click(x + 30, y + height / 2)
}

/** As if it came from a clipboard. */
export const pasteInto = (page: Page, text: string, number = 1) =>
  input(page, number).evaluate((element, pasted) => {
    const { DataTransfer, ClipboardEvent } = globalThis as unknown as Record<string, new (...args: unknown[]) => never>
    const clipboardData = new DataTransfer!() as { setData(type: string, text: string): void }
    clipboardData.setData('text/plain', pasted)
    const event = new ClipboardEvent!('paste', { clipboardData, bubbles: true, cancelable: true })
    ;(element as unknown as { dispatchEvent(event: unknown): void }).dispatchEvent(event)
  }, text)

export const moreFor = async (page: Page, item: string): Promise<void> => {
  await button(page, 'More terminal actions').click()
  await page.getByRole('menuitem', { name: item }).click()
}

/** A cut network is written to the console, and so it must be. */
export const isOfTheCut = (fault: string): boolean =>
  /net::ERR_(?:CONNECTION_|EMPTY_RESPONSE|SOCKET)|WebSocket connection to/.test(fault)

/** Reloads the page until its terminal is back. The notice stays for seconds only: it is waited for from the beginning. */
export const reloadTerminal = (page: Page) =>
  Promise.all([page.getByText('Reconnected', { exact: true }).waitFor(), page.reload()])
