import { setTimeout as wait } from 'node:timers/promises'
import { setUp, startDaemon, withFolder } from './daemon.ts'
import { cpuSeconds, memoryOf } from './process.ts'
import { argument, note, percent, report, row } from './report.ts'

// The daemon that nobody asks anything, after an account was set up and its owner logged in (which the setup does):
// the hashing threads have run, and end themselves within the time.
const SECONDS = argument(0, 60)

const shown = ({ rss, pss, threads }: ReturnType<typeof memoryOf>): string =>
  `${rss.toFixed(1)} MiB (Pss ${pss.toFixed(1)} MiB), ${threads} threads`

await withFolder(async (folder) => {
  // Once more, so that the compile cache is warm whatever was edited since.
  await (await startDaemon(folder)).stop()

  const server = await startDaemon(folder)
  const atStart = memoryOf(server.pid)
  await setUp(server)
  const afterLogin = memoryOf(server.pid)
  note(`idle for ${SECONDS} s`)
  const cpuBefore = cpuSeconds(server.pid)
  const begin = performance.now()
  await wait(SECONDS * 1000)
  const share = (cpuSeconds(server.pid) - cpuBefore) / ((performance.now() - begin) / 1000)
  const atEnd = memoryOf(server.pid)
  await server.stop()

  report([
    row('Resident memory after the start', shown(atStart)),
    row('Resident memory after the first login', shown(afterLogin)),
    row(`Resident memory after ${SECONDS} s idle`, shown(atEnd), '≤ 100 MB', atEnd.rss * 1.048576 <= 100),
    row(`Processor while idle, share of a core`, percent(share, 2), '≤ 0.5 %', share <= 0.005)
  ])
})
