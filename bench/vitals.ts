// The cost of one sample of the vital signs:
//   node --expose-gc bench/vitals.ts [rounds] [folder of an installed systeminformation, to compare with]
// Figures are CPU time of this process (user and system); CPU time of children is read from /proc/self/stat.
import childProcess from 'node:child_process'
import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { createVitals } from '../lib/host/sampler.ts'
import { createProcFile } from '../lib/host/source.ts'

const rounds = Number(process.argv[2] ?? 3000)
const rivalFolder = process.argv[3]
const TICK_MS = 10

// cutime and cstime: fields 16 and 17 of proc_pid_stat(5), in ticks; the process name before them can contain spaces.
function childrenMs(): number {
  const fields = readFileSync('/proc/self/stat', 'latin1').split(') ')[1]!.split(' ')
  return (Number(fields[13]) + Number(fields[14])) * TICK_MS
}

async function measure(name: string, count: number, work: () => unknown, pauseMs = 0): Promise<number> {
  for (let i = 0; i < Math.min(count, 200); i++) await work()
  const children = childrenMs()
  const cpu = process.cpuUsage()
  const started = performance.now()
  for (let i = 0; i < count; i++) {
    await work()
    if (pauseMs > 0) await new Promise((done) => setTimeout(done, pauseMs))
  }
  const { user, system } = process.cpuUsage(cpu)
  const own = (user + system) / count
  const others = ((childrenMs() - children) * 1000) / count
  const wall = ((performance.now() - started) * 1000) / count
  const line = [own, others, wall].map((us) => us.toFixed(0).padStart(9)).join('')
  console.log(`${name.padEnd(46)}${line}`)
  return own + others
}

console.log(`node ${process.version}, ${rounds} rounds`)
console.log(`${'µs a sample:'.padEnd(46)}${['CPU', 'children', 'monotonicNow'].map((h) => h.padStart(9)).join('')}`)

const paths = ['stat', 'meminfo', 'loadavg', 'uptime'].map((name) => `/proc/${name}`)
const buffer = Buffer.alloc(8192)
const fds = paths.map((path) => openSync(path, 'r'))
const kept = paths.map((path) => createProcFile(path))
await measure('4 files: readFileSync', rounds, () => paths.map((path) => readFileSync(path, 'latin1')))
await measure('4 files: readSync on kept descriptors', rounds, () => fds.map((fd) => readSync(fd, buffer, 0, 8192, 0)))
await measure('4 files: fs/promises readFile', rounds, () => Promise.all(paths.map((path) => readFile(path, 'latin1'))))
await measure('4 files: async read on kept descriptors', rounds, () => Promise.all(kept.map((file) => file.read())))
for (const fd of fds) closeSync(fd)
for (const file of kept) file.close()

// A captured /sys, so that a CPU sensor is read on machines without one.
const sysDir = resolve(import.meta.dirname, '../test/host/fixtures/proxmox-intel/sys')
const vitals = createVitals({ warmupMs: 0, sysDir })
await vitals.sample()
const ours = await measure('this sampler, one round after another', rounds, vitals.sample)
const idle = await measure('nothing, every 100 ms', 150, () => {}, 100)
const paced = await measure('this sampler, every 100 ms', 150, vitals.sample, 100)

const descriptors = () => readdirSync('/proc/self/fd').length
globalThis.gc?.()
const heapBefore = process.memoryUsage().heapUsed
const openBefore = descriptors()
for (let i = 0; i < rounds * 3; i++) await vitals.sample()
globalThis.gc?.()
const grown = (process.memoryUsage().heapUsed - heapBefore) / 1024
console.log(
  `\n${rounds * 3} further rounds: heap ${grown.toFixed(0)} KiB, descriptors ${descriptors() - openBefore} more`
)
const percent = (us: number) => `${((us / 1_000_000) * 100).toFixed(3)} % of a core`
console.log(`once a second: ${percent(paced - idle)}; ${percent(ours)} if waking up were free`)
vitals.stop()

if (rivalFolder) {
  let processes = 0
  // spawn, exec, execFile and fork all call this method; their synchronous versions do not.
  const { spawn } = childProcess.ChildProcess.prototype as unknown as { spawn: (...args: unknown[]) => unknown }
  Object.assign(childProcess.ChildProcess.prototype, {
    spawn(this: unknown, ...args: unknown[]) {
      processes++
      return spawn.apply(this, args)
    }
  })
  for (const name of ['execSync', 'spawnSync', 'execFileSync'] as const) {
    const original = childProcess[name] as (...args: unknown[]) => unknown
    Object.assign(childProcess, {
      [name]: (...args: unknown[]) => {
        processes++
        return original(...args)
      }
    })
  }
  const rival = createRequire(import.meta.url)(resolve(rivalFolder)) as Record<string, () => Promise<unknown>>
  const calls = ['mem', 'currentLoad', 'fsSize', 'cpuTemperature'] as const
  const count = 30
  // It answers from a cache within 200 ms.
  const pauseMs = 250
  console.log(`\nsysteminformation, ${count} rounds, one every ${pauseMs} ms`)
  for (const call of calls) {
    processes = 0
    await rival[call]!()
    const started = processes
    await measure(`  ${call}()`, count, () => rival[call]!(), pauseMs)
    console.log(`    processes started by a call: ${started}`)
  }
  await measure('  the four together', count, () => Promise.all(calls.map((call) => rival[call]!())), pauseMs)
}
