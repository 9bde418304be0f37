// The cost of GET /api/logs on a journal of the given size:
//   node bench/journal.ts [MB] [rounds]
// The journal is created first, with the 30 fields of a journald entry, in files of 32 MB as journald rotates them.
// Needs systemd-journal-remote (apt-get install systemd-journal-remote). Times are with the files in the page cache.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { readLogQuery } from '../lib/logs/log-query.ts'
import { createLogs } from '../lib/logs/logs.ts'
import type { LogFilters } from '../schemas/host/logs.ts'

const megabytes = Number(process.argv[2] ?? 30)
const rounds = Number(process.argv[3] ?? 20)
const PER_FILE = 40_000
const folder = mkdtempSync(join(tmpdir(), 'monitor-journal-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
const journal = join(folder, 'journal', '0123456789abcdef0123456789abcdef')
mkdirSync(journal, { recursive: true })

function entry(i: number): string {
  const at = 1_700_000_000_000_000 + i * 250_000
  const unit = `unit${(i * 7919) % 150}`
  const fields: Record<string, string | number> = {
    __REALTIME_TIMESTAMP: at,
    __MONOTONIC_TIMESTAMP: at - 1_600_000_000_000_000,
    _BOOT_ID: 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
    MESSAGE: `Accepted connection ${i} from 192.0.2.${i % 256} port ${i % 60_000}, request ${(i * 2654435761) % 4294967296}`,
    PRIORITY: i % 500 === 0 ? 3 : i % 20 === 0 ? 4 : 6,
    SYSLOG_IDENTIFIER: unit,
    _SYSTEMD_UNIT: `${unit}.service`,
    _PID: 300 + (i % 900),
    _HOSTNAME: 'pve1',
    _SOURCE_REALTIME_TIMESTAMP: at - 12,
    SYSLOG_TIMESTAMP: `Nov 14 ${i}`
  }
  for (const name of ['_TRANSPORT', '_UID', '_GID', '_MACHINE_ID', '_SYSTEMD_SLICE', '_RUNTIME_SCOPE'])
    fields[name] = 'x'
  for (const name of ['_COMM', '_EXE', '_CMDLINE', '_SYSTEMD_CGROUP', '_SYSTEMD_INVOCATION_ID', '_CAP_EFFECTIVE'])
    fields[name] = `/usr/sbin/${unit}`
  for (const name of ['SYSLOG_FACILITY', 'TID', 'CODE_LINE', 'CODE_FILE', 'CODE_FUNC']) fields[name] = i % 40
  return `${Object.entries(fields)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('')}\n`
}

let bytes = 0
let count = 0
for (let file = 0; bytes < megabytes * 1e6; file++) {
  const path = join(journal, file === 0 ? 'system.journal' : `system@${file}.journal`)
  const input = Array.from({ length: PER_FILE }, (_, i) => entry(count + i)).join('')
  execFileSync('/lib/systemd/systemd-journal-remote', ['-o', path, '-'], { input, stdio: ['pipe', 'ignore', 'ignore'] })
  count += PER_FILE
  bytes += statSync(path).size
}
console.log(`node ${process.version}, ${(bytes / 1e6).toFixed(0)} MB, ${count} entries\n`)
console.log('| query | found | p50 | p95 | CPU a query | event loop p99 |\n| --- | --- | --- | --- | --- | --- |')

const logs = createLogs({ logDir: folder, runDir: join(folder, 'run'), etcDir: join(folder, 'etc'), now: Date.now })
async function measure(name: string, sent: LogFilters, times = rounds): Promise<void> {
  const read = readLogQuery(sent, Date.now())
  if (!read.ok) throw new Error('the query is refused')
  const ask = async () => (await logs.list(read.query, 100, new AbortController().signal))!
  const { total, complete } = await ask()
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  const taken: number[] = []
  const cpu = process.cpuUsage()
  for (let i = 0; i < times; i++) {
    const begun = performance.now()
    await ask()
    taken.push(performance.now() - begun)
  }
  const { user, system } = process.cpuUsage(cpu)
  delay.disable()
  taken.sort((a, b) => a - b)
  const at = (share: number) => `${taken[Math.floor(share * (times - 1))]!.toFixed(1)} ms`
  const found = `${total}${complete ? '' : ', then ended by time'}`
  const work = `${((user + system) / 1000 / times).toFixed(1)} ms`
  console.log(
    `| ${name} | ${found} | ${at(0.5)} | ${at(0.95)} | ${work} | ${(delay.percentile(99) / 1e6).toFixed(1)} ms |`
  )
}

const middle = new Date(1_700_000_000_000 + (count / 2) * 250).toISOString()
await measure('newest 100', {})
await measure('newest 100 before the middle', { before: middle })
await measure('of one unit', { unit: 'unit7' })
await measure('errors', { priority: '3' })
await measure('an unknown unit', { unit: 'nobody' })
await measure('errors of one unit', { unit: 'unit7', priority: '3' })
await measure('a text that is often there', { search: '192.0.2.7 ' })
await measure('a text that is nowhere', { search: 'nowhere' }, 3)
