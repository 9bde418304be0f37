import type { Page } from 'playwright-core'
import t from 'tap'
import { openPage, serve } from '../browser/chromium.ts'
import { createOwner, missing } from './screens.ts'

const STEP = 60
const end = Math.floor(Date.now() / 1000 / STEP) * STEP

/** The answer of /api/node/metrics whose points are those minutes before now; a point of `gap` is not measured. */
const historyOf = (minutes: readonly number[], gap: readonly number[] = []) => ({
  success: true,
  node: 'pve1',
  timeframe: 'hour',
  resolution_seconds: STEP,
  reasons: {},
  data: minutes.map((minute) => ({
    time: end - minute * STEP,
    cpu: gap.includes(minute) ? null : 0.5,
    memused: null,
    memtotal: null
  }))
})

async function openChart(page: Page, base: string, history: object) {
  await page.route('**/api/node/metrics?timeframe=hour', (route) => route.fulfill({ json: history }))
  await createOwner(page, base)
  const chart = page.getByRole('slider', { name: /^CPU, %/ })
  await chart.locator('canvas').waitFor()
  await chart.scrollIntoViewIfNeeded()
  const { x, y, width } = (await chart.locator('.u-over').boundingBox())!
  const tooltip = chart.locator('div[aria-hidden="true"]')
  return { tooltip, at: (share: number) => page.mouse.move(x + width * share, y + 60), chart }
}

t.test('a chart has no value where nothing was measured', { skip: missing }, async (t) => {
  const { base } = await serve(t)
  const { page } = await openPage(t, base)
  // A minute after the start the chart is five minutes wide.
  const { tooltip, at } = await openChart(page, base, historyOf([1, 0]))
  await at(0.99)
  await tooltip.getByText(/^50(\.0)? %$/).waitFor()
  await at(0.3)
  await tooltip.waitFor({ state: 'detached' })
  t.equal(await tooltip.count(), 0, 'before the first point')
  await page.getByText(/^Data since /).waitFor()
})

t.test('a gap in a chart is a gap', { skip: missing }, async (t) => {
  const { base } = await serve(t)
  const { page } = await openPage(t, base)
  const minutes = Array.from({ length: 60 }, (_, i) => 59 - i)
  const gap = minutes.filter((minute) => minute > 20 && minute < 40)
  const { tooltip, at } = await openChart(page, base, historyOf(minutes, gap))
  await at(0.9)
  await tooltip.getByText(/^50(\.0)? %$/).waitFor()
  await at(0.5)
  await tooltip.getByText('–').first().waitFor()
  t.equal(await tooltip.getByText(/^50(\.0)? %$/).count(), 0)
  t.equal(await page.getByText(/^Data since /).count(), 0, 'an hour is an hour')
})
