import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import t, { type Test } from 'tap'
import { inspect, openPage, serve } from '../browser/chromium.ts'
import { answers, plantDisks, SATA } from '../host/storage/made-up-disks.ts'
import { addUser } from '../support/api-tokens.ts'
import { setUp, temporaryFolder } from '../support/app.ts'
import { until } from '../support/waiting.ts'
import { button, heading, logIn, missing } from './screens.ts'

t.setTimeout(300_000)

/** The dashboard of a host with three disks, whose smartctl is a script, before the login. */
async function openHost(t: Test) {
  const folder = await temporaryFolder(t)
  const { behave, options } = plantDisks(folder)
  let ahead = 0
  const { app, base } = await serve(
    t,
    {},
    {
      ...options,
      sampling: { monotonicNow: () => performance.now() + ahead }
    }
  )
  await setUp(app)
  await until(() => ['sda', 'nvme0n1'].every((name) => app.sources.storage.latest().smart.value?.get(name)?.value))
  const read = () => {
    ahead += 61_000
    app.sampling.reportViewer()
  }
  return { ...(await openPage(t, base)), app, base, folder, behave, read }
}

const card = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
const smartLink = (page: Page, disk: string) =>
  page.getByRole('link', { name: `History, SMART data and self-tests of ${disk}` })

/** The answer of smartctl while a self-test runs. */
function runningIn(folder: string, left: number): string {
  const sata = JSON.parse(readFileSync(SATA, 'utf8'))
  sata.ata_smart_data.self_test.status = { value: 249, string: 'in progress', remaining_percent: left }
  sata.ata_smart_attributes.table[0].when_failed = 'now'
  writeFileSync(join(folder, 'running.json'), JSON.stringify(sata))
  return join(folder, 'running.json')
}

t.test('from the list by keyboard to a disk with its attributes, and back', { skip: missing }, async (t) => {
  const { page, base, faults, refusals } = await openHost(t)
  await page.goto(`${base}/#/storage`)
  await logIn(page)
  await smartLink(page, 'sda').focus()
  t.equal(await smartLink(page, 'vda').count(), 0, 'a virtual disk has no SMART data')
  await page.getByRole('link', { name: 'History of vda' }).waitFor()
  await page.keyboard.press('Enter')
  await heading(page, 'Disk sda').waitFor()
  t.match(await page.getByRole('row', { name: /Reallocated Sector Ct/ }).textContent(), /510010?.*10.*0.*OK/)
  t.match(await page.getByRole('row', { name: /^Short offline/ }).textContent(), /Passed.*without error.*21,030/)
  t.match(await page.getByRole('row', { name: /^Extended offline Not finished/ }).textContent(), /Aborted by host/)
  t.match(await page.getByRole('row', { name: /^Extended offline Failed/ }).textContent(), /read failure.*19,876/)
  await card(page, 'Self-tests').getByText('A short test takes about 1 min, a long test about 11 h 42 min.').waitFor()
  const history = card(page, 'History')
  for (const name of [/^Read/, /^Written/, /^Busy/, /^Temperature/])
    await history.getByRole('slider', { name }).waitFor()
  await inspect(t, page, 'a SATA disk')
  await page.goBack()
  await heading(page, 'Disks').waitFor()

  await smartLink(page, 'nvme0n1').click()
  await heading(page, 'Disk nvme0n1').waitFor()
  await page.getByRole('row', { name: 'Endurance used 3.0 %' }).waitFor()
  await page.getByRole('row', { name: /^Data written 12\.0 TiB$/ }).waitFor()
  await card(page, 'Self-tests').getByText('A long self-test is running.').waitFor()
  t.equal(await page.getByRole('meter', { name: 'Progress of the self-test' }).getAttribute('aria-valuenow'), '37')
  t.equal(await button(page, 'Start a short self-test').count(), 0, 'one at a time')
  await inspect(t, page, 'an NVMe disk with a running self-test')
  await page.getByRole('link', { name: 'Storage', exact: true }).last().click()
  await heading(page, 'Disks').waitFor()
  t.same(refusals, [])

  await page.goto(`${base}/#/storage/vda`)
  await page.getByText('The disk is virtual and has no SMART data.').waitFor()
  await heading(page, 'Busy').waitFor()
  t.equal(await heading(page, 'Temperature').count(), 0)
  await page.goto(`${base}/#/storage/sdz`)
  await page.getByText('This host has no disk named sdz.').waitFor()
  await inspect(t, page, 'a disk that is not there')
  t.same(faults, [])
})

t.test('a self-test is started, every tab sees its progress and its end', { skip: missing }, async (t) => {
  const { page, base, folder, behave, read, faults, refusals } = await openHost(t)
  await page.goto(`${base}/#/storage/sda`)
  await logIn(page)
  await button(page, 'Start a long self-test').waitFor()
  const other = await page.context().newPage()
  await other.goto(`${base}/#/storage/sda`)
  await button(other, 'Start a long self-test').waitFor()

  behave(answers(runningIn(folder, 90)))
  await button(page, 'Start a long self-test').click()
  await page.getByText('sda has started the self-test.').waitFor()
  for (const tab of [page, other]) {
    await tab.getByText('A self-test is running.').waitFor()
    await tab.getByText('10.0 % done').waitFor()
    t.equal(await button(tab, 'Start a short self-test').count(), 0)
  }
  const rows = await page.getByRole('row').allTextContents()
  t.match(
    rows.find((text) => /Reallocated/.test(text)),
    /Failing/
  )
  behave(answers(runningIn(folder, 40)))
  read()
  await page.getByText('60.0 % done').waitFor()
  behave(answers(SATA))
  read()
  for (const tab of [page, other]) await button(tab, 'Start a long self-test').waitFor()
  t.same(refusals, [])

  const messages = [{ string: 'Self-tests not supported', severity: 'error' }]
  behave(`echo '${JSON.stringify({ smartctl: { messages } })}'; exit 4`)
  await button(page, 'Start a short self-test').click()
  await page.getByText('Self-tests not supported.').waitFor()
  await inspect(t, page, 'a self-test that does not start')
  t.same(refusals, ['409 /api/storage/smart/sda/test'])
  t.same(faults, [])
})

t.test('who may only look sees the results, and no button', { skip: missing }, async (t) => {
  const { page, app, base } = await openHost(t)
  await addUser(app, 2, ['system.view'])
  await page.goto(`${base}/#/storage/sda`)
  await logIn(page, 'user2')
  await page.getByRole('row', { name: /^Short offline/ }).waitFor()
  t.equal(await page.locator('main').getByRole('button').count(), 0)
})

t.test(
  'without smartctl the page of a disk says what to install; a busy host is asked again',
  { skip: missing },
  async (t) => {
    const { page, base } = await openHost(t)
    const reason = 'smartctl is not installed; to install it: apt install smartmontools'
    const none = { last_test: null, self_tests: null, smart_data: null, status: null, test_type: null, progress: null }
    const age = { stale: false, age_seconds: null, timestamp: null, reason }
    const minutes = { duration_minutes: { short: null, long: null } }
    const reasons = { smart_data: reason, self_tests: reason, status: reason }
    const json = { success: true, disk: 'sda', ...age, ...none, ...minutes, reasons }
    await page.route('**/api/storage/smart/sda', (route) => route.fulfill({ json }))
    await page.goto(`${base}/#/storage/sda`)
    await logIn(page)
    const smart = card(page, 'SMART')
    await smart.getByText('smartctl is not installed.').waitFor()
    t.match(await smart.textContent(), /apt install smartmontools/)
    t.equal(await card(page, 'Self-tests').count(), 0)
    const busy = { success: false, error: 'busy', message: 'the host is busy', code: 'BUSY' }
    await page.route('**/api/storage/smart/nvme0n1', (route) => route.fulfill({ status: 503, json: busy }))
    await page.goto(`${base}/#/storage/nvme0n1`)
    await page.getByText('The host is busy.').waitFor()
    await page.unroute('**/api/storage/smart/nvme0n1')
    await button(page, 'Retry now').click()
    await card(page, 'NVMe health log').waitFor()
  }
)
