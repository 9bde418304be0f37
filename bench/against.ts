import { resolve } from 'node:path'
import { setUp, startDaemon, withFolder } from './daemon.ts'
import { root } from './process.ts'
import { argument, report, row } from './report.ts'
import { compare, PATH, playRounds, rateOf, type Shots } from './shots.ts'

// `node bench/against.ts TREE [starts] [rounds]` compares authenticated requests with the built daemon of another
// checkout, in the same rounds: has a change made them slower?
const [tree] = process.argv.slice(2)
if (!tree) throw new Error('usage: node bench/against.ts TREE [starts] [rounds]')
const STARTS = argument(1, 6)
const ROUNDS = argument(2, 8)
const SHOT_MS = 350

const [other, present]: [Shots, Shots] = [[], []]
for (let start = 0; start < STARTS; start++) {
  await withFolder((one) =>
    withFolder(async (two) => {
      const contenders = []
      for (const [folder, of] of [
        [one, resolve(tree)],
        [two, root]
      ] as const) {
        const server = await startDaemon(folder, {}, of)
        contenders.push({ server, token: await setUp(server) })
      }
      await playRounds(contenders, [other, present], ROUNDS, SHOT_MS)
      for (const { server } of contenders) await server.stop()
    })
  )
}

const { rate, cpu, rounds } = compare(present, other)
report([
  row(`GET ${PATH}, the other tree`, rateOf(other)),
  row(`GET ${PATH}, this tree`, rateOf(present)),
  row('… this tree ÷ the other', `${rate.value.toFixed(3)} ± ${rate.error.toFixed(3)} (${rounds})`),
  row('… the same per second of processor time', cpu.value.toFixed(3))
])
