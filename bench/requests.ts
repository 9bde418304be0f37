import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SystemReply } from '../schemas/host/system.ts'
import { bearer, logIn, setUp, startDaemon, withFolder } from './daemon.ts'
import type { OrdinaryOptions } from './ordinary.ts'
import { launchScript } from './process.ts'
import { argument, percent, report, row, whole } from './report.ts'
import { type Contender, compare, PATH, playRounds, rateOf, type Shots } from './shots.ts'

// Authenticated GET /api/system of the daemon against the same packages wired as their READMEs do (bench/ordinary.ts).
// Rounds are interleaved, so that other load of the machine affects all servers alike. Every server is started several
// times: two starts of one program differ by up to 10 %, by how V8 compiles it and where its memory lies.
const STARTS = argument(0, 12)
const ROUNDS = argument(1, 4)
const SHOT_MS = argument(2, 350)
const REVOKED = 100_000

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
    name: 'ordinary (the packages as their READMEs do)',
    server: await launchScript('ordinary.ts', [file], { path: '/api/auth/status' }),
    token
  }
}

/** Starts a daemon that is already set up, with the given number of revoked tokens. */
async function startConfigured(folder: string, name: string, revoked: number): Promise<Contender> {
  const first = await startDaemon(folder)
  await setUp(first)
  await first.stop()
  const file = join(folder, 'auth.json')
  const stored = JSON.parse(await readFile(file, 'utf8'))
  stored.revoked_tokens = Array.from({ length: revoked }, () => randomBytes(32).toString('hex'))
  await writeFile(file, JSON.stringify(stored, null, 2))
  const server = await startDaemon(folder)
  return { name, server, token: await logIn(server) }
}

const names: string[] = []
const [ordinary, daemon, revoked]: [Shots, Shots, Shots] = [[], [], []]
const shots = [ordinary, daemon, revoked]

for (let start = 0; start < STARTS; start++) {
  await withFolder((one) =>
    withFolder(async (two) => {
      const plain = await startConfigured(one, 'daemon', 0)
      const contenders = [
        await startOrdinary(one, plain),
        plain,
        await startConfigured(two, `daemon, ${whole(REVOKED)} tokens revoked`, REVOKED)
      ]
      names.splice(0, names.length, ...contenders.map(({ name }) => name))
      await playRounds(contenders, shots, ROUNDS, SHOT_MS)
      for (const { server } of contenders) await server.stop()
    })
  )
}

const gain = compare(daemon, ordinary)
const cost = compare(revoked, daemon)
report([
  ...names.map((name, i) => row(`GET ${PATH}, ${name}`, rateOf(shots[i]!))),
  row(
    '… daemon ÷ ordinary',
    `${gain.rate.value.toFixed(3)} ± ${gain.rate.error.toFixed(3)} (${gain.rounds})`,
    '≥ 1.10',
    gain.rate.value >= 1.1
  ),
  row('… the same per second of processor time', gain.cpu.value.toFixed(3)),
  row(
    `… cost of ${whole(REVOKED)} revoked tokens`,
    `${percent(1 - cost.rate.value)} ± ${percent(cost.rate.error)} (${cost.rounds})`,
    '< 5 %',
    1 - cost.rate.value < 0.05
  ),
  row('… the same per second of processor time', percent(1 - cost.cpu.value))
])
