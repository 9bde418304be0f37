import t from 'tap'
import { inspect, openPage, serve } from '../browser/chromium.ts'
import { makeCertificate } from '../edge/certificate.ts'
import { missing as missingProgram } from '../edge/programs.ts'
import { startCaddy } from '../edge/proxies.ts'
import { bearer, PASSWORD, temporaryFolder } from '../support/app.ts'
import { missing as missingOpenssl } from '../support/certificates.ts'
import { PROMPT, writeShell } from '../terminal/plain-shell.ts'
import {
  account,
  button,
  createOwner,
  field,
  heading,
  logIn,
  logOut,
  missing,
  missingOathtool,
  oathtool,
  seeOverview
} from './screens.ts'
import { newTerminal, reloadTerminal, shows, type } from './terminal-page.ts'

const skip = missing || missingOpenssl || missingProgram('/usr/bin/caddy', 'caddy')

t.test('under a sub-path of the real Caddy all of it works, with TLS and without', { skip }, async (t) => {
  const folder = await temporaryFolder(t)
  const { app, base } = await serve(t, {}, { folder })
  const around = { life: t, folder, certificate: makeCertificate(folder), daemon: Number(new URL(base).port) }
  const ways = (await startCaddy(around)).filter(({ prefix }) => prefix !== '')
  t.equal(ways.length, 2)
  for (const { scheme, host, port, prefix } of ways) {
    const mounted = `${scheme}://${host}:${port}${prefix}/`
    const switches = [`--host-resolver-rules=MAP ${host} 127.0.0.1`]
    const { page, faults, refusals } = await openPage(t, mounted, { switches, ignoreHTTPSErrors: true })
    if (app.authStore.snapshot().mode === 'unconfigured') await createOwner(page, mounted)
    else {
      await page.goto(mounted)
      await logIn(page)
      await seeOverview(page)
    }
    const cookies = await page.context().cookies()
    t.ok(cookies.length > 0 && cookies.every(({ path }) => path === `${prefix}/api/auth`), scheme)
    await page.reload()
    await seeOverview(page)
    await account(page).waitFor()
    await inspect(t, page, `under a sub-path, ${scheme}`)
    const manifest = await page.evaluate(
      'fetch(document.querySelector("link[rel=manifest]").href).then(async (r) => [r.url, (await r.json()).start_url])'
    )
    t.same(manifest, [`${mounted}manifest.webmanifest`, './'])
    t.equal(await page.getByRole('link', { name: 'API reference' }).getAttribute('href'), `${mounted}api/docs`)
    await logOut(page)
    t.same(await page.context().cookies(), [])
    await page.reload()
    await heading(page, 'Log in').waitFor()
    t.same(refusals, [], scheme)
    t.same(faults, [], scheme)
  }
})

t.test(
  'from the first launch to a shell, a token and a second factor, all of it under Caddy’s sub-path',
  {
    skip: skip || missingOathtool
  },
  async (t) => {
    const folder = await temporaryFolder(t)
    const time = { ahead: 0 }
    const now = () => Date.now() + time.ahead
    const { base } = await serve(t, { shell: await writeShell(folder) }, { folder, now })
    const around = { life: t, folder, certificate: makeCertificate(folder), daemon: Number(new URL(base).port) }
    const { host, port, prefix } = (await startCaddy(around)).find(
      (way) => way.prefix !== '' && way.scheme === 'https'
    )!
    const mounted = `https://${host}:${port}${prefix}/`
    const switches = [`--host-resolver-rules=MAP ${host} 127.0.0.1`]
    const { page, faults, refusals } = await openPage(t, mounted, { switches, ignoreHTTPSErrors: true })
    const open = (path: string) => page.goto(`${mounted}#/${path}`)
    await createOwner(page, mounted)

    await open('terminal')
    await newTerminal(page)
    await shows(page, PROMPT)
    await type(page, 'echo shell-$((6*7))')
    await shows(page, 'shell-42')
    await reloadTerminal(page)
    await type(page, 'echo again-$((6*7))')
    await shows(page, 'again-42')

    await open('security/tokens')
    await button(page, 'New token').click()
    await field(page, 'Name').fill('Uptime Kuma')
    await field(page, 'Your password').fill(PASSWORD)
    await button(page, 'Generate token').click()
    await heading(page, 'Copy your token now').waitFor()
    const token = await page.locator('[role=dialog] code').first().innerText()
    const line = await page.locator('[role=dialog] code').nth(1).innerText()
    t.match(line, `${mounted}api/system`, 'the ready line goes through the proxy too')
    const statusOf = async () => (await fetch(`${base}/api/system`, { headers: bearer(token) })).status
    t.equal(await statusOf(), 200)
    await button(page, 'I have copied it').click()
    await button(page, 'Actions for Uptime Kuma').click()
    await page.getByRole('menuitem', { name: 'Revoke' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
    await button(page, 'Show 1 inactive').click()
    t.equal(await statusOf(), 401)

    await open('security/account')
    await button(page, 'Enable 2FA').click()
    await heading(page, 'Scan the QR code').waitFor()
    const secret = (await page.locator('code').first().innerText()).replaceAll(' ', '')
    await page.getByRole('checkbox', { name: 'I have saved the backup codes' }).check()
    await field(page, 'Six-digit code').fill(oathtool(secret, now()))
    await button(page, 'Enable').click()
    await button(page, 'Done').click()
    time.ahead += 30_000
    await logOut(page)
    await logIn(page)
    await field(page, 'Code').fill(oathtool(secret, now()))
    await heading(page, 'Security').waitFor()
    for (const path of ['', 'storage', 'network', 'processes', 'logs', 'profile']) {
      await open(path)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.waitForLoadState('networkidle')
    }
    t.same(refusals, [`401 ${prefix}/api/auth/login`])
    t.same(faults, [])
  }
)
