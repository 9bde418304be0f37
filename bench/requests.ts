import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SystemReply } from '../schemas/host/system.ts'
import { bearer, setUp, startDaemon, withFolder } from './daemon.ts'
import type { OrdinaryOptions } from './ordinary.ts'
import { launchScript } from './process.ts'
import { argument, report, row, within } from './report.ts'
import { type Contender, compare, PATH, playRounds, rateOf, type Shots } from './shots.ts'

// Authenticated GET /api/system of the daemon against the same packages wired as their READMEs do (bench/ordinary.ts).
// Rounds are interleaved, so that other load of the machine affects all servers alike. Every server is started several
// times: two starts of one program differ by up to 10 %, by how V8 compiles it and where its memory lies.
const STARTS = argument(0, 12)
const ROUNDS = argument(1, 4)
const SHOT_MS = argument(2, 350)

/** Starts the ordinary server, with the daemon's answer and secret. */
async function startOrdinary(folder: string, { server, token }: Contender): Promise<Contender> {
  const reply = await fetch(server.url + PATH, { headers: bearer(token) })
  // Set by Node or by the ordinary server itself.
  const notCopied = /^(connection|content-length|content-type|date|keep-alive|x-request-id|ratelimit.*)$/
  const options: OrdinaryOptions = {
    secret: JSON.parse(await readFile(join(folder, 'auth.json'), 'utf8')).jwt_secret,
    payload: (await reply.json()) as SystemReply,
    headers: Object.fromEntries([...reply.headers].filter(([name]) => !notCopied.test(name)))
  }
  const file = join(folder, 'ordinary.json')
  await writeFile(file, JSON.stringify(options))
  return {
    server: await launchScript('ordinary.ts', [file], { path: '/api/auth/status' }),
    token
  }
}

const [ordinary, daemon]: [Shots, Shots] = [[], []]
for (let start = 0; start < STARTS; start++) {
  await withFolder(async (folder) => {
    const server = await startDaemon(folder)
    const own = { server, token: await setUp(server) }
    const contenders = [await startOrdinary(folder, own), own]
    await playRounds(contenders, [ordinary, daemon], ROUNDS, SHOT_MS)
    for (const { server } of contenders) await server.stop()
  })
}

const { rate, cpu, rounds } = compare(daemon, ordinary)
report([
  row(`GET ${PATH}, ordinary (the packages as their READMEs do)`, rateOf(ordinary)),
  row(`GET ${PATH}, daemon`, rateOf(daemon)),
  row(
    '… daemon ÷ ordinary',
    `${rate.value.toFixed(3)} ± ${rate.error.toFixed(3)} (${rounds})`,
    '≥ 1.10',
    within(rate, (value) => value >= 1.1)
  ),
  row('… the same per second of processor time', cpu.value.toFixed(3))
])
