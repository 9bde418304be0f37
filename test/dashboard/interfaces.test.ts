import { writeFileSync } from 'node:fs'
import type { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import t, { type Test } from 'tap'
import { inspect, openPage, serve } from '../browser/chromium.ts'
import { card, link as linkTree, netDev, proxmox } from '../host/network/made-up-host.ts'
import { plant } from '../host/tree.ts'
import { temporaryFolder } from '../support/app.ts'
import { createProxmox } from '../support/proxmox/proxmox.ts'
import { until } from '../support/waiting.ts'
import { button, createOwner, heading, missing } from './screens.ts'

t.setTimeout(240_000)

const names = 'lo eno1 eno2 eno3 bond0 vmbr0 vmbr0.20 veth101i0 fwbr101i0 fwpr101p0 fwln101i0 tap100i0'.split(' ')
const both = (rate: number): [number, number] => [rate, rate / 2]
const v6 = { netmask: 'ffff:ffff:ffff:ffff::', family: 'IPv6' }
const addresses = (() => ({
  vmbr0: [
    { address: 'fe80::1', ...v6 },
    { address: '192.0.2.10', netmask: '255.255.255.0', family: 'IPv4' },
    { address: '2001:db8::10', ...v6 }
  ]
})) as unknown as typeof networkInterfaces

/** The network page of a Proxmox host whose interfaces have these counters. `more` are further guests. */
async function openNetwork(t: Test, more = 0) {
  const folder = await temporaryFolder(t)
  const ports = Array.from({ length: more }, (_, i) => `tap${110 + i}i0`)
  const all = [...names, ...ports]
  const count = (bytes: number) => {
    const counters = Object.fromEntries(all.map((name, i) => [name, both(bytes * (i + 1))]))
    // Without the errors and drops that the stand-in's lines have.
    const text = netDev(counters)
      .replaceAll(/ 90 1 10 /g, ' 90 0 0 ')
      .replaceAll(/ 50 {4}2 /g, ' 50    0 ')
    const faulty = text.replace(/(vmbr0: \d+) 90 0 0 /, '$1 90 3 12 ')
    writeFileSync(join(folder, 'proc/net/dev'), faulty)
  }
  const { 'sys/class/net/eno2/operstate': _down, ...tree } = proxmox
  plant(folder, {
    ...tree,
    ...card('eno2', { speed: '-1\n', operstate: 'down\n' }),
    ...card('eno3', { speed: '-1\n', operstate: 'lowerlayerdown\n' }),
    ...Object.assign(
      {},
      ...['fwbr101i0', 'fwpr101p0', 'fwln101i0', 'veth101i0', ...ports].map((name) => linkTree(name))
    ),
    ...Object.assign({}, ...['tap100i0', ...ports].map((name) => linkTree(name, { tun_flags: '0x1002\n' }))),
    'proc/net/dev': ''
  })
  count(1000)
  const { programs, share } = createProxmox({ folder: await temporaryFolder(t), version: '9.0', cluster: 1 })
  const { app, base } = await serve(
    t,
    {},
    {
      folder,
      network: { procDir: join(folder, 'proc'), sysDir: join(folder, 'sys'), addresses },
      programs: { pvesh: programs.pvesh, timeoutMs: 20_000 },
      vitals: { shareDir: share, hostname: () => 'pve1' }
    }
  )
  const opened = await openPage(t, base)
  await createOwner(opened.page, base)
  await opened.page.goto(`${base}/#/network`)
  await row(opened.page, 'eno1').waitFor()
  return { ...opened, app, base, count }
}

const link = (page: Page, name: string) => page.getByRole('link', { name, exact: true })
const row = (page: Page, name: string) => page.getByRole('row').filter({ has: link(page, name) })
/** Traffic on all interfaces until the page shows it. */
async function move(page: Page, count: (bytes: number) => void): Promise<void> {
  let bytes = 1000
  await until(
    async () => {
      bytes += 20_000_000
      count(bytes)
      return /MiB\/s/.test((await row(page, 'eno1').textContent()) ?? '')
    },
    { everyMs: 700 }
  )
}

const namesIn = async (page: Page, table: string) =>
  (
    await page
      .getByRole('table', { name: table, exact: true })
      .getByRole('rowheader')
      .getByRole('link')
      .allTextContents()
  ).filter((name) => !name.includes(' '))

t.test('one row per interface; the inactive ones are behind a button', { skip: missing }, async (t) => {
  const { page, count, faults, refusals } = await openNetwork(t)
  t.same(await namesIn(page, 'Interfaces'), ['eno1', 'bond0', 'vmbr0', 'vmbr0.20', 'lo'])
  const bridge = row(page, 'vmbr0')
  t.match(await bridge.textContent(), /Bridge.*Up.*192\.0\.2\.10\/24.*2001:db8::10\/64/)
  t.notMatch(await bridge.textContent(), /fe80|255\.255/, 'no netmask, and no address that every interface has')
  await bridge.getByRole('cell', { name: '3 errors 12 dropped' }).waitFor()
  t.match(await row(page, 'eno1').textContent(), /Adapter.*in bond0.*1 Gbit\/s/)
  t.notMatch(await row(page, 'eno1').textContent(), /errors|dropped/)
  await move(page, count)
  const line = row(page, 'eno1').locator('svg[viewBox="0 0 200 40"] path').first()
  await until(async () => (await line.getAttribute('d'))?.includes('L'))

  const show = button(page, 'Show 2 inactive interfaces')
  await show.focus()
  await page.keyboard.press('Enter')
  t.same(await namesIn(page, 'Inactive interfaces'), ['eno2', 'eno3'])
  t.match(await row(page, 'eno2').textContent(), /Down/)
  t.equal(await button(page, 'Hide inactive interfaces').getAttribute('aria-expanded'), 'true')
  await inspect(t, page, 'the interfaces of a host')
  t.same(refusals, [])
  t.same(faults, [])
})

t.test('the guests of interfaces are named, and many are behind a button', { skip: missing }, async (t) => {
  const { page, faults } = await openNetwork(t)
  await row(page, 'veth101i0').getByRole('link', { name: '101 web', exact: true }).waitFor()
  t.same(await namesIn(page, 'Guest interfaces'), ['tap100i0', 'fwbr101i0', 'fwln101i0', 'fwpr101p0', 'veth101i0'])
  await row(page, 'fwpr101p0').getByRole('link', { name: '101 web', exact: true }).waitFor()
  await page.getByRole('link', { name: '100 home-assistant', exact: true }).click()
  await heading(page, 'home-assistant (100)').waitFor()
  t.same(faults, [])

  const many = await openNetwork(t, 20)
  t.equal(await link(many.page, 'tap100i0').count(), 0)
  await button(many.page, 'Show 25 guest interfaces').click()
  t.equal((await namesIn(many.page, 'Guest interfaces')).length, 25)
})

t.test('columns sort in both directions', { skip: missing }, async (t) => {
  const { page, count } = await openNetwork(t)
  const sort = button(page, 'Traffic now')
  const order = () => namesIn(page, 'Interfaces')
  const head = page
    .getByRole('table', { name: 'Interfaces', exact: true })
    .getByRole('columnheader', { name: 'Traffic now' })
  await move(page, count)
  await sort.first().click()
  t.equal(await head.getAttribute('aria-sort'), 'descending')
  await sort.first().click()
  t.equal(await head.getAttribute('aria-sort'), 'ascending')
  await sort.first().click()
  t.equal(await head.getAttribute('aria-sort'), null)
  await button(page, 'Name').first().click()
  t.same(await order(), ['bond0', 'eno1', 'lo', 'vmbr0', 'vmbr0.20'])
  await button(page, 'Name').first().click()
  t.same(await order(), ['vmbr0.20', 'vmbr0', 'lo', 'eno1', 'bond0'])
})

t.test('on a phone a row has two lines', { skip: missing }, async (t) => {
  const { page } = await openNetwork(t)
  await page.setViewportSize({ width: 390, height: 844 })
  const bridge = row(page, 'vmbr0')
  t.match(
    await bridge.getByRole('rowheader').innerText(),
    /^vmbr0\s+Bridge\s+192\.0\.2\.10\/24\s+3 errors\s+12 dropped$/
  )
  const cells = bridge.getByRole('cell')
  t.equal(await cells.count(), 1, 'beside the name only the traffic')
  const { height } = (await row(page, 'eno1').boundingBox())!
  t.ok(height < 70, `${height} px`)
})

t.test('an interface has a page with its details and its history', { skip: missing }, async (t) => {
  const { page, base, faults, refusals } = await openNetwork(t)
  await link(page, 'vmbr0').click()
  await heading(page, 'Interface vmbr0').waitFor()
  t.equal(new URL(page.url()).hash, '#/network/vmbr0')
  const details = page.getByRole('region', { name: 'Interface', exact: true })
  for (const address of ['192.0.2.10/24', '2001:db8::10/64', 'fe80::1/64']) await details.getByText(address).waitFor()
  const history = page.getByRole('region', { name: 'History' })
  const chart = history.getByRole('slider', { name: /^Received/ })
  await chart.waitFor({ timeout: 60_000 })
  await history.getByRole('slider', { name: /^Sent/ }).waitFor()
  await inspect(t, page, 'an interface')
  const week = page.waitForResponse(/\/api\/network\/vmbr0\/history\?timeframe=week/)
  await history.getByText('Week', { exact: true }).click()
  await week
  await details.getByRole('link', { name: 'bond0' }).first().click()
  await heading(page, 'Interface bond0').waitFor()
  await page.goBack()
  await heading(page, 'Interface vmbr0').waitFor()
  await page.getByRole('link', { name: 'Network', exact: true }).last().click()
  await row(page, 'eno1').waitFor()

  await page.goto(`${base}/#/network/lo`)
  await page.getByText('Only physical interfaces, bonds, bridges and VLANs are recorded.').first().waitFor()
  t.same(refusals, [])
  await page.goto(`${base}/#/network/eth9`)
  await page.getByText('This host has no interface named eth9.').waitFor()
  await inspect(t, page, 'an interface that is not there')
  t.same(faults, [])
})
