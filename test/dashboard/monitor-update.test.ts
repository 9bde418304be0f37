import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { inspect, openPage, serve } from '../browser/chromium.ts'
import { createStandIn } from '../fail2ban/stand-in.ts'
import { temporaryFolder } from '../support/app.ts'
import { comes } from '../support/waiting.ts'
import { hostOf } from '../updates/packaged-host.ts'
import { policies } from '../updates/policies.ts'
import { button, createOwner, missing } from './screens.ts'

/** The overview on a host where the Monitor is a Debian package and apt knows this about it. */
async function openOverview(t: Test, policy: string, { isPackaged = true, onDisk = '0.0.0' } = {}) {
  const programDir = await temporaryFolder(t)
  await writeFile(join(programDir, 'package.json'), JSON.stringify({ version: onDisk }))
  const hostDir = await hostOf(t, { programDir, isPackaged })
  const aptCache = await createStandIn(await temporaryFolder(t))
  await aptCache.behave(`cat <<'END'\n${policy}END`)
  let ahead = 0
  const { app, base } = await serve(
    t,
    {},
    {
      hostDir,
      programDir,
      programs: { aptCache: aptCache.file, aptGet: '/missing' },
      sampling: { monotonicNow: () => performance.now() + ahead }
    }
  )
  const asked = () => {
    ahead += 65_000
    const { value, reason } = app.sources.ownPackage.latest()
    return value !== null || reason?.includes('Debian package')
  }
  t.ok(await comes(async () => asked() === true, { withinMs: 60_000, everyMs: 100 }))
  const opened = await openPage(t, base)
  await createOwner(opened.page, base)
  await opened.page.getByRole('region', { name: 'This host' }).getByText('ProxMenux Monitor').waitFor()
  return opened
}

t.test('a newer package is announced with the commands that install it', { skip: missing }, async (t) => {
  const { page, faults } = await openOverview(t, policies.update)
  await page.getByText('ProxMenux Monitor 0.2.0 is available. Version 0.1.0 is installed.').waitFor()
  await button(page, 'How to update').click()
  const dialog = page.getByRole('dialog', { name: 'Update ProxMenux Monitor' })
  await dialog.getByText('apt update && apt install --only-upgrade proxmenux-monitor', { exact: true }).waitFor()
  await dialog.getByText(/^In a terminal of this dashboard, the Monitor is not restarted/).waitFor()
  await dialog.getByText('systemctl restart proxmenux-monitor', { exact: true }).waitFor()
  await inspect(t, page, 'the steps of an update')
  t.same(faults, [])
})

t.test('an upgraded package whose daemon was not restarted says so', { skip: missing }, async (t) => {
  const { page } = await openOverview(t, policies.current, { onDisk: '0.0.1' })
  await page.getByText(/^ProxMenux Monitor 0\.2\.0 is installed, but version .+ is still running\.$/).waitFor()
  await button(page, 'How to restart').click()
  const dialog = page.getByRole('dialog', { name: 'Restart ProxMenux Monitor' })
  t.equal(await dialog.locator('code').innerText(), 'systemctl restart proxmenux-monitor')
})

const silent = [
  { name: 'the newest package', policy: policies.current, text: null },
  { name: 'a package from a file', policy: policies.byHand, text: /newer versions are unknown\.$/ },
  { name: 'a clone', policy: policies.update, isPackaged: false, text: /not installed as a Debian package/ }
]
for (const { name, policy, text, ...options } of silent)
  t.test(`${name} gets no notice, and nothing is asserted that apt does not know`, { skip: missing }, async (t) => {
    const { page } = await openOverview(t, policy, options)
    const host = page.getByRole('region', { name: 'This host' })
    if (text) await host.getByText(text).waitFor()
    else {
      const health = page.getByRole('region', { name: 'Health' })
      await health
        .getByText('This host does not use apt')
        .or(health.getByText(/apt-get/))
        .first()
        .waitFor()
    }
    t.equal(await page.getByRole('button', { name: /^How to/ }).count(), 0)
    t.equal(await page.getByText('Up to date').count(), 0)
  })
