import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import t from 'tap'
import { parse } from 'yaml'
import { startReceiver } from '../alerts/receiver.ts'
import { serve } from '../browser/chromium.ts'
import { button, field, heading, missing } from '../dashboard/screens.ts'
import { missing as missingProgram } from '../edge/programs.ts'
import { addUser } from '../support/api-tokens.ts'
import { bearer, PASSWORD, setUp } from '../support/app.ts'
import { goTo, logIn } from './newcomer.ts'
import { test } from './recorder.ts'

t.setTimeout(300_000)

const missingCurl = missing || missingProgram('/usr/bin/curl', 'curl')

test('home-assistant', missingCurl, async (t, { open }) => {
  const { app, base } = await serve(t)
  await setUp(app)
  const newcomer = await open(base)
  const { page } = newcomer
  await logIn(newcomer)
  await goTo(newcomer, 'Security')
  await newcomer.press(page.getByRole('tab', { name: 'API tokens' }))
  await newcomer.see(/^For apps such as .*Home Assistant/)
  await newcomer.press(button(page, 'New token'))
  await newcomer.write(field(page, 'Name'), 'Home Assistant')
  await newcomer.write(field(page, 'Your password'), PASSWORD)
  await newcomer.press(button(page, 'Generate token'))
  await newcomer.see(heading(page, 'Copy your token now'))
  await newcomer.choose(page.getByRole('combobox', { name: 'Use it with' }), 'Home Assistant')
  const copied = async (file: string): Promise<string> => {
    await newcomer.press(button(page, `Copy ${file}`))
    await newcomer.see('Copied')
    return page.evaluate('navigator.clipboard.readText()')
  }
  const secrets = parse(await copied('secrets.yaml'))
  const configuration = parse((await copied('configuration.yaml')).replace('!secret proxmenux_token', 'from-secrets'))
  await newcomer.press(button(page, 'I have copied it'))
  await newcomer.see(page.getByRole('row', { name: /^Home Assistant.*Read only/ }))

  // What Home Assistant will send, by the recipe.
  const [{ resource, sensor }] = configuration.rest
  const words = ['-s', resource, '-H', `Authorization: ${secrets.proxmenux_token}`]
  const command = 'curl http://192.168.1.10:8008/api/system -H "Authorization: Bearer $TOKEN"'
  const { stdout } = await newcomer.shell([command], () => promisify(execFile)('curl', words))
  await newcomer.done()
  const answer = JSON.parse(stdout)
  for (const { value_template: template } of sensor) {
    const [, name] = /value_json\.(\w+)/.exec(template)!
    t.not(answer[name!], undefined, template)
  }
  const token = secrets.proxmenux_token.replace('Bearer ', '')
  const sessions = await app.inject({ url: '/api/auth/sessions', headers: bearer(token) })
  t.equal(sessions.statusCode, 403, 'it reads, and no more')
})

test('last-night', missing, async (t, { open }) => {
  const time = { ahead: -86_400_000 }
  const { app, base } = await serve(t, {}, { now: () => Date.now() + time.ahead })
  await setUp(app)
  await addUser(app, 2, ['system.view'])
  const logInFrom = (remoteAddress: string, username: string, password = PASSWORD) =>
    app.inject({ method: 'POST', url: '/api/auth/login', payload: { username, password }, remoteAddress })
  time.ahead = -10 * 3_600_000
  await logInFrom('203.0.113.99', 'admin', 'Wrong-Horse-7')
  const login = await logInFrom('203.0.113.7', 'user2')
  t.equal(login.statusCode, 200)
  const night = new Date(Date.now() + time.ahead)
  time.ahead = 0

  const newcomer = await open(base)
  const { page } = newcomer
  await logIn(newcomer)
  await goTo(newcomer, 'Security')
  await newcomer.press(page.getByRole('tab', { name: 'Audit log' }))
  await newcomer.choose(page.getByRole('combobox', { name: 'Event' }), 'Login')
  await newcomer.press(button(page, 'Filter'))
  const row = page.getByRole('row').filter({ hasText: '203.0.113.7' })
  await newcomer.see(row)
  await newcomer.done()
  const shown = await row.innerText()
  t.match(shown, 'user2')
  t.match(shown, String(night.getMinutes()).padStart(2, '0'))
  const at = await row.locator('time').getAttribute('datetime')
  t.ok(Math.abs(Date.parse(at!) - night.getTime()) < 60_000)
  t.equal(await page.getByRole('row').filter({ hasText: '203.0.113.99' }).count(), 0, 'a failed login is none')
})

test('alert', missing, async (t, { open }) => {
  const { app, base } = await serve(t)
  await setUp(app)
  const ntfy = await startReceiver(t)
  const newcomer = await open(base)
  const { page } = newcomer
  await logIn(newcomer)
  await goTo(newcomer, 'Settings')
  await newcomer.press(page.getByRole('tab', { name: 'Alerts' }))
  await newcomer.press(button(page, 'Add channel'))
  await newcomer.write(field(page, 'Name'), 'Phone')
  await newcomer.write(field(page, 'Server address'), ntfy.url)
  await newcomer.write(page.getByLabel('Topic', { exact: true }), 'pve1-8c1f')
  await newcomer.press(button(page, 'Save'))
  await newcomer.see('Channel added. Send a test message to check it.')
  await newcomer.press(button(page, 'Actions for Phone'))
  await newcomer.press(page.getByRole('menuitem', { name: 'Send a test message' }))
  await newcomer.see('The test message was delivered (status 200).')
  await newcomer.done()
  t.match(ntfy.received, [{ method: 'POST', body: { topic: 'pve1-8c1f' } }])
})
