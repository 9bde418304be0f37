import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import t, { type Test } from 'tap'
import { inspect, openPage, serve } from '../browser/chromium.ts'
import { temporaryFolder } from '../support/app.ts'
import { button, createOwner, heading, missing } from './screens.ts'

const entry = (i: number, text: string) => {
  const at = new Date(Date.now() - i * 60_000).toISOString()
  return `${at} pve1 sshd[${800 + i}]: ${text}\n`
}

/** A host with a log of its own, and a disk that is too full for what its owner set. */
async function openHost(t: Test) {
  const folder = await temporaryFolder(t)
  const logDir = join(folder, 'log')
  mkdirSync(logDir)
  const lines = Array.from({ length: 150 }, (_, i) => entry(150 - i, `Connection closed by 192.0.2.${i} port 40022`))
  writeFileSync(join(logDir, 'syslog'), lines.join(''))
  writeFileSync(
    join(folder, 'settings.json'),
    JSON.stringify({ health: { thresholds: { filesystem: { warning: 1, critical: 100 } } } })
  )
  const journal = { logDir, runDir: join(folder, 'run'), etcDir: join(folder, 'etc') }
  const { base } = await serve(t, {}, { folder, journal })
  const opened = await openPage(t, base)
  await createOwner(opened.page, base)
  return { ...opened, base }
}

/** The busiest process in detail; who is busiest may have ended by the time its row is clicked. */
async function openBusiest(page: Page): Promise<void> {
  const busiest = page.getByRole('region', { name: 'Top processes' }).getByRole('table').getByRole('button')
  for (let tries = 0; tries < 5; tries++) {
    await busiest.first().click()
    const memory = page.getByText('Share of memory').waitFor({ timeout: 5000 })
    if (
      await memory.then(
        () => true,
        () => false
      )
    )
      return
    await page.keyboard.press('Escape')
  }
  throw new Error('no process stays for as long as it takes to look at it')
}

const goTo = (page: Page, name: string) => page.getByRole('link', { name, exact: true }).first().click()

t.test(
  'the overview with its charts, the busiest processes and every check of health',
  { skip: missing },
  async (t) => {
    const { page, faults, refusals } = await openHost(t)
    await page.locator('.uplot canvas').first().waitFor()
    await inspect(t, page, 'overview')
    const chart = page.getByRole('slider', { name: /^CPU, %/ })
    await chart.focus()
    await page.keyboard.press('ArrowLeft')
    t.match(await chart.getAttribute('aria-valuetext'), /: In use .*%, Maximum .*%/, 'arrow keys read it')
    await page
      .getByRole('button', { name: /^Maximum/ })
      .first()
      .click()
    t.equal(
      await page
        .getByRole('button', { name: /^Maximum/ })
        .first()
        .getAttribute('aria-pressed'),
      'false'
    )
    const answer = page.waitForResponse(/timeframe=week/)
    await page.getByText('Week', { exact: true }).click()
    await answer

    await openBusiest(page)
    await inspect(t, page, 'a process')
    await page.keyboard.press('Escape')

    await page.getByRole('button', { name: /show all checks/ }).click()
    await heading(page, 'Host health').waitFor()
    const problem = page.getByRole('listitem').filter({ hasText: 'Disk usage of / ' }).first()
    await problem.getByText('warning at 1 %').waitFor()
    t.equal((await problem.innerText()).match(/\d %/g)?.length, 3, 'the value stands once, beside the two thresholds')
    t.notMatch(await page.getByRole('dialog').innerText(), /filesystem:|updates:/, 'no names for programs')
    await problem.getByText('Delete or move files.').waitFor()
    await problem.getByRole('button', { name: 'Acknowledge…' }).click()
    await problem.getByRole('textbox', { name: 'Reason' }).fill('a new disk comes on Friday')
    await inspect(t, page, 'health')
    await problem.getByRole('button', { name: 'Acknowledge', exact: true }).click()
    await page.getByText('a new disk comes on Friday').waitFor()
    await problem.getByRole('button', { name: 'Remove acknowledgement' }).click()
    await problem.getByRole('button', { name: 'Acknowledge…' }).waitFor()
    await problem.getByRole('link', { name: 'Open Storage' }).click()
    await heading(page, 'Storage').waitFor()
    t.equal(await page.getByRole('dialog').count(), 0, 'the link closes the dialog')
    t.same(
      refusals.filter((refusal) => !/^404 \/api\/processes\//.test(refusal)),
      []
    )
    t.same(faults, [])
  }
)

t.test('storage and network', { skip: missing }, async (t) => {
  const { page, faults, refusals } = await openHost(t)
  const local = {
    name: 'local',
    type: 'dir',
    status: 'active',
    status_detail: 'available',
    percent: 50,
    content: 'iso'
  }
  const storage = [{ ...local, total: 1800, used: 900, available: 900.25, node: 'pve1', shared: false }]
  const json = { success: true, storage, stale: false, age_seconds: 0, reason: null }
  await page.route('**/api/proxmox-storage', (route) => route.fulfill({ json }))
  await goTo(page, 'Storage')
  const size = page.getByRole('row', { name: /^local / }).getByRole('cell', { name: '1.8 TiB' })
  await size.waitFor()
  await heading(page, 'Total').waitFor()
  await page.getByRole('rowheader', { name: /^\// }).first().waitFor()
  await inspect(t, page, 'storage')
  await goTo(page, 'Network')
  await page.getByRole('link', { name: 'lo', exact: true }).waitFor()
  await page.getByRole('cell', { name: '127.0.0.1/8' }).waitFor()
  await inspect(t, page, 'network')
  t.same(refusals, [])
  t.same(faults, [])
})

t.test('logs are filtered, paged and downloaded', { skip: missing }, async (t) => {
  const { page, faults, refusals } = await openHost(t)
  await goTo(page, 'Logs')
  const entries = page.getByRole('list', { name: 'Log entries' }).getByRole('listitem')
  await entries.first().waitFor()
  t.equal(await entries.count(), 100)
  await button(page, 'Show older entries').click()
  await page.getByText('No older entries.').waitFor()
  t.equal(await entries.count(), 150)
  await inspect(t, page, 'logs')
  await page.getByRole('textbox', { name: 'Text' }).fill('192.0.2.77 ')
  const { promise: held, resolve: release } = Promise.withResolvers<void>()
  await page.route(/\/api\/logs\?.*search=/, async (route) => {
    await held
    await route.continue()
  })
  await button(page, 'Search').click()
  await page.waitForURL(/#\/logs\/.*77/)
  await entries.first().waitFor({ state: 'hidden' })
  t.equal(await page.getByText(/older entries/).count(), 0, 'what another search has found is gone at once')
  release()
  await entries.nth(1).waitFor({ state: 'hidden' })
  await entries.first().waitFor()
  t.match(await entries.first().textContent(), /192\.0\.2\.77/)
  const download = page.waitForEvent('download')
  await button(page, 'Download').click()
  t.match((await download).suggestedFilename(), /^logs-.*\.txt$/)
  await button(page, 'Reset').click()
  await entries.nth(99).waitFor()
  const followed = page.waitForResponse(/\/api\/logs\?/)
  await button(page, 'Follow').click()
  await followed
  t.same(refusals, [])
  t.same(faults, [])
})
