import { bearer } from './daemon.ts'
import { load } from './load.ts'
import { cpuSeconds, type Server } from './process.ts'
import { median, note, whole } from './report.ts'

const WARM_UP_MS = 2500
const CONNECTIONS = 20
/** The request of every shot. */
export const PATH = '/api/system'

export interface Contender {
  name: string
  server: Server
  token: string
}

interface Shot {
  perSecond: number
  /** Requests per second of CPU time; unlike the rate it does not depend on other programs. */
  perCpuSecond: number
  /** Share of one core that the server used. */
  busy: number
}

/** The shots of one contender, of all its starts. */
export type Shots = Shot[]

async function shoot({ server, token }: Contender, duration: number): Promise<Shot> {
  const before = cpuSeconds(server.pid)
  const { url } = server
  const result = await load({ url, path: PATH, headers: bearer(token), connections: CONNECTIONS, duration })
  const cpu = cpuSeconds(server.pid) - before
  const seconds = result.milliseconds / 1000
  return { perSecond: result.answers / seconds, perCpuSecond: result.answers / cpu, busy: cpu / seconds }
}

/** Adds `rounds` shots of `shotMs` each for every contender, after a warm-up. */
export async function playRounds(
  contenders: readonly Contender[],
  shots: readonly Shots[],
  rounds: number,
  shotMs: number
): Promise<void> {
  for (const each of contenders) await shoot(each, WARM_UP_MS)
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < contenders.length; i++) {
      // The order rotates, so that no server always follows the same one.
      const index = (i + round) % contenders.length
      shots[index]!.push(await shoot(contenders[index]!, shotMs))
    }
    note(`round ${round + 1}: ${shots.map((each) => `${whole(each.at(-1)!.perSecond)}/s`).join(', ')}`)
  }
}

/**
 * Compares two contenders over the rounds in which both had nearly a full core, since other load would distort the
 * rates. With fewer than five such rounds, over all rounds.
 */
export function compare(a: Shots, b: Shots) {
  const pairs = a.map((shot, i) => [shot, b[i]!] as const)
  const undisturbed = pairs.filter((pair) => pair.every(({ busy }) => busy >= 0.9))
  const kept = undisturbed.length >= 5 ? undisturbed : pairs
  return {
    rate: median(kept.map(([x, y]) => x.perSecond / y.perSecond)),
    cpu: median(kept.map(([x, y]) => x.perCpuSecond / y.perCpuSecond)),
    rounds: `${undisturbed.length} of ${pairs.length} rounds undisturbed`
  }
}
