// The cost of a year of metric history, with the largest numbers of interfaces and disks:
//   node bench/history.ts [days]
// One day at the full rate of ten seconds is written minute by minute, as the daemon does. The year before it is written
// hour by hour through the same code, one sample in ten minutes: after the last day, only tiers with steps of ten minutes
// and more hold rows of that time. Queries are measured in CPU time of this thread, so other programs do not count.
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import FastJsonStringify from 'fast-json-stringify'
import { describeHistory } from '../lib/history/describe.ts'
import { type Devices, kindOf } from '../lib/history/devices.ts'
import { createRecorder, WRITE_EVERY_MS } from '../lib/history/recorder.ts'
import { SERIES, type Values } from '../lib/history/steps.ts'
import { historyMigrations } from '../lib/history/tables.ts'
import { WINDOWS } from '../lib/history/tiers.ts'
import { openDatabase } from '../lib/storage/database.ts'
import { createHistoryStore } from '../lib/storage/history-store.ts'
import { HistoryReplySchema, historySeries, type Timeframe } from '../schemas/host/history.ts'
import { argument, median, quantile, type Row, report, row } from './report.ts'

const days = argument(0, 365)
const DAY_MS = 86_400_000
// Not /tmp, which can be in memory.
const folder = mkdtempSync(join(resolve(import.meta.dirname, '..'), 'node_modules/.history-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
const path = join(folder, 'history.sqlite')

let now = Date.UTC(2025, 0, 1)
const values: Values = {}
const collect = () => {
  // Values of realistic size, with all digits, which need all their bytes.
  for (const name of SERIES) values[name] = historySeries[name].example * (0.5 + Math.random())
  return values
}
/** The largest numbers of interfaces and disks. */
const interfaces = Array.from({ length: kindOf('interface').most }, (_, i) => `enp${i}s0f0`)
const disks = Array.from({ length: kindOf('disk').most }, (_, i) => `WD-WCC7K${1_000_000 + i}`)
const collectDevices = (): Devices => ({
  interface: new Map(
    interfaces.map((name) => [name, { netin: 125_000 * Math.random(), netout: 48_000 * Math.random() }])
  ),
  disk: new Map(
    disks.map((name) => [
      name,
      {
        diskread: 4_000_000 * Math.random(),
        diskwrite: 9_000_000 * Math.random(),
        utilization: 100 * Math.random(),
        temperature: 30 + Math.floor(9 * Math.random())
      }
    ])
  )
})
const database = openDatabase({ path, migrations: historyMigrations, now: Date.now, onSetAside() {} })
const recorder = createRecorder({
  open: async () => createHistoryStore(database),
  collect,
  collectDevices,
  now: () => now,
  // The benchmark writes the minutes itself.
  monotonicNow: () => 0,
  isInPlace: () => true,
  isDamaged: () => false,
  onTrouble(error) {
    if (error) throw error
  }
})

const rows: Row[] = []
const sizes = () => (statSync(path).size + statSync(`${path}-wal`).size) / 1e6
async function record(spanMs: number, writeEveryMs: number, sampleEveryMs: number): Promise<number[]> {
  const times: number[] = []
  const end = now + spanMs
  for (let next = now + writeEveryMs; now < end; next += writeEveryMs) {
    for (; now < next; now += sampleEveryMs) recorder.tick()
    const began = performance.now()
    await recorder.flush()
    times.push(performance.now() - began)
  }
  return times
}
const began = performance.now()
await record((days - 1) * DAY_MS, 3_600_000, 600_000)
const all = (performance.now() - began) / 1000
const sizeBefore = sizes()
const times = await record(DAY_MS, WRITE_EVERY_MS, 10_000)
rows.push(row(`Recording ${days - 1} days, an hour in a transaction`, `${all.toFixed(1)} s`))
const us = (ms: number) => `${Math.round(ms * 1000)} µs`
rows.push(
  row(
    'One minute written: 6 steps, 4 coarser ones, the oldest removed',
    `median ${us(median(times))}, p99 ${us(quantile(times, 0.99))}, worst ${us(Math.max(...times))}`,
    'median < 3 ms',
    median(times) < 3
  )
)
const samples: number[] = []
for (let i = 0; i < 5000; i++) {
  const start = performance.now()
  recorder.tick()
  samples.push(performance.now() - start)
}
rows.push(row('One sample taken into memory', us(median(samples))))
const size = sizes()
rows.push(
  row(
    'The file and its log after the year',
    `${size.toFixed(1)} MB (a day before: ${sizeBefore.toFixed(1)})`,
    '< 20 MB',
    size < 20
  )
)

const processorMs = () => {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}
const serialise = FastJsonStringify(HistoryReplySchema as object)
for (const timeframe of Object.keys(WINDOWS) as Timeframe[]) {
  const took: number[] = []
  let text = ''
  let points = 0
  for (let i = 0; i < 41; i++) {
    const start = processorMs()
    const reply = describeHistory({ timeframe, series: SERIES }, await recorder.read(timeframe), 'pve1', now)
    points = reply.data.length
    text = serialise(reply)
    took.push(processorMs() - start)
  }
  const slow = quantile(took.slice(1), 0.95)
  rows.push(
    row(
      `The last ${timeframe}, all series: read, described, serialised`,
      `median ${median(took).toFixed(1)} ms, p95 ${slow.toFixed(1)}, first ${took[0]!.toFixed(1)}; ${points} points, ${Math.round(text.length / 1000)} kB`,
      'median < 20 ms',
      median(took) < 20
    )
  )
}
report(rows)
