import type { Page } from 'playwright-core'
import t, { type Test } from 'tap'
import { inspect, openPage, serve } from '../browser/chromium.ts'
import { createOwner, heading, missing } from './screens.ts'

/** A host with 700 made-up processes: a parent of all, 20 services, and 679 workers of these. */
const processes = Array.from({ length: 700 }, (_, i) => {
  const pid = i + 1
  const isService = pid > 1 && pid <= 21
  const name = pid === 1 ? 'systemd' : isService ? `service-${pid}` : `worker-${pid}`
  return {
    pid,
    ppid: pid === 1 ? 0 : isService ? 1 : 2 + (pid % 20),
    command: name.slice(0, 15),
    name,
    cmdline: pid === 700 ? '/usr/bin/python3 -Es /usr/sbin/the-script start' : `/usr/sbin/${name} --of-a-service`,
    script: pid === 700 ? '/usr/sbin/the-script' : null,
    user: pid % 2 ? 'root' : 'www-data',
    uid: pid % 2 ? 0 : 33,
    state: 'S',
    cpu: pid === 700 ? 99 : pid % 7,
    mem: 0.1,
    rss: pid * 1024 ** 2,
    rss_kb: pid * 1024,
    threads: 1,
    start_time: null,
    read_bytes_per_second: 0,
    write_bytes_per_second: pid
  }
})

async function openProcesses(t: Test, path = '') {
  const { base } = await serve(t, {})
  const opened = await openPage(t, base)
  const { page } = opened
  await createOwner(page, base)
  await page.route(/api\/processes\?/, (route) => {
    const timestamp = new Date().toISOString()
    const age = { timestamp, captured_at: Date.parse(timestamp) / 1000, stale: false, age_seconds: 0 }
    return route.fulfill({ json: { success: true, processes, total: 700, sort: 'cpu', ...age, reasons: {} } })
  })
  await page.goto(`${base}/#/processes${path}`)
  await heading(page, 'Processes').waitFor()
  await page.getByRole('rowheader').first().waitFor()
  return { ...opened, base }
}

const nameAt = (page: Page, row: number) => page.getByRole('rowheader').nth(row).getByRole('button')
const sortBy = (page: Page, name: string) => page.getByRole('columnheader').getByRole('button', { name, exact: true })

t.test('a click or a key on a heading sorts, and the URL keeps the order', { skip: missing }, async (t) => {
  const { page, faults } = await openProcesses(t)
  const header = (name: string) => page.getByRole('columnheader', { name, exact: true })
  t.equal(await header('CPU').getAttribute('aria-sort'), 'descending')
  t.equal(await nameAt(page, 0).innerText(), 'worker-700')
  await page.getByText('/usr/sbin/the-script start').waitFor()
  await page.getByText(/^50 of 700 shown, at /).waitFor()

  await sortBy(page, 'Memory').click()
  await page.waitForURL(/processes\/memory\/50$/)
  await page.locator('th[aria-sort]', { hasText: 'Memory' }).waitFor()
  t.equal(await header('CPU').getAttribute('aria-sort'), null, 'one column sorts')
  await sortBy(page, 'Memory').press('Enter')
  await page.waitForURL(/processes\/memory\/50\/ascending$/)
  await page.locator('th[aria-sort=ascending]', { hasText: 'Memory' }).waitFor()
  t.equal(await nameAt(page, 0).innerText(), 'systemd')
  await sortBy(page, 'Name').press(' ')
  await page.locator('th[aria-sort=ascending]', { hasText: 'Name' }).waitFor()
  t.equal(await nameAt(page, 0).innerText(), 'service-2', 'numbers in names count as numbers')

  await page.reload()
  await page.locator('th[aria-sort=ascending]', { hasText: 'Name' }).waitFor()
  await page.goBack()
  await page.locator('th[aria-sort=ascending]', { hasText: 'Memory' }).waitFor()
  t.same(faults, [])
})

t.test('the tree has ancestors, also of what the filter finds', { skip: missing }, async (t) => {
  const { page, base, faults } = await openProcesses(t, '/pid/all')
  await page.getByText('Tree', { exact: true }).click()
  await page.waitForURL(/processes\/pid\/all\/tree$/)
  await page.getByRole('rowheader', { name: /^Level 3: worker-40 / }).waitFor()
  await page.getByText(/^700 of 700 shown, at /).waitFor()
  t.match(await page.getByRole('rowheader').nth(1).innerText(), /service-2/, 'below its parent')
  await page.getByRole('searchbox', { name: 'Filter' }).fill('the-script')
  await page.getByText(/^1 of 700 shown, at /).waitFor()
  t.same(await page.getByRole('rowheader').getByRole('button').allInnerTexts(), ['systemd', 'service-2', 'worker-700'])
  await page.getByRole('searchbox', { name: 'Filter' }).fill('no such process at all')
  await page.getByText('None of the 700 processes matches the filter.').waitFor()
  await page.goto(`${base}/#/processes/pid/25`)
  await page.getByRole('searchbox', { name: 'Filter' }).fill('worker')
  await page.getByText(/^679 of 700 match, 25 shown, at /).waitFor()
  t.same(faults, [])
})

t.test('a click on a column moves the 700 rows and draws none of them anew', { skip: missing }, async (t) => {
  const { page, faults } = await openProcesses(t, '/cpu/all/tree')
  await page.getByRole('rowheader').nth(699).waitFor()
  for (const name of ['Memory', 'Name', 'PID']) {
    const [rows, drawn] = await page.evaluate<[number, number]>(`new Promise((resolve) => {
      const header = [...document.querySelectorAll('th')].find((each) => each.textContent === '${name}')
      const before = new Set(document.querySelectorAll('tbody tr'))
      const count = () => {
        const after = [...document.querySelectorAll('tbody tr')]
        resolve([after.length, after.filter((row) => !before.has(row)).length])
      }
      const look = () => header.ariaSort ? count() : requestAnimationFrame(look)
      header.querySelector('button').click()
      look()
    })`)
    t.same([rows, drawn], [700, 0], name)
  }
  t.same(faults, [])
})

t.test('a process of this host in detail, and the order on a phone', { skip: missing }, async (t) => {
  const { base } = await serve(t, {})
  const { page, faults } = await openPage(t, base, { viewport: { width: 390, height: 844 } })
  await createOwner(page, base)
  await page.goto(`${base}/#/processes/pid/500`)
  await page.getByRole('searchbox', { name: 'Filter' }).fill(String(process.pid))
  const own = page.getByRole('row').filter({ hasText: 'node' }).first()
  await own.getByRole('button').click()
  await page.getByRole('heading', { name: /^node, process \d+$/ }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('searchbox', { name: 'Filter' }).fill('')
  await page.getByRole('combobox', { name: 'Sort by' }).selectOption('user')
  await page.waitForURL(/processes\/user\/500$/)
  await inspect(t, page, 'processes')
  t.same(faults, [])
})
