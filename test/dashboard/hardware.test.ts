import { join } from 'node:path'
import type { Page } from 'playwright-core'
import t, { type Test } from 'tap'
import { inspect, openPage, serve } from '../browser/chromium.ts'
import { plantPrograms, workstation } from '../host/hardware/made-up-host.ts'
import { plant, type Tree } from '../host/tree.ts'
import { addUser } from '../support/api-tokens.ts'
import { setUp, temporaryFolder } from '../support/app.ts'
import { button, heading, logIn, missing } from './screens.ts'

t.setTimeout(300_000)

interface HostOptions {
  tree?: Tree
  /** The programs that are installed. */
  hasPrograms?: boolean
}

/** The dashboard of a host with this hardware, before the login. */
async function openHost(t: Test, { tree = workstation, hasPrograms = true }: HostOptions = {}) {
  const folder = await temporaryFolder(t)
  plant(folder, tree)
  const { programs } = hasPrograms ? plantPrograms(folder) : { programs: {} }
  const absent = { lspci: '/none', dmidecode: '/none', nvidiaSmi: '/none', upsc: '/none' }
  const { app, base } = await serve(
    t,
    {},
    {
      programs: { ...absent, ...programs, timeoutMs: 20_000 },
      hardware: { sysDir: join(folder, 'sys'), procDir: join(folder, 'proc') }
    }
  )
  await setUp(app)
  return { ...(await openPage(t, base)), app, base }
}

const card = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
const row = (page: Page, name: RegExp) => page.getByRole('row', { name })
const open = (page: Page, base: string) => page.goto(`${base}/#/hardware`)

t.test('a workstation: board, memory, sensors, GPUs, UPS and devices by name', { skip: missing }, async (t) => {
  const { page, base, faults, refusals } = await openHost(t)
  await open(page, base)
  await logIn(page)
  // The first answer has what files tell; names and modules follow by themselves.
  await card(page, 'Memory modules').waitFor()
  await row(page, /Ethernet Controller I226-LM/).waitFor()
  t.match(await card(page, 'System').textContent(), /ASUSTeK COMPUTER INC\. Pro WS W680-ACE Rev 1\.xx/)
  t.match(await card(page, 'Processor').textContent(), /i5-13500.*0\.80 to 4\.80 GHz.*VT-x.*L1 data 48\.0 KiB/)
  t.match(await row(page, /^DIMM_B2/).textContent(), /32\.0 GiB.*DDR5 DIMM.*4,400 MT\/s.*rated 4,800 MT\/s.*Micron/)
  t.match(await row(page, /^Package id 0/).textContent(), /coretemp.*43 °C.*80 °C.*100 °C/)
  t.match(await card(page, 'Fans').textContent(), /CPU Fan.*1,204 rpm.*stopped/)
  t.match(await card(page, 'Voltages').textContent(), /1\.10 V/)
  t.match(await card(page, 'Power meters').textContent(), /power total.*64\.2 W/)
  t.match(await card(page, 'Navi 33 [Radeon RX 7600/7600 XT/7600M XT/7600S/7700S / PRO W7600]').textContent(), /amdgpu/)
  t.match(await card(page, 'UPS apc').textContent(), /On mains power.*Charging.*98\.0 %.*30 min 25 s/)
  t.match(await row(page, /^Back-UPS RS 900G/).textContent(), /051d:0002.*usbhid.*1\.5 Mbit\/s/)
  const idle = row(page, /^1ac1:089a/).getByTitle('No driver is bound to the device.')
  t.equal(await idle.count(), 1, 'a dash has its reason')
  t.notMatch(await page.locator('main').textContent(), /SERIAL-|4B1948P/, 'no serial number')
  await inspect(t, page, 'a workstation')
  t.same(refusals, [])
  t.same(faults, [])
})

t.test('what is not there has no card, but one line that says why and what helps', { skip: missing }, async (t) => {
  const { page, base, faults, refusals } = await openHost(t, { hasPrograms: false, tree: { 'proc/cpuinfo': '' } })
  await open(page, base)
  await logIn(page)
  const absent = card(page, 'Not available')
  await absent.getByText('dmidecode is not installed.').waitFor()
  await absent.getByText('upsc is not installed.').waitFor()
  for (const name of ['Memory modules', 'Temperatures', 'Fans', 'Voltages', 'Power meters', 'PCI devices', 'System'])
    t.equal(await card(page, name).count(), 0, name)
  const lines = await absent.getByRole('listitem').allTextContents()
  t.match(
    lines.find((line) => /dmidecode/.test(line)),
    /^Memory modules: dmidecode is not installed\. apt install dmidecode/
  )
  t.equal(lines.filter((line) => /Fans/.test(line)).length, 1, 'one line for all that have one reason')
  t.match(
    lines.find((line) => /sensors-detect/.test(line)),
    /apt install lm-sensors/
  )
  await absent.getByRole('button', { name: 'Copy' }).first().click()
  await absent.getByText('Copied').waitFor()
  await inspect(t, page, 'a host without sensors')
  t.same(refusals, [])
  t.same(faults, [])
})

t.test('a board that is too hot says so', { skip: missing }, async (t) => {
  const hot = { 'sys/class/hwmon/hwmon1/temp1_input': '101000\n', 'sys/class/hwmon/hwmon0/temp1_input': '81000\n' }
  const { page, base } = await openHost(t, { tree: { ...workstation, ...hot } })
  await open(page, base)
  await logIn(page)
  t.match(await row(page, /^Package id 0/).textContent(), /Critical101 °C/)
  t.match(await row(page, /^SYSTIN/).textContent(), /High81 °C/)
})

t.test('loading, a busy host, and one that goes away', { skip: missing }, async (t) => {
  const { page, base, faults } = await openHost(t)
  const { promise: held, resolve: release } = Promise.withResolvers<void>()
  const json = { success: false, error: 'busy', message: 'the host is busy', code: 'BUSY' }
  await page.route('**/api/hardware', async (route) => {
    await held
    await route.fulfill({ status: 503, headers: { 'retry-after': '1' }, json })
  })
  await open(page, base)
  await logIn(page)
  await heading(page, 'Hardware').waitFor()
  await page.getByRole('status').filter({ hasText: 'Loading' }).waitFor()
  await inspect(t, page, 'hardware that loads')
  release()
  await page.getByText('The host is busy.').waitFor()
  t.equal(await card(page, 'Processor').count(), 0)
  await page.unroute('**/api/hardware')
  await button(page, 'Retry now').click()
  await card(page, 'Processor').waitFor()
  await page.getByText('The host is busy.').waitFor({ state: 'hidden' })
  await page.route('**/api/hardware', (route) => route.fulfill({ status: 503, json }))
  await page.getByText(/ old$/).waitFor()
  t.ok(await card(page, 'Processor').isVisible(), 'the last answer stays')
  t.same(faults, [])
})

t.test('a user without system.view has no link, and the page names the permission', { skip: missing }, async (t) => {
  const { page, app, base } = await openHost(t)
  await addUser(app, 2, ['logs.view'])
  await open(page, base)
  await logIn(page, 'user2')
  await page.getByText(/lacks the permission “View the host” \(system\.view\)/).waitFor()
  t.equal(await page.getByRole('link', { name: 'Hardware' }).count(), 0)
})
