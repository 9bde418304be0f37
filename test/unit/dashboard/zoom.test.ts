import t from 'tap'
import {
  fit,
  indexesIn,
  leastWidth,
  rangeBetween,
  stepZoom,
  wholeRange
} from '../../../dashboard/src/parts/history/zoom.ts'

const pointsAt = (from: number, count: number, step: number) =>
  Array.from({ length: count }, (_, i) => ({ time: from + i * step }))
const HOUR = 3600
const points = pointsAt(10_000, 361, 10)
const whole = { from: 10_000, to: 13_600 }
const least = leastWidth(points)

t.test('a chart covers its span, and less while the host has only minutes of data', async (t) => {
  t.same(wholeRange(points, HOUR), whole)
  t.same(wholeRange(pointsAt(13_000, 61, 10), HOUR), { from: 13_000, to: 13_600 })
  t.same(wholeRange(pointsAt(13_590, 2, 10), HOUR), { from: 13_300, to: 13_600 }, 'at least a twelfth')
  t.same(wholeRange([], HOUR), { from: -299, to: 1 })
})

t.test('zooming in keeps the selected time in sight and ends at six steps', async (t) => {
  t.equal(least, 60)
  t.same(stepZoom('in', whole, whole, least), { from: 10_900, to: 12_700 }, 'around the middle')
  t.same(stepZoom('in', whole, whole, least, 13_500), { from: 11_800, to: 13_600 }, 'not beyond the end')
  t.same(stepZoom('in', whole, whole, least, 99), { from: 10_900, to: 12_700 }, 'a time out of sight does not count')
  t.same(stepZoom('in', { from: 11_000, to: 11_080 }, whole, least), { from: 11_010, to: 11_070 })
  t.same(stepZoom('in', { from: 11_000, to: 11_060 }, whole, least), { from: 11_000, to: 11_060 })
  t.equal(stepZoom('in', whole, whole, leastWidth(points.slice(0, 1))), null, 'one point cannot be zoomed')
})

t.test('zooming out ends with the whole, which follows the time', async (t) => {
  t.same(stepZoom('out', { from: 13_000, to: 13_600 }, whole, least), { from: 12_400, to: 13_600 })
  t.equal(stepZoom('out', { from: 10_900, to: 12_700 }, whole, least), null)
  t.equal(stepZoom('reset', { from: 11_000, to: 11_060 }, whole, least), null)
})

t.test('moving stops at both ends', async (t) => {
  t.same(stepZoom('earlier', { from: 12_000, to: 12_600 }, whole, least), { from: 11_700, to: 12_300 })
  t.same(stepZoom('earlier', { from: 10_100, to: 10_700 }, whole, least), { from: 10_000, to: 10_600 })
  t.same(stepZoom('later', { from: 13_000, to: 13_600 }, whole, least), { from: 13_000, to: 13_600 })
})

t.test('a marked range has a direction of no importance, and at least six steps', async (t) => {
  t.same(rangeBetween(12_000, 11_000, whole, least), { from: 11_000, to: 12_000 })
  t.same(rangeBetween(12_000, 12_010, whole, least), { from: 11_975, to: 12_035 })
  t.equal(rangeBetween(0, 99_999, whole, least), null)
})

t.test('a range that the time has passed moves with the oldest point', async (t) => {
  t.same(fit({ from: 9000, to: 9600 }, whole), { from: 10_000, to: 10_600 })
})

t.test('the points in a range', async (t) => {
  t.same(indexesIn(points, { from: 10_095, to: 10_125 }), [10, 12])
  t.equal(indexesIn(points, { from: 10_091, to: 10_099 }), null)
  t.equal(indexesIn([], whole), null)
})
