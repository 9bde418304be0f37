import t from 'tap'
import { focusIs, inspect } from '../browser/chromium.ts'
import { until } from '../support/waiting.ts'
import { PROMPT } from '../terminal/plain-shell.ts'
import { button, heading, missing } from './screens.ts'
import {
  clickOn,
  input,
  moreFor,
  newTerminal,
  openTerminals,
  pane,
  screenOf,
  serveTerminals,
  shows,
  type
} from './terminal-page.ts'

t.test('search, text size, screen readers, and the way out by keyboard', { skip: missing }, async (t) => {
  const { base } = await serveTerminals(t)
  const { page, faults } = await openTerminals(t, base)
  await newTerminal(page)
  await shows(page, PROMPT)
  await type(page, 'seq 1 300; echo https://example.com/page')
  await shows(page, /^300$/)
  const rows = (await screenOf(page)).length
  const fewerThan = (count: number) =>
    pane(page, 1)
      .locator('.xterm-rows > div')
      .nth(count - 1)
      .waitFor({ state: 'detached' })
  await page.keyboard.press('Control+Shift+F')
  await fewerThan(rows)
  const search = page.getByRole('searchbox', { name: 'Search output' })
  await search.fill('77')
  await page.getByText('3 of 3').waitFor()
  await shows(page, /^277$/)
  await search.press('Enter')
  await page.getByText('2 of 3').waitFor()
  await shows(page, /^177$/)
  await inspect(t, page, 'a search')
  await search.fill('no such words')
  await page.getByText('No match').waitFor()
  await search.press('Escape')
  await focusIs(t, page, 'className', 'xterm-helper-textarea')

  for (let i = 0; i < 4; i++) await moreFor(page, 'Larger text')
  await fewerThan(rows - 5)
  await moreFor(page, 'Screen reader mode: off')
  await pane(page, 1).locator('.xterm-accessibility [role=listitem]').first().waitFor()
  await inspect(t, page, 'for screen readers')
  await moreFor(page, 'Screen reader mode: on')

  // What is typed after a button of the toolbar goes to the shell, and presses no button.
  const marks = ['full', 'restored', 'larger', 'menu']
  for (const [i, act] of [
    () => button(page, 'Full window').click(),
    () => button(page, 'Exit full window').click(),
    () => moreFor(page, 'Smaller text'),
    async () => {
      await button(page, 'More terminal actions').click()
      await page.keyboard.press('Escape')
    }
  ].entries()) {
    await act()
    await until(async () => (await page.evaluate('document.activeElement.className')) === 'xterm-helper-textarea')
    await page.keyboard.type(`echo ${marks[i]}$((1+1))`)
    await page.keyboard.press('Enter')
    await shows(page, new RegExp(`^${marks[i]}2$`))
  }

  await moreFor(page, 'Keyboard shortcuts')
  await heading(page, 'Keyboard shortcuts').waitFor()
  await inspect(t, page, 'the keys')
  await button(page, 'Close').click()
  await input(page).focus()
  await page.keyboard.press('Tab')
  await focusIs(t, page, 'className', 'xterm-helper-textarea', 'Tab is the shell’s')
  await page.keyboard.press('Control+Shift+Period')
  await focusIs(t, page, 'textContent', /1Shell/)
  t.same(faults, [])
})

t.test('links open pages that know nothing of this one; hidden ones are shown first', { skip: missing }, async (t) => {
  const { base } = await serveTerminals(t)
  const { page, faults } = await openTerminals(t, base)
  const opened: string[] = []
  await page.exposeFunction('tellOpened', (...args: string[]) => opened.push(args.join(' ')))
  await page.evaluate('window.open = (...args) => { tellOpened(...args) }')
  await newTerminal(page)
  await shows(page, PROMPT)
  await type(page, 'clear; echo http://example.com/plain')
  await clickOn(page, /^http:/)
  await until(() => opened.length === 1)
  t.same(opened, ['http://example.com/plain _blank noopener,noreferrer'])

  for (const [address, isAllowed] of [
    ['https://example.com/hidden', true],
    ['file:///etc/passwd', false]
  ] as const) {
    await type(page, `clear; printf '\\033]8;;${address}\\033\\\\some %s\\033]8;;\\033\\\\\\n' words`)
    await clickOn(page, /^some\swords/, { isLink: isAllowed })
    if (!isAllowed) continue
    await heading(page, 'Open this address?').waitFor()
    await page.getByText(address, { exact: true }).waitFor()
    await inspect(t, page, 'a hidden link')
    await page.getByRole('dialog').getByRole('button', { name: 'Open' }).click()
  }
  await type(page, 'echo "typed $((6*7))"')
  await shows(page, /^typed 42$/)
  t.notOk(await heading(page, 'Open this address?').isVisible(), 'other addresses are no links')
  t.same(opened.slice(1), ['https://example.com/hidden _blank noopener,noreferrer'])
  t.same(faults, [])
})

t.test('copied by keys and by menu, pasted by menu', { skip: missing }, async (t) => {
  const { base } = await serveTerminals(t)
  const { page, faults } = await openTerminals(t, base)
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  const clipboard = () => page.evaluate('navigator.clipboard.readText()')
  await newTerminal(page)
  await shows(page, PROMPT)
  await type(page, 'clear; echo "some words"')
  const row = pane(page, 1)
    .locator('.xterm-rows > div')
    .filter({ hasText: /^some words/ })
  await row.waitFor()
  const { x, y, height } = (await row.boundingBox())!
  await page.mouse.dblclick(x + 60, y + height / 2)
  await page.keyboard.press('Control+Shift+C')
  await until(async () => (await clipboard()) === 'words')
  await page.mouse.click(x + 300, y + 200)
  await moreFor(page, 'Copy screen')
  await until(async () => (await clipboard()) === `some words\n${PROMPT.trim()}\n`)
  await page.evaluate('navigator.clipboard.writeText("echo pasted-$((6*7))")')
  await moreFor(page, 'Paste…')
  await shows(page, `${PROMPT}echo pasted-`)
  await page.keyboard.press('Enter')
  await shows(page, /^pasted-42$/)
  t.same(faults, [])
})
