import t from 'tap'
import { inspect } from '../browser/chromium.ts'
import { PROMPT } from '../terminal/plain-shell.ts'
import { button, missing } from './screens.ts'
import { newTerminal, openTerminals, pane, serveTerminals, shows, type } from './terminal-page.ts'

const title = (text: string) => `printf '\\033]0;${text}\\007'`
const folder = (path: string) => `printf '\\033]7;file://pve1${path}\\033\\\\'`

t.test(
  'tabs, panes and the browser tab are named by program and folder, after a reload too',
  { skip: missing },
  async (t) => {
    const { base } = await serveTerminals(t)
    const { page, faults, refusals } = await openTerminals(t, base)
    const browserTab = (name: string) => page.waitForFunction(`document.title.startsWith(${JSON.stringify(name)})`)
    await newTerminal(page)
    await shows(page, PROMPT)
    await browserTab('Shell · Terminal · ')
    await type(page, folder('/srv/my%%20files'))
    await button(page, '1 Shell · my files').waitFor()
    await type(page, title('editor'))
    await button(page, '1 editor · my files').waitFor()
    await page.getByRole('region', { name: 'Terminal 1: editor · my files' }).waitFor()
    await browserTab('editor · my files · Terminal · ')
    t.equal(await button(page, '1 editor · my files').getAttribute('title'), 'editor · my files\n/srv/my files')

    await newTerminal(page)
    await shows(page, PROMPT, 2)
    await browserTab('Shell · Terminal · ')
    await type(page, title('<i>second</i>\\342\\200\\256gpj'), 2)
    await button(page, '2 <i>second</i>gpj').waitFor()
    await type(page, title('1'), 2)
    await button(page, '2 Shell').waitFor()
    await inspect(t, page, 'terminals with titles')

    await button(page, '1 editor · my files').click()
    // The replay no longer holds the title: 256 KiB came after it.
    await type(page, 'head -c 400000 /dev/zero | tr "\\0" x; echo; echo done')
    await shows(page, /^done$/)
    await page.reload()
    await shows(page, /^done$/)
    await button(page, '1 editor · my files').waitFor()
    await button(page, '2 Shell').waitFor()
    await browserTab('editor · my files · Terminal · ')
    await page.getByRole('link', { name: 'Storage', exact: true }).first().click()
    await browserTab('Storage · ')
    t.same(refusals, [])
    t.same(faults, [])
  }
)

t.test('what was saved of a tab ends with the login', { skip: missing }, async (t) => {
  const { base } = await serveTerminals(t)
  const { page } = await openTerminals(t, base)
  await newTerminal(page)
  await shows(page, PROMPT)
  await type(page, title('a-secret-name'))
  await button(page, '1 a-secret-name').waitFor()
  const stored = () => page.evaluate<string>('JSON.stringify(sessionStorage)')
  t.match(await stored(), 'a-secret-name')
  t.ok(await pane(page, 1).isVisible())
  await page.getByRole('button', { name: /^Account of / }).click()
  await page.getByRole('menuitem', { name: 'Log out' }).click()
  await page.getByText('You are logged out.').waitFor()
  t.notMatch(await stored(), 'a-secret-name')
  t.notMatch(await page.title(), 'a-secret-name')
})
