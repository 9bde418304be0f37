import t from 'tap'
import { focusIs, inspect } from '../browser/chromium.ts'
import { PROMPT } from '../terminal/plain-shell.ts'
import { button, missing, seeOverview } from './screens.ts'
import { newTerminal, openTerminals, pane, screenOf, serveTerminals, shows, type } from './terminal-page.ts'

t.test('a shell in the browser: typed, shown, sized, ended', { skip: missing }, async (t) => {
  const { base } = await serveTerminals(t)
  const { page, faults, refusals } = await openTerminals(t, base)
  await inspect(t, page, 'no terminal')
  await newTerminal(page)
  await shows(page, PROMPT)
  await focusIs(t, page, 'className', 'xterm-helper-textarea', 'one can type')
  await page.keyboard.type('echo $((6*7)) "$TERM" "$PROXMENUX_TERMINAL"')
  await page.keyboard.press('Enter')
  await shows(page, '42 xterm-256color monitor')
  await page.keyboard.type('cat\tx\x15')
  await type(page, 'printf "\\033]0;the title\\007"')
  await button(page, '1 the title').waitFor()

  const sizes = async (mark: string) => {
    await type(page, `echo "${mark} $(stty size)"`)
    const answer = new RegExp(`^${mark} (\\d+) \\d+$`)
    await shows(page, answer)
    const lines = await screenOf(page)
    return { rows: lines.length, told: Number(answer.exec(lines.find((line) => answer.test(line)) ?? '')?.[1]) }
  }
  const large = await sizes('large')
  t.equal(large.told, large.rows, 'the shell knows the size of its window')
  await page.setViewportSize({ width: 1000, height: 600 })
  await pane(page, 1)
    .locator('.xterm-rows > div')
    .nth(large.rows - 1)
    .waitFor({ state: 'detached' })
  const small = await sizes('small')
  t.ok(small.rows < large.rows)
  t.equal(small.told, small.rows)
  await page.setViewportSize({ width: 1440, height: 900 })
  await inspect(t, page, 'a terminal')

  await type(page, 'exit 3')
  await page.getByText('The shell exited with code 3.').waitFor()
  await inspect(t, page, 'an end')
  await pane(page, 1).getByRole('button', { name: 'New terminal' }).click()
  await shows(page, PROMPT)
  await button(page, 'Close Terminal 1: Shell').click()
  await button(page, 'Cancel').click()
  await type(page, 'echo still-$((40+2))')
  await shows(page, 'still-42')
  await button(page, 'Close Terminal 1: Shell').click()
  await inspect(t, page, 'asked before the end')
  await button(page, 'End terminal').click()
  await page.getByText('Shell on this host').waitFor()
  // What was open when the page came is not there any more.
  await newTerminal(page)
  await shows(page, PROMPT)
  await page.reload()
  await shows(page, PROMPT)
  await button(page, 'Close Terminal 1: Shell').click()
  await button(page, 'End terminal').click()
  await page.getByText('Shell on this host').waitFor()
  await page.getByText('1 other terminal is open.').waitFor({ state: 'detached' })
  t.same(refusals, [])
  t.same(faults, [])
})

t.test('nothing of it is loaded before it is asked for', { skip: missing }, async (t) => {
  const { base } = await serveTerminals(t)
  const { page } = await openTerminals(t, base)
  await page.goto(`${base}/#/`)
  await page.reload()
  const loaded: string[] = []
  page.on('request', (request) => loaded.push(request.url()))
  await page.reload()
  await seeOverview(page)
  t.same(
    loaded.filter((url) => /xterm|terminal/.test(url)),
    []
  )
  await page.getByRole('link', { name: 'Terminal', exact: true }).click()
  await button(page, 'New terminal').waitFor()
  t.ok(loaded.some((url) => /assets\/app\/terminal-/.test(url)))
})

t.test('other pages may be looked at meanwhile', { skip: missing }, async (t) => {
  const { base } = await serveTerminals(t)
  const { page, faults } = await openTerminals(t, base)
  await newTerminal(page)
  await shows(page, PROMPT)
  await type(page, 'kept=$((6*7)); sleep 1; echo "mean""while"')
  await page.getByRole('link', { name: 'Overview' }).click()
  await seeOverview(page)
  await page.getByRole('link', { name: 'Terminal', exact: true }).click()
  await shows(page, 'meanwhile')
  await type(page, 'echo "kept $kept"')
  await shows(page, 'kept 42')
  t.same(faults, [])
})
