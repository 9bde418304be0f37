import { bearer } from './daemon.ts'
import { load } from './load.ts'
import { cpuSeconds, type Server } from './process.ts'
import { median, note, quantile, whole } from './report.ts'

export const WARM_UP_MS = 2500
const CONNECTIONS = 20
/** The request of every shot. */
export const PATH = '/api/system'

export interface Contender {
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

/** The shots of one contender, for each of its starts. */
export type Shots = Shot[][]

/** The rate of requests for `duration` milliseconds. */
export async function shoot({ server, token }: Contender, duration: number): Promise<Shot> {
  const before = cpuSeconds(server.pid)
  const { url } = server
  const result = await load({ url, path: PATH, headers: bearer(token), connections: CONNECTIONS, duration })
  const cpu = cpuSeconds(server.pid) - before
  const seconds = result.milliseconds / 1000
  return { perSecond: result.answers / seconds, perCpuSecond: result.answers / cpu, busy: cpu / seconds }
}

/** Adds a start with `rounds` shots of `shotMs` each to every contender's, after a warm-up. */
export async function playRounds(
  contenders: readonly Contender[],
  shots: readonly Shots[],
  rounds: number,
  shotMs: number
): Promise<void> {
  for (const each of contenders) await shoot(each, WARM_UP_MS)
  for (const each of shots) each.push([])
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < contenders.length; i++) {
      // The order rotates, so that no server always follows the same one.
      const index = (i + round) % contenders.length
      shots[index]!.at(-1)!.push(await shoot(contenders[index]!, shotMs))
    }
    note(`round ${round + 1}: ${shots.map((each) => `${whole(each.at(-1)!.at(-1)!.perSecond)}/s`).join(', ')}`)
  }
}

/** The median of one value for each start, and its standard error from their median deviation, which outliers leave alone. */
function estimate(values: readonly number[]) {
  const value = median(values)
  const deviation = 1.4826 * median(values.map((each) => Math.abs(each - value)))
  return { value, error: (1.2533 * deviation) / Math.sqrt(values.length) }
}

/**
 * Compares two contenders by the rounds in which both had nearly a full core, since other load would distort the rates;
 * if there are fewer than five, by all rounds. The rounds of one start agree far better than two starts of one program
 * do, so a start counts once, by its median, and the error comes from the starts.
 */
export function compare(a: Shots, b: Shots) {
  const starts = a.map((shots, start) => shots.map((shot, i) => [shot, b[start]![i]!] as const))
  const isUndisturbed = (pair: readonly [Shot, Shot]) => pair.every(({ busy }) => busy >= 0.9)
  const undisturbed = starts.flat().filter(isUndisturbed).length
  const kept = undisturbed >= 5 ? starts.map((pairs) => pairs.filter(isUndisturbed)) : starts
  const ratioOf = (of: (shot: Shot) => number) =>
    estimate(kept.filter(({ length }) => length > 0).map((pairs) => median(pairs.map(([x, y]) => of(x) / of(y)))))
  return {
    rate: ratioOf(({ perSecond }) => perSecond),
    cpu: ratioOf(({ perCpuSecond }) => perCpuSecond),
    rounds: `${a.length} starts, ${undisturbed} of ${starts.flat().length} rounds undisturbed`
  }
}

/** The upper quartile of the rates. */
export const rateOf = (shots: Shots): string =>
  `${whole(
    quantile(
      shots.flat().map(({ perSecond }) => perSecond),
      0.75
    )
  )}/s (upper quartile)`
