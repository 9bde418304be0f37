import { setUp, startDaemon, withFolder } from './daemon.ts'
import { launchScript } from './process.ts'
import { argument, median, note, ratios, report, row } from './report.ts'

// The time from process start to the first answer, with an account, compared with a bare Fastify server. Both use the
// same Node. The daemon runs as its bundle, including its shell wrapper; bare Fastify runs as installed by npm.
const RUNS = argument(0, 15)
const STATUS = '/api/auth/status'

await withFolder(async (folder) => {
  const bare = async (): Promise<number> => {
    const server = await launchScript('bare.ts', [], { env: {}, path: STATUS })
    await server.stop()
    return server.startedIn
  }
  const daemon = async (): Promise<number> => {
    const server = await startDaemon(folder)
    await server.stop()
    return server.startedIn
  }

  const first = await startDaemon(folder)
  await setUp(first)
  await first.stop()
  await bare()

  const bareMs: number[] = []
  const daemonMs: number[] = []
  for (let run = 0; run < RUNS; run++) {
    bareMs.push(await bare())
    daemonMs.push(await daemon())
    note(`run ${run + 1}: bare ${bareMs.at(-1)!.toFixed()} ms, daemon ${daemonMs.at(-1)!.toFixed()} ms`)
  }
  const ratio = median(ratios(daemonMs, bareMs))
  report([
    row('Start to first answer, daemon, its first run', `${first.startedIn.toFixed()} ms`),
    row('Start to first answer, bare Fastify', `${median(bareMs).toFixed()} ms`),
    row('Start to first answer, daemon', `${median(daemonMs).toFixed()} ms`),
    row('… daemon ÷ bare', ratio.toFixed(2), '≤ 2.5', ratio <= 2.5)
  ])
})
