import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import t from 'tap'
import { serve } from '../browser/chromium.ts'
import { OWNER, openHost } from '../cli/rig.ts'
import { account, button, field, heading, missing, missingOathtool, oathtool } from '../dashboard/screens.ts'
import { missing as missingProgram } from '../edge/programs.ts'
import { bearer, PASSWORD, setUp } from '../support/app.ts'
import { logIn } from './newcomer.ts'
import { test } from './recorder.ts'

t.setTimeout(300_000)

test('protect', missing, async (t, { open }) => {
  const { base } = await serve(t)
  const newcomer = await open(base)
  const { page } = newcomer
  await newcomer.press(button(page, 'Yes, Setup Password'))
  await newcomer.write(field(page, 'Username'), 'admin')
  await newcomer.write(field(page, 'Password'), PASSWORD)
  await newcomer.write(field(page, 'Confirm password'), PASSWORD)
  await newcomer.press(button(page, 'Save and open the dashboard'))
  await newcomer.see(heading(page, 'Overview'))
  await newcomer.see(account(page))
  await newcomer.done()
  t.equal((await fetch(`${base}/api/system`)).status, 401)
})

/** Scans the QR code on the screen, as a phone does; its secret. */
const scan = (file: string): string => {
  const scanned = execFileSync('zbarimg', ['--quiet', '--raw', '--nodbus', file], { encoding: 'utf8' }).trim()
  return new URL(scanned).searchParams.get('secret')!
}

const missingPhone = missingOathtool || missingProgram('/usr/bin/zbarimg', 'zbar-tools')

test('two-factor', missingPhone, async (t, { open, folder }) => {
  const { app, base } = await serve(t)
  await setUp(app)
  const newcomer = await open(base)
  const { page } = newcomer
  await logIn(newcomer)
  await newcomer.press(page.getByRole('link', { name: 'Security' }))
  await newcomer.press(button(page, 'Enable 2FA'))
  const picture = page.getByRole('img', { name: /^QR code/ })
  await newcomer.see(picture)
  const code = await newcomer.away(async () => {
    const file = join(folder, 'screen.png')
    await picture.screenshot({ path: file })
    return oathtool(scan(file))
  })
  await newcomer.press(page.getByRole('checkbox', { name: 'I have saved the backup codes' }))
  await newcomer.write(field(page, 'Six-digit code'), code)
  await newcomer.press(button(page, 'Enable'))
  await newcomer.see(heading(page, 'Two-factor authentication is on'))
  await newcomer.press(button(page, 'Done'))
  await newcomer.see('Each login requires a code from your authenticator app. 10 backup codes left')
  await newcomer.done()
  const login = await app.inject({ method: 'POST', url: '/api/auth/login', payload: OWNER })
  t.match(login.json(), { success: false, requires_totp: true })
})

test('locked-out', missing, async (t, { open }) => {
  const host = await openHost(t)
  const newcomer = await open(host.daemon.url)
  const { page } = newcomer
  for (let i = 1; i <= 6; i++) {
    const answered = page.waitForResponse(/auth\/login/)
    await logIn(newcomer, { password: `Wrong-Horse-${i}` })
    await answered
    await newcomer.see(
      i <= 5 ? 'The username or password is incorrect.' : /This account is locked out for your address\./
    )
  }
  // The way back that the page names.
  const command = await page.getByText(/^proxmenux-monitor unlock /).innerText()
  const { code } = await newcomer.shell([command], () => host.command(command.replace('proxmenux-monitor ', '')))
  t.equal(code, 0)
  await newcomer.reload()
  await logIn(newcomer)
  await newcomer.see(heading(page, 'Overview'))
  await newcomer.done()
  const me = await fetch(`${host.daemon.url}/api/auth/me`, { headers: bearer(host.token) })
  t.equal(me.status, 200, 'sessions have lasted')
})
