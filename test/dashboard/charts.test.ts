import type { Page } from 'playwright-core'
import t from 'tap'
import { inspect, openPage, serve } from '../browser/chromium.ts'
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

t.test('charts are zoomed by dragging, by keys and by buttons, all of them together', { skip: missing }, async (t) => {
  const { base } = await serve(t)
  const { page, faults } = await openPage(t, base)
  const minutes = Array.from({ length: 61 }, (_, i) => 60 - i)
  const history = historyOf(minutes)
  const { chart, at, tooltip } = await openChart(page, base, {
    ...history,
    data: history.data.map((point, i) => ({ ...point, memused: i, memtotal: 61 }))
  })
  const bar = page.getByRole('group', { name: 'Zoom' })
  const shown = bar.getByRole('status')
  const range = async () => [await chart.getAttribute('aria-valuemin'), await chart.getAttribute('aria-valuemax')]
  await bar.getByText('Drag over a chart to zoom in.').waitFor()
  t.same(await range(), ['0', '60'])
  await inspect(t, page, 'charts')
  await chart.scrollIntoViewIfNeeded()

  await at(0.5)
  await page.mouse.down()
  await at(0.6)
  await at(0.75)
  await page.mouse.up()
  await shown.filter({ hasText: ' to ' }).waitFor()
  const [first, last] = (await range()).map(Number)
  t.ok(Math.abs(first! - 30) <= 1 && Math.abs(last! - 45) <= 1, `points ${first} to ${last}`)
  const memory = page.getByRole('slider', { name: /^Memory/ })
  t.equal(await memory.getAttribute('aria-valuemin'), String(first), 'the other charts too')
  await at(0.5)
  await tooltip.getByText(/^50(\.0)? %$/).waitFor()

  await chart.focus()
  await page.keyboard.press('End')
  t.equal(await chart.getAttribute('aria-valuenow'), String(last), 'arrow keys stay in what is shown')
  await page.keyboard.press('+')
  const closer = (await range()).map(Number)
  t.ok(closer[1]! - closer[0]! < last! - first!, 'closer')
  await page.keyboard.press('0')
  t.same(await range(), ['0', '60'])

  const press = (name: string) => bar.getByRole('button', { name }).click()
  await press('Zoom in')
  t.same(await range(), ['15', '45'])
  await press('Earlier')
  t.same(await range(), ['0', '30'])
  t.equal(await bar.getByRole('button', { name: 'Earlier' }).getAttribute('aria-disabled'), 'true')
  await press('Later')
  t.same(await range(), ['15', '45'])
  await press('Zoom out')
  t.same(await range(), ['0', '60'])
  await press('Zoom in')
  await press('Show all')
  t.same(await range(), ['0', '60'])
  t.equal(await bar.locator('button:focus').getAttribute('aria-label'), 'Show all', 'the focus stays')
  t.same(faults, [])
})
