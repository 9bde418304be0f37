import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SystemReply } from '../schemas/host/system.ts'
import { bearer, logIn, setUp, startDaemon, withFolder } from './daemon.ts'
import { load } from './load.ts'
import type { OrdinaryOptions } from './ordinary.ts'
import { cpuSeconds, launchScript, type Server } from './process.ts'
import { argument, median, note, percent, quantile, report, row, whole } from './report.ts'

// Authenticated GET /api/system of the daemon against the same packages wired as their READMEs do (bench/ordinary.ts).
// Rounds are interleaved, so that other load of the machine affects all servers alike.
const ROUNDS = argument(0, 40)
const SHOT_MS = argument(1, 350)
const WARM_UP_MS = 2500
const CONNECTIONS = 20
const REVOKED = 100_000
const PATH = '/api/system'

interface Contender {
  name: string
  server: Server
  token: string
  shots: Shot[]
}

interface Shot {
  perSecond: number
  /** Requests per second of CPU time; unlike the rate it does not depend on other programs. */
  perCpuSecond: number
  /** Share of one core that the server used. */
  busy: number
}

const contender = (name: string, server: Server, token: string): Contender => ({ name, server, token, shots: [] })

async function shoot({ server, token }: Contender, duration: number): Promise<Shot> {
  const before = cpuSeconds(server.pid)
  const { url } = server
  const result = await load({ url, path: PATH, headers: bearer(token), connections: CONNECTIONS, duration })
  const cpu = cpuSeconds(server.pid) - before
  const seconds = result.milliseconds / 1000
  return { perSecond: result.answers / seconds, perCpuSecond: result.answers / cpu, busy: cpu / seconds }
}

async function playRounds(contenders: readonly Contender[]): Promise<void> {
  for (const each of contenders) await shoot(each, WARM_UP_MS)
  for (let round = 0; round < ROUNDS; round++) {
    for (let i = 0; i < contenders.length; i++) {
      // The order rotates, so that no server always follows the same one.
      const each = contenders[(i + round) % contenders.length]!
      each.shots.push(await shoot(each, SHOT_MS))
    }
    note(`round ${round + 1}: ${contenders.map(({ shots }) => `${whole(shots.at(-1)!.perSecond)}/s`).join(', ')}`)
  }
}

/**
 * Compares two contenders over the rounds in which both had nearly a full core, since other load would distort the
 * rates. With fewer than five such rounds, over all rounds.
 */
function compare(a: Contender, b: Contender) {
  const pairs = a.shots.map((shot, i) => [shot, b.shots[i]!] as const)
  const undisturbed = pairs.filter((pair) => pair.every(({ busy }) => busy >= 0.9))
  const kept = undisturbed.length >= 5 ? undisturbed : pairs
  return {
    rate: median(kept.map(([x, y]) => x.perSecond / y.perSecond)),
    cpu: median(kept.map(([x, y]) => x.perCpuSecond / y.perCpuSecond)),
    rounds: `${undisturbed.length} of ${pairs.length} rounds undisturbed`
  }
}

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
  return contender(
    'ordinary (the packages as their READMEs do)',
    await launchScript('ordinary.ts', [file], { path: '/api/auth/status' }),
    token
  )
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
  return contender(name, server, await logIn(server))
}

await withFolder((one) =>
  withFolder(async (two) => {
    const daemon = await startConfigured(one, 'daemon', 0)
    const revoked = await startConfigured(two, `daemon, ${whole(REVOKED)} tokens revoked`, REVOKED)
    const ordinary = await startOrdinary(one, daemon)
    const contenders = [ordinary, daemon, revoked]

    await playRounds(contenders)
    for (const { server } of contenders) await server.stop()

    const gain = compare(daemon, ordinary)
    const cost = compare(revoked, daemon)
    const rates = contenders.map(({ name, shots }) => {
      const rate = whole(
        quantile(
          shots.map(({ perSecond }) => perSecond),
          0.75
        )
      )
      return row(`GET ${PATH}, ${name}`, `${rate}/s (upper quartile)`)
    })
    report([
      ...rates,
      row('… daemon ÷ ordinary', `${gain.rate.toFixed(3)} (${gain.rounds})`, '≥ 1.10', gain.rate >= 1.1),
      row('… the same per second of processor time', gain.cpu.toFixed(3)),
      row(
        `… cost of ${whole(REVOKED)} revoked tokens`,
        `${percent(1 - cost.rate)} (${cost.rounds})`,
        '< 5 %',
        1 - cost.rate < 0.05
      ),
      row('… the same per second of processor time', percent(1 - cost.cpu))
    ])
  })
)
