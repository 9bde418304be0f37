import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import t from 'tap'
import { inspect } from '../browser/chromium.ts'
import { PROMPT } from '../terminal/plain-shell.ts'
import { button, missing } from './screens.ts'
import { newTerminal, openTerminals, pane, pasteInto, serveTerminals, shows, type } from './terminal-page.ts'

/** Records whether the page ever showed a text that matches `pattern`, even for a moment. */
async function recordText(page: Page, pattern: string): Promise<() => Promise<boolean>> {
  await page.evaluate(`{
    globalThis.textWasShown = false
    new MutationObserver(() => { globalThis.textWasShown ||= /${pattern}/.test(document.body.textContent) })
      .observe(document.body, { subtree: true, childList: true, characterData: true })
  }`)
  return () => page.evaluate('globalThis.textWasShown')
}

t.test('a paste of 1 MB arrives whole', { skip: missing }, async (t) => {
  const { base, folder } = await serveTerminals(t)
  const { page, faults } = await openTerminals(t, base)
  await newTerminal(page)
  await shows(page, PROMPT)
  const target = join(folder, 'pasted')
  const text = 'a paste of many words, '.repeat(45_600).slice(0, 1_048_576)
  // Without bracketed paste, which is the shell's and not the program's.
  await type(
    page,
    `stty raw -echo; printf '\\033[?2004l%s\\r\\n' re"ady"; sleep 3; head -c ${text.length} >${target}; stty sane; echo wr"itten"`
  )
  await shows(page, 'ready')
  const progress = await recordText(page, 'Pasting… \\d+ %')
  await pasteInto(page, text)
  await shows(page, 'written')
  t.ok(await progress(), 'the progress was shown, however briefly')
  const hash = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest('hex')
  t.equal(hash(await readFile(target)), hash(text))
  await page.getByText(/^Pasting/).waitFor({ state: 'detached' })
  t.same(faults, [])
})

t.test('four side by side, and no fifth', { skip: missing }, async (t) => {
  const { base } = await serveTerminals(t)
  const { page, faults } = await openTerminals(t, base)
  for (let number = 1; number <= 4; number++) {
    await newTerminal(page)
    await shows(page, PROMPT, number)
    await type(page, `n=${number}`, number)
  }
  t.ok(await button(page, 'Four terminals are open. Close one first.').isDisabled())
  t.notOk(await pane(page, 1).isVisible())
  await button(page, 'Side by side').click()
  for (let number = 1; number <= 4; number++) {
    // The shell hears of the narrower window a moment later: at each of its prompts it looks.
    await type(page, 'until [ "$COLUMNS" -lt 100 ]; do sleep 0.1; done; echo "this is $n of $COLUMNS"', number)
    await shows(page, new RegExp(`^this is ${number} of \\d\\d$`), number)
    t.equal(await button(page, `${number} Shell`).getAttribute('aria-current'), 'true')
  }
  await inspect(t, page, 'a grid')
  await page.reload()
  for (let number = 1; number <= 4; number++) await shows(page, `this is ${number} of`, number)
  t.same(faults, [])
})
