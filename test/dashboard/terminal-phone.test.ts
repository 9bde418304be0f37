import t from 'tap'
import { inspect } from '../browser/chromium.ts'
import { PROMPT } from '../terminal/plain-shell.ts'
import { button, missing } from './screens.ts'
import { moreFor, newTerminal, openTerminals, pane, screenOf, serveTerminals, shows, type } from './terminal-page.ts'

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

t.test('on a phone: one at a time, with the keys its keyboard lacks', { skip: missing }, async (t) => {
  const { base } = await serveTerminals(t)
  const { page, faults, refusals } = await openTerminals(t, base, phone)
  await newTerminal(page)
  await shows(page, PROMPT)
  t.notOk(await button(page, 'Side by side').isVisible())
  const key = (name: string) =>
    page.getByRole('toolbar', { name: 'Keys' }).getByRole('button', { name, exact: true }).tap()
  await type(page, 'echo "once $((6*7))"')
  await shows(page, /^once 42$/)
  await key('Up')
  await shows(page, `${PROMPT}echo "once`)
  await key('Home')
  await page.keyboard.type('#')
  await key('End')
  await page.keyboard.type('#')
  await shows(page, `${PROMPT}#echo "once $((6*7))"#`)
  t.equal(await page.evaluate('document.activeElement.className'), 'xterm-helper-textarea', 'the keyboard stays')

  await key('Ctrl')
  const held = page.locator('[aria-pressed=true]')
  await held.filter({ hasText: 'Ctrl' }).waitFor()
  await page.keyboard.type('c')
  await shows(page, /\^C$/)
  await held.waitFor({ state: 'detached' })
  await type(page, 'cat -v')
  await key('Escape'.replace('Escape', 'Esc'))
  await key('Alt')
  await page.keyboard.type('x')
  await key('Ctrl')
  await key('Left')
  await key('Tab')
  await key('Alt')
  await key('|')
  await held.waitFor({ state: 'detached' })
  await page.keyboard.press('Enter')
  await shows(page, /^\^\[\^\[x\^\[\[1;5D\s+\^\[\|$/)

  // Held, a key repeats; the click when it is let go is none more.
  const down = page.getByRole('button', { name: 'Down', exact: true })
  const sent = async () => (await screenOf(page)).join('').split('^[[B').length - 1
  await down.dispatchEvent('pointerdown')
  await shows(page, /\^\[\[B/)
  await down.dispatchEvent('pointerup')
  await page.keyboard.type('x')
  await shows(page, /x\s*$/)
  const repeated = await sent()
  await down.dispatchEvent('click', { detail: 1 })
  await page.keyboard.type('y')
  await shows(page, /y\s*$/)
  t.equal(await sent(), repeated)
  await key('Down')
  await page.keyboard.type('z')
  await shows(page, /z\s*$/)
  t.equal(await sent(), repeated + 1)
  await page.keyboard.press('Control+c')

  await newTerminal(page)
  await shows(page, PROMPT, 2)
  t.notOk(await pane(page, 1).isVisible())
  await button(page, '1 Shell').tap()
  t.ok(await pane(page, 1).isVisible())
  await inspect(t, page, 'two on a phone')
  t.same(refusals, [])
  t.same(faults, [])
})

t.test('a keyboard on the screen does not cover the prompt', { skip: missing }, async (t) => {
  const { base } = await serveTerminals(t)
  const { page, faults } = await openTerminals(t, base, phone)
  await newTerminal(page)
  await shows(page, PROMPT)
  await type(page, 'seq 1 100')
  await shows(page, /^100$/)
  const before = (await screenOf(page)).length
  const keyboard = (height: number) =>
    page.evaluate(`
      Object.defineProperty(visualViewport, 'height', { configurable: true, get: () => ${height} })
      visualViewport.dispatchEvent(new Event('resize'))
    `)
  await keyboard(420)
  await pane(page, 1)
    .locator('.xterm-rows > div')
    .nth(before - 1)
    .waitFor({ state: 'detached' })
  const prompt = pane(page, 1).locator('.xterm-rows > div').filter({ hasText: PROMPT.trim() }).last()
  const keys = page.getByRole('toolbar', { name: 'Keys' })
  for (const what of [prompt, keys]) {
    const box = (await what.boundingBox())!
    t.ok(box.y >= 0 && box.y + box.height <= 420, `${box.y} + ${box.height}`)
  }
  await keyboard(844)
  await pane(page, 1)
    .locator('.xterm-rows > div')
    .nth(before - 1)
    .waitFor()
  t.same(faults, [])
})

t.test('without a clipboard for pages, a field takes what is pasted', { skip: missing }, async (t) => {
  const { base } = await serveTerminals(t)
  const { page, faults } = await openTerminals(t, base, phone)
  await page.evaluate('Object.defineProperty(navigator, "clipboard", { value: undefined })')
  await newTerminal(page)
  await shows(page, PROMPT)
  await moreFor(page, 'Paste…')
  await page.getByRole('textbox', { name: 'Text', exact: true }).fill('echo "pasted $((6*7))"')
  await inspect(t, page, 'a field to paste into')
  await button(page, 'Send').click()
  // The dialog closes, and the keys are the terminal's again.
  await page.waitForFunction('document.activeElement?.classList.contains("xterm-helper-textarea")')
  await page.keyboard.press('Enter')
  await shows(page, /^pasted 42$/)
  t.same(faults, [])
})

t.test('a finger scrolls back and forth, and in a program that fills the screen', { skip: missing }, async (t) => {
  const { base } = await serveTerminals(t)
  const { page, faults } = await openTerminals(t, base, phone)
  await newTerminal(page)
  await shows(page, PROMPT)
  const cdp = await page.context().newCDPSession(page)
  const drag = async (from: number, to: number) => {
    const touch = (type: string, ...places: number[]) =>
      cdp.send('Input.dispatchTouchEvent', {
        type: type as 'touchMove',
        touchPoints: places.map((y) => ({ x: 150, y }))
      })
    await touch('touchStart', from)
    for (let i = 1; i <= 10; i++) await touch('touchMove', from + ((to - from) * i) / 10)
    await touch('touchEnd')
  }
  await type(page, 'seq 1 200')
  await shows(page, /^200$/)
  await drag(250, 650)
  await pane(page, 1).locator('.xterm-rows > div').filter({ hasText: /^200$/ }).waitFor({ state: 'detached' })
  await drag(650, 150)
  await shows(page, /^200$/)
  await type(page, 'seq 1 200 | less')
  await shows(page, /^:/)
  await shows(page, /^1$/)
  await drag(600, 300)
  await pane(page, 1).locator('.xterm-rows > div').filter({ hasText: /^1$/ }).waitFor({ state: 'detached' })
  t.same(faults, [])
})
