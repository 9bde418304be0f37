import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import t, { type Test } from 'tap'
import { inspect, openPage, serve } from '../browser/chromium.ts'
import { temporaryFolder } from '../support/app.ts'
import { createProxmox } from '../support/proxmox/proxmox.ts'
import { button, createOwner, heading, missing } from './screens.ts'

const phone = { viewport: { width: 390, height: 844 } }
const updates = {
  success: true,
  available_updates: 12,
  security_updates: 3,
  new_packages: 0,
  updates: [],
  removed: [],
  lists_refreshed_at: null,
  reboot_required: true,
  monitor: {
    installed_version: null,
    candidate_version: null,
    update_available: null,
    restart_required: null,
    reason: null
  },
  stale: false,
  age_seconds: 0,
  reason: null
}

/** A folder in place of /sys, with the sensor of a processor. */
async function sysWithSensor(t: Test): Promise<string> {
  const folder = await temporaryFolder(t)
  const chip = join(folder, 'class/hwmon/hwmon0')
  mkdirSync(chip, { recursive: true })
  for (const [file, text] of [
    ['name', 'coretemp'],
    ['temp1_label', 'Package id 0'],
    ['temp1_input', '47000']
  ] as const)
    writeFileSync(join(chip, file), `${text}\n`)
  return folder
}

async function openOverview(t: Test, { isProxmox = false, hasSensor = false, view = {} } = {}) {
  const sysDir = hasSensor ? await sysWithSensor(t) : await temporaryFolder(t)
  const proxmox = createProxmox({ folder: await temporaryFolder(t), version: '9.0', cluster: 3 })
  const programs = isProxmox ? { pvesh: proxmox.programs.pvesh, timeoutMs: 20_000 } : {}
  const ofProxmox = isProxmox ? { shareDir: proxmox.share, hostname: () => 'pve1' } : {}
  const { base } = await serve(t, {}, { programs, vitals: { sysDir, ...ofProxmox } })
  const opened = await openPage(t, base, view)
  await opened.page.route('**/api/updates', (route) => route.fulfill({ json: updates }))
  await createOwner(opened.page, base)
  await button(opened.page, 'Close next steps').click()
  await heading(opened.page, 'CPU').waitFor()
  return opened
}

const cards = (page: Page) => page.getByRole('region').getByRole('heading', { level: 2 }).allInnerTexts()
/** The lower edge of a card in a window that was not scrolled, in pixels. */
const endOf = async (page: Page, name: string) => {
  const { y, height } = (await page.getByRole('region', { name, exact: true }).boundingBox())!
  return y + height
}

t.test(
  'what may need a decision comes first, and a host without a sensor has no card for it',
  { skip: missing },
  async (t) => {
    const { page, faults } = await openOverview(t)
    t.same(await cards(page), [
      'Health',
      'CPU',
      'Memory',
      'Load',
      'Network',
      'Disk I/O',
      'Storage in use',
      'History',
      'Top processes',
      'This host'
    ])
    await page.getByRole('slider', { name: /^CPU, %/ }).waitFor({ timeout: 60_000 })
    t.equal(await page.getByRole('heading', { name: 'CPU temperature' }).count(), 0, 'no chart either')
    const health = page.getByRole('region', { name: 'Health' })
    await button(page, '12 available').waitFor()
    await health.getByText('3 security updates').waitFor()
    await health.getByText('Required').waitFor()
    await button(page, 'All checks').click()
    await heading(page, 'Host health').waitFor()
    await page.keyboard.press('Escape')
    await inspect(t, page, 'the overview without a sensor')
    t.same(faults, [])
  }
)

t.test('with a sensor its card and its chart are there', { skip: missing }, async (t) => {
  const { page } = await openOverview(t, { hasSensor: true })
  await page.getByRole('region', { name: 'CPU temp.' }).getByText('47').first().waitFor()
  await heading(page, 'CPU temperature').waitFor({ timeout: 60_000 })
})

t.test('a phone shows health, updates and guests without scrolling', { skip: missing }, async (t) => {
  const { page } = await openOverview(t, { isProxmox: true, view: phone })
  await page.getByText('9 of 11 running').waitFor()
  await button(page, '12 available').waitFor()
  t.same((await cards(page)).slice(0, 3), ['Health', 'Guests', 'CPU'])
  const bar = (await page.getByRole('navigation').last().boundingBox())!
  t.ok(bar.y > 700, 'the bar is at the bottom')
  for (const name of ['Health', 'Guests']) t.ok((await endOf(page, name)) <= bar.y, `${name} is above the bar`)
})
