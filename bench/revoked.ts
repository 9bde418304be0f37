import { createHash, randomBytes } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pass } from 'node:timers/promises'
import { bearer, logIn, setUp, startDaemon, withFolder } from './daemon.ts'
import type { Server } from './process.ts'
import { argument, note, percent, report, row, whole, within } from './report.ts'
import { compare, PATH, rateOf, type Shots, shoot, WARM_UP_MS } from './shots.ts'

// What a long list of revoked tokens costs an authenticated GET. Two starts of one program differ by more than that cost, so
// the list is written into and taken out of auth.json of one running daemon. A shared machine is slower for seconds at a
// time, by more than that cost too: the daemon reads the file anew at once, by SIGHUP, and short shots alternate.
const STARTS = argument(0, 12)
const ROUNDS = argument(1, 30)
const SHOT_MS = argument(2, 200)
const REVOKED = 100_000
const REVOKED_HASHES = Array.from({ length: REVOKED }, () => randomBytes(32).toString('hex'))

/** Replaces the list, and waits until the daemon has read it: `probe` is revoked with it. */
async function revoke(folder: string, server: Server, probe: string, hashes: readonly string[]): Promise<void> {
  const file = join(folder, 'auth.json')
  const stored = JSON.parse(await readFile(file, 'utf8'))
  const own = createHash('sha256').update(probe).digest('hex')
  stored.revoked_tokens = hashes.length > 0 ? [...hashes, own] : []
  await writeFile(`${file}.new`, JSON.stringify(stored, null, 2), { mode: 0o600 })
  await rename(`${file}.new`, file)
  process.kill(server.pid, 'SIGHUP')
  const expected = hashes.length > 0 ? 401 : 200
  for (const deadline = performance.now() + 10_000; ; await pass(5)) {
    const { status } = await fetch(server.url + PATH, { headers: bearer(probe) })
    if (status === expected) return
    if (performance.now() > deadline) throw new Error(`the daemon answers ${status} to the probe, not ${expected}`)
  }
}

const [without, revoked]: [Shots, Shots] = [[], []]
for (let start = 0; start < STARTS; start++) {
  await withFolder(async (folder) => {
    const server = await startDaemon(folder)
    const contender = { server, token: await setUp(server) }
    const probe = await logIn(server)
    const phases = [
      { shots: without, hashes: [] },
      { shots: revoked, hashes: REVOKED_HASHES }
    ]
    for (const { shots } of phases) shots.push([])
    await shoot(contender, WARM_UP_MS)
    for (let round = 0; round < ROUNDS; round++) {
      // The order alternates: the second of a pair must not always be the warmer one.
      phases.reverse()
      for (const { shots, hashes } of phases) {
        await revoke(folder, server, probe, hashes)
        await shoot(contender, SHOT_MS)
        shots.at(-1)!.push(await shoot(contender, SHOT_MS))
      }
    }
    note(`start ${start + 1}: ${[without, revoked].map((shots) => rateOf([shots.at(-1)!])).join(', ')}`)
    await server.stop()
  })
}

const { rate, rounds } = compare(revoked, without)
const cost = { value: 1 - rate.value, error: rate.error }
report([
  row(`GET ${PATH}, daemon`, rateOf(without)),
  row(`GET ${PATH}, the same daemon, ${whole(REVOKED)} tokens revoked`, rateOf(revoked)),
  row(
    '… cost of the list',
    `${percent(cost.value)} ± ${percent(cost.error)} (${rounds})`,
    '< 5 %',
    within(cost, (value) => value < 0.05)
  )
])
