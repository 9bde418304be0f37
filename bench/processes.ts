// The cost of a scan of all processes, and how long it blocks the event loop:
//   node bench/processes.ts [rounds] [more processes to start]
// Compared with the same files read in libuv's pool.
import { type ChildProcess, spawn } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { readKernelUnits } from '../lib/processes/kernel-units.ts'
import { readProc } from '../lib/processes/read-proc.ts'
import { createProcessScanner } from '../lib/processes/scanner.ts'

const rounds = Number(process.argv[2] ?? 100)
const children: ChildProcess[] = []
for (let i = 0; i < Number(process.argv[3] ?? 0); i++) children.push(spawn('sleep', ['600'], { stdio: 'ignore' }))
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL')
})

const monotonicNow = performance.now.bind(performance)
const scanner = createProcessScanner({ procDir: '/proc', units: readKernelUnits(), monotonicNow })

async function measure(name: string, work: () => Promise<number>): Promise<void> {
  await work()
  const delay = monitorEventLoopDelay({ resolution: 1 })
  const slices: number[] = []
  const cpu = process.cpuUsage()
  const begun = monotonicNow()
  delay.enable()
  for (let i = 0; i < rounds; i++) slices.push(await work())
  delay.disable()
  const { user, system } = process.cpuUsage(cpu)
  console.log(
    `${name}: ${((user + system) / rounds / 1000).toFixed(2)} ms CPU, ${((monotonicNow() - begun) / rounds).toFixed(2)} ms, ` +
      `longest slice ${Math.max(...slices).toFixed(2)} ms, event loop p99 ${(delay.percentile(99) / 1e6).toFixed(2)} ms`
  )
}

const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
console.log(`node ${process.version}, ${pids.length} processes, ${rounds} scans`)
await measure('in slices, synchronous', async () => (await scanner.scan()).longestSlice)
await measure('in the pool, all at once', async () => {
  const read = (pid: string, file: string) => readProc(`/proc/${pid}/${file}`, 4096).catch(() => '')
  await Promise.all(pids.flatMap((pid) => [read(pid, 'stat'), read(pid, 'io')]))
  return 0
})
process.exit()
