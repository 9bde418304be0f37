import t from 'tap'
import { inspect, openPage } from '../browser/chromium.ts'
import { PASSWORD } from '../support/app.ts'
import { expireConfirmations } from '../support/sessions.ts'
import { PROMPT } from '../terminal/plain-shell.ts'
import { button, field, heading, logIn, missing } from './screens.ts'
import { newTerminal, openTerminals, serveTerminals, shows, type } from './terminal-page.ts'

t.test('a recording is listed, played, sought in, and deleted after a confirmation', { skip: missing }, async (t) => {
  const { app, base } = await serveTerminals(t, { terminalRecord: 'on' })
  const { page, faults, refusals } = await openTerminals(t, base)
  await page.getByRole('link', { name: 'Recordings' }).click()
  await page.getByText('No recordings').waitFor()
  await page.goBack()
  await newTerminal(page)
  await shows(page, PROMPT)
  await type(page, 'echo "begin $((6*7))"; sleep 3; clear; echo "end $((40+3))"; exit')
  await page.getByText('The shell exited with code 0.').waitFor()

  const { page: player, faults: more } = await openPage(t, base)
  await player.goto(`${base}/#/terminal/recordings`)
  await logIn(player)
  await heading(player, 'Recordings').waitFor()
  await player.getByRole('rowheader', { name: 'admin' }).waitFor()
  await inspect(t, player, 'recordings')
  await player.getByRole('link', { name: /^Play admin, Shell/ }).click()
  const screen = player.getByRole('region', { name: 'Recorded screen' }).locator('.xterm-rows > div')
  const position = player.getByRole('slider', { name: 'Position' })
  await button(player, 'Play').click()
  await screen.filter({ hasText: /^begin 42$/ }).waitFor()
  await button(player, 'Pause').click()
  await inspect(t, player, 'a recording')
  const seconds = Number(await position.getAttribute('max'))
  t.ok(seconds > 3)
  await position.fill(String(seconds))
  await screen.filter({ hasText: /^end 43$/ }).waitFor()
  t.equal(await screen.filter({ hasText: /^begin 42$/ }).count(), 0)
  await position.fill(String(seconds - 1.5))
  await screen.filter({ hasText: /^begin 42$/ }).waitFor()
  await player.getByRole('combobox', { name: 'Speed' }).selectOption('8')
  await button(player, 'Play').click()
  await screen.filter({ hasText: /^end 43$/ }).waitFor()
  await button(player, 'Play').waitFor()
  await player.getByRole('checkbox', { name: 'Shorten pauses to 2 s' }).check()
  t.ok(Number(await position.getAttribute('max')) < seconds)

  await player.getByRole('link', { name: 'All recordings' }).click()
  await player.getByRole('button', { name: /^Delete admin, Shell/ }).click()
  // The login confirms changes for five minutes.
  await expireConfirmations(app)
  await button(player, 'Delete').click()
  await field(player, 'Password').fill(PASSWORD)
  await button(player, 'Confirm').click()
  await player.getByText('No recordings').waitFor()
  t.same(refusals, [])
  t.same([...faults, ...more], [])
})
