import t from 'tap'
import { anonymous } from '../../lib/auth/authenticate.ts'
import { inspect, openPage } from '../browser/chromium.ts'
import { portOf } from '../support/web-sockets.ts'
import { PROMPT } from '../terminal/plain-shell.ts'
import { startNetwork } from './network.ts'
import { button, logIn, missing } from './screens.ts'
import {
  isOfTheCut,
  newTerminal,
  openTerminals,
  pane,
  readBack,
  reloadTerminal,
  screenOf,
  serveTerminals,
  shows,
  type
} from './terminal-page.ts'

t.test('the network is lost in the middle of long output, and all of it is there', { skip: missing }, async (t) => {
  const { app } = await serveTerminals(t)
  const network = await startNetwork(t, portOf(app))
  const { page, faults } = await openTerminals(t, network.url)
  await newTerminal(page)
  await shows(page, PROMPT)
  network.cutAfter(9000)
  await type(page, 'clear; seq 1 1500; sleep 0.3; seq 1501 3000; echo "the-""end"')
  await page.getByText('Connection lost. The shell keeps running.').waitFor()
  await page.getByText(/^\d\d s left\.$/).waitFor()
  t.ok(network.isCut())
  await page.keyboard.type('nothing of this')
  network.mend()
  await page.getByText('Reconnected, no output lost').waitFor()
  await shows(page, 'the-end')
  const seen = new Set((await readBack(page)).filter((line) => /^\d+$/.test(line)).map(Number))
  t.same(
    Array.from({ length: 3000 }, (_, i) => i + 1).filter((number) => !seen.has(number)),
    []
  )
  await type(page, 'echo "and $((6*7))"')
  await shows(page, /^and 42$/)
  await page.getByText('Reconnected, no output lost').waitFor({ state: 'detached' })
  t.same(
    faults.filter((fault) => !isOfTheCut(fault)),
    []
  )
})

t.test('a reload goes on with the same shell, and keeps nothing that opens one', { skip: missing }, async (t) => {
  const { base } = await serveTerminals(t)
  const { page, faults, refusals } = await openTerminals(t, base)
  await newTerminal(page)
  await shows(page, PROMPT)
  await type(page, 'kept=$((6*7)); printf "\\033[6n\\033[c"; echo')
  // The emulator's answers to both questions, as the shell shows what is typed.
  await shows(page, `${PROMPT}1R1;2c`)
  await type(page, '\x15echo "first $kept"')
  await shows(page, 'first 42')
  const kept = await page.evaluate('JSON.stringify([{ ...sessionStorage }, { ...localStorage }])')
  const [session, local] = JSON.parse(String(kept)) as [Record<string, string>, Record<string, string>]
  t.match(session.terminals, /^\[\{"id":"[\w-]+","target":"shell","saying":\{"title":"","folder":""\}\}\]$/)
  t.same(Object.keys(local), ['signed-in'])
  await reloadTerminal(page)
  await shows(page, 'first 42')
  await type(page, 'echo "second $kept"')
  await shows(page, 'second 42')
  t.notMatch((await screenOf(page)).join('\n').split('first 42').at(-1), /\[|;\d+R/, 'no answer came twice')
  t.same(refusals, [])
  t.same(faults, [])
})

t.test('two tabs: one has the terminal, and is asked for it by the other', { skip: missing }, async (t) => {
  const { base } = await serveTerminals(t)
  const { page: first, faults } = await openTerminals(t, base)
  await newTerminal(first)
  await shows(first, PROMPT)
  await type(first, 'echo "here $((6*7))"')
  await shows(first, 'here 42')

  // As a browser duplicates a tab: with all that the first one keeps for itself.
  const second = await first.context().newPage()
  const kept = await first.evaluate('sessionStorage.getItem("terminals")')
  await second.addInitScript(`sessionStorage.setItem('terminals', ${JSON.stringify(kept)})`)
  await second.goto(`${base}/#/terminal`)
  await second.getByText('1 other terminal is open.').waitFor()
  await button(second, 'Other terminals').click()
  await second.getByText('in use', { exact: true }).waitFor()
  await second.getByText(/^Opened .+:\d\d:\d\d.*, used from 127\.0\.0\.1\./).waitFor()
  await second.getByRole('button', { name: /^Watch Shell, .+:\d\d:\d\d/ }).click()
  await second.getByText('Read-only: watching this terminal').waitFor()
  await shows(second, 'here 42')
  await second.keyboard.type('nothing of this')
  await type(first, 'echo "more $((40+3))"')
  await shows(second, 'more 43')
  t.notMatch((await screenOf(second)).join('\n'), 'nothing of this')
  await button(second, 'Close Terminal 1: Shell').click()

  await button(second, 'Other terminals').click()
  await second.getByRole('button', { name: /^Open here: Shell, .+:\d\d:\d\d/ }).click()
  await shows(second, 'more 43')
  await first.getByText('This terminal was taken over by another tab or device.').waitFor()
  await type(second, 'echo "second $((50+3))"')
  await shows(second, 'second 53')
  await pane(first, 1).getByRole('button', { name: 'Take over' }).click()
  await shows(first, 'second 53')
  await second.getByText('This terminal was taken over by another tab or device.').waitFor()
  t.equal((await screenOf(first)).filter((line) => line === 'here 42').length, 1, 'nothing is shown twice')
  t.same(faults, [])
})

t.test('ended from elsewhere, or gone with the session, it says so', { skip: missing }, async (t) => {
  const { app, base } = await serveTerminals(t)
  const { page: first, faults } = await openTerminals(t, base)
  await newTerminal(first)
  await shows(first, PROMPT)
  const { page: other } = await openPage(t, base)
  await other.goto(`${base}/#/terminal`)
  await logIn(other)
  await other.getByText('1 other terminal is open.').waitFor()
  await button(other, 'Other terminals').click()
  const end = other.getByRole('button', { name: /^End Shell, .+:\d\d:\d\d/ })
  await end.click()
  const asked = other.getByRole('dialog', { name: 'End this terminal?' })
  await asked.getByText(/^Shell, .+ \(you\)\. All programs/).waitFor()
  await inspect(t, other, 'asked before the end of one elsewhere')
  await asked.getByRole('button', { name: 'Cancel' }).click()
  await type(first, 'echo "still $((6*7))"')
  await shows(first, 'still 42')
  await end.click()
  await asked.getByRole('button', { name: 'End terminal' }).click()
  await other.getByText('No other terminals').waitFor()
  await other.keyboard.press('Escape')
  await other.getByText('1 other terminal is open.').waitFor({ state: 'detached' })
  t.equal(await button(other, 'Other terminals').count(), 0, 'nor is one told of at the start')
  await first.getByText('This terminal was ended from another device').waitFor()
  await pane(first, 1).getByRole('button', { name: 'New terminal' }).click()
  await shows(first, PROMPT)
  await first.getByRole('button', { name: /^Account of / }).click()
  await first.getByRole('menuitem', { name: 'Log out' }).click()
  await logIn(first)
  await first.getByText('Shell on this host').waitFor()
  t.equal(await first.evaluate('sessionStorage.getItem("terminals")'), null)
  t.same(faults, [])
  t.equal(
    app.terminal.list({ principal: anonymous, session: null, userId: 1, username: '', address: '127.0.0.1' }).length,
    0
  )
})
