import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { writeShell } from '../test/terminal/plain-shell.ts'
import { setUp, startDaemon, withFolder } from './daemon.ts'
import { memoryOf } from './process.ts'
import { argument, mean, note, type Row, report, row } from './report.ts'
import type { ProbeLine } from './soak-probe.ts'
import { runTraffic } from './soak-traffic.ts'

// `node bench/soak.ts [minutes]`: half an hour of mixed traffic. Exits with 1 if memory or handles grew in the second
// half.
const MINUTES = argument(0, 30)
const SAMPLE_MS = 10_000

interface Sample {
  minute: number
  rss: number
  heap: number
  descriptors: number
  timers: number
  resources: number
}

/** Allowed growth in the second half, from its first to its last minute, by linear regression. */
const limits: { what: keyof Sample; name: string; unit: string; most: number }[] = [
  { what: 'rss', name: 'Resident memory', unit: ' MiB', most: 5 },
  { what: 'heap', name: 'Heap, the least of 10 s', unit: ' MiB', most: 3 },
  { what: 'descriptors', name: 'Descriptors', unit: '', most: 3 },
  { what: 'timers', name: 'Timers', unit: '', most: 5 },
  { what: 'resources', name: 'Active resources', unit: '', most: 5 }
]

/** The rise of the least-squares line over its samples. */
function riseOf(samples: readonly Sample[], what: keyof Sample): number {
  const x = samples.map(({ minute }) => minute)
  const y = samples.map((sample) => sample[what])
  const [meanX, meanY] = [mean(x), mean(y)]
  const spread = x.reduce((sum, each) => sum + (each - meanX) ** 2, 0)
  const slope = x.reduce((sum, each, i) => sum + (each - meanX) * (y[i]! - meanY), 0) / spread
  return slope * (x.at(-1)! - x[0]!)
}

const lineOf = (sample: Sample): string =>
  [
    sample.minute.toFixed(1).padStart(6),
    sample.rss.toFixed(1).padStart(8),
    sample.heap.toFixed(1).padStart(8),
    ...[sample.descriptors, sample.timers, sample.resources].map((value) => String(value).padStart(8))
  ].join(' ')

async function measure(folder: string): Promise<Row[]> {
  const probe = join(folder, 'probe')
  const server = await startDaemon(folder, {
    MONITOR_RATE_LIMIT: '300',
    MONITOR_RATE_LIMIT_LOGIN: '10',
    MONITOR_RATE_LIMIT_REFRESH: '20',
    MONITOR_RATE_LIMIT_TOKEN: '100',
    MONITOR_SHELL: await writeShell(folder),
    SOAK_PROBE: probe,
    NODE_OPTIONS: `--import=${join(import.meta.dirname, 'soak-probe.ts')}`
  })
  const token = await setUp(server)
  const end = new AbortController()
  const traffic = runTraffic(server, token, end.signal)

  const samples: Sample[] = []
  let read = 0
  note('minute  RSS MiB heap MiB    files   timers resources')
  const begin = performance.now()
  for (let due = SAMPLE_MS; due <= MINUTES * 60_000; due += SAMPLE_MS) {
    await wait(Math.max(0, begin + due - performance.now()))
    const lines = readFileSync(probe, 'utf8').trim().split('\n')
    const recent = lines.slice(read).map((line) => JSON.parse(line) as ProbeLine)
    read = lines.length
    if (recent.length === 0) throw new Error('the daemon has written nothing for 10 s')
    samples.push({
      minute: due / 60_000,
      rss: memoryOf(server.pid).rss,
      // The minimum is closest to the memory after a garbage collection.
      heap: Math.min(...recent.map(({ heap }) => heap)),
      descriptors: readdirSync(`/proc/${server.pid}/fd`).length,
      timers: Math.min(...recent.map(({ timers }) => timers)),
      resources: Math.min(...recent.map(({ resources }) => resources))
    })
    note(lineOf(samples.at(-1)!))
  }
  end.abort()
  const counts = await traffic
  await server.stop()

  const half = samples.slice(samples.length >> 1)
  const failed = [...counts].filter(([what]) => / 5\d\d$|failed/.test(what))
  return [
    ...limits.map(({ what, name, unit, most }) => {
      const rise = riseOf(half, what)
      const from = Math.min(...half.map((sample) => sample[what]))
      const to = Math.max(...half.map((sample) => sample[what]))
      const digits = unit === '' ? 0 : 1
      const measured = `${rise.toFixed(1)}${unit} (${from.toFixed(digits)} to ${to.toFixed(digits)})`
      return row(`${name}: rise in the second half`, measured, `≤ ${most}${unit}`, rise <= most)
    }),
    row(
      'Failures',
      failed.map(([what, times]) => `${times} × ${what}`).join(', ') || 'none',
      'none',
      failed.length === 0
    ),
    ...[...counts].toSorted().map(([what, times]) => row(`… ${what}`, String(times)))
  ]
}

const rows = await withFolder(measure)
report(rows)
process.exitCode = rows.some(({ pass }) => pass === false) ? 1 : 0
