import t from 'tap'
import { inspect, openPage, serve } from '../browser/chromium.ts'
import { missing as missingOpenssl } from '../certificates.ts'
import { makeCertificate } from '../edge/certificate.ts'
import { missing as missingProgram } from '../edge/programs.ts'
import { startCaddy } from '../edge/proxies.ts'
import { temporaryFolder } from '../helper.ts'
import { account, createOwner, heading, logIn, logOut, missing, seeOverview } from './screens.ts'

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
