import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SystemReplySchema } from '../schemas/system.ts'
import type { BareOptions } from './bare.ts'
import { bearer, logIn, setUp, startDaemon, withFolder } from './daemon.ts'
import { load } from './load.ts'
import { cpuSeconds, freePort, launch, root, type Server } from './process.ts'
import { argument, median, note, percent, ratios, report, row, whole } from './report.ts'

// Authenticated GET /api/system of the daemon against a bare Fastify server that sends the same.
// Rounds are interleaved, so that what else the machine does hits all servers alike.
const ROUNDS = argument(0, 11)
const SHOT_MS = argument(1, 700)
const PATIENCE_MS = 65_000
const CONNECTIONS = 20
const REVOKED = 100_000
const PATH = '/api/system'

interface Contender {
  name: string
  server: Server
  /** Sent to the bare servers too: reading a request is part of what it costs. */
  token: string
  perSecond: number[]
  /** Requests per second of processor time: unlike the rate, no other program's turn counts. */
  perCpuSecond: number[]
  /** Share of one core that the server used. */
  busy: number[]
}

const contender = (name: string, server: Server, token: string): Contender => ({
  name,
  server,
  token,
  perSecond: [],
  perCpuSecond: [],
  busy: []
})

interface Shot {
  total: number
  seconds: number
  /** Processor seconds. */
  cpu: number
}

async function shoot({ server, token }: Contender, milliseconds: number): Promise<Shot> {
  const before = cpuSeconds(server.pid)
  const headers = bearer(token)
  const result = await load({ url: server.url, path: PATH, headers, connections: CONNECTIONS, duration: milliseconds })
  return { total: result.answers, seconds: result.milliseconds / 1000, cpu: cpuSeconds(server.pid) - before }
}

/**
 * Plays until there are enough rounds in which every server had a core nearly to itself: in one where other programs
 * took it, the rates compare those. Plays no longer than PATIENCE_MS; what there is by then has to do.
 */
async function playRounds(contenders: readonly Contender[]): Promise<{ played: number; kept: number }> {
  const begin = performance.now()
  const all: Shot[][] = []
  const undisturbed = () => all.filter((shots) => shots.every((shot) => shot.cpu / shot.seconds >= 0.9))
  while (undisturbed().length < ROUNDS && performance.now() - begin < PATIENCE_MS) {
    const shots: Shot[] = []
    for (let i = 0; i < contenders.length; i++) {
      // Turned round by round: none is always the one after the quick one.
      const turn = (i + all.length) % contenders.length
      shots[turn] = await shoot(contenders[turn]!, SHOT_MS)
    }
    all.push(shots)
    note(`round ${all.length}: ${shots.map((s) => `${whole(s.total / s.seconds)}/s`).join(', ')}`)
  }
  const kept = undisturbed().length >= 3 ? undisturbed() : all
  for (const shots of kept) {
    contenders.forEach((contender, i) => {
      const { total, seconds, cpu } = shots[i]!
      contender.perSecond.push(total / seconds)
      contender.perCpuSecond.push(total / cpu)
      contender.busy.push(cpu / seconds)
    })
  }
  return { played: all.length, kept: kept.length }
}

/** The reply and the headers that are the daemon's own, for the bare server to send. */
async function capture(server: Server, token: string): Promise<Required<BareOptions>> {
  const reply = await fetch(server.url + PATH, { headers: bearer(token) })
  const fromNode = ['connection', 'content-length', 'content-type', 'date', 'keep-alive', 'x-request-id']
  const headers = Object.fromEntries([...reply.headers].filter(([name]) => !fromNode.includes(name)))
  return { path: PATH, payload: await reply.json(), schema: SystemReplySchema, headers }
}

async function startBare(folder: string, name: string, options: BareOptions): Promise<Server> {
  const file = join(folder, name)
  await writeFile(file, JSON.stringify(options))
  const port = await freePort()
  const script = join(root, 'bench/bare.ts')
  return launch({ command: process.execPath, args: [script, String(port), file], env: {}, port, path: PATH })
}

/** The same daemon, its auth.json holding many revoked tokens. */
async function startRevoked(folder: string): Promise<Contender> {
  const first = await startDaemon(folder)
  await setUp(first)
  await first.stop()
  const file = join(folder, 'auth.json')
  const stored = JSON.parse(await readFile(file, 'utf8'))
  stored.revoked_tokens = Array.from({ length: REVOKED }, () => randomBytes(32).toString('hex'))
  await writeFile(file, JSON.stringify(stored, null, 2))
  const server = await startDaemon(folder)
  return contender(`daemon, ${whole(REVOKED)} tokens revoked`, server, await logIn(server))
}

await withFolder((one) =>
  withFolder(async (two) => {
    const daemonServer = await startDaemon(one)
    const token = await setUp(daemonServer)
    const daemon = contender('daemon', daemonServer, token)
    const revoked = await startRevoked(two)
    const reply = await capture(daemonServer, token)
    const { path, payload } = reply
    const equal = contender(
      'bare Fastify: same schema, headers and log',
      await startBare(one, 'equal.json', reply),
      daemon.token
    )
    const plain = contender('bare Fastify: nothing of it', await startBare(one, 'plain.json', { path, payload }), token)
    const contenders = [equal, daemon, revoked, plain]

    for (const each of contenders) await shoot(each, 3000)
    const rounds = await playRounds(contenders)
    for (const { server } of contenders) await server.stop()

    const compare = (a: Contender, b: Contender) => ({
      rate: median(ratios(a.perSecond, b.perSecond)),
      cpu: median(ratios(a.perCpuSecond, b.perCpuSecond))
    })
    const toBare = compare(daemon, equal)
    const toPlain = compare(daemon, plain)
    const cost = compare(revoked, daemon)
    const rates = contenders.map((c) =>
      row(`GET ${PATH}, ${c.name}`, `${whole(median(c.perSecond))}/s, ${percent(median(c.busy), 0)} of a core`)
    )
    report([
      row('Rounds: undisturbed of all', `${rounds.kept} of ${rounds.played}`),
      ...rates,
      row('… daemon ÷ bare (same schema, headers, log)', toBare.rate.toFixed(3), '≥ 0.90', toBare.rate >= 0.9),
      row('… the same per second of processor time', toBare.cpu.toFixed(3)),
      row('… daemon ÷ bare (nothing of it)', toPlain.rate.toFixed(3)),
      row(`… cost of ${whole(REVOKED)} revoked tokens`, percent(1 - cost.rate), '< 5 %', 1 - cost.rate < 0.05),
      row('… the same per second of processor time', percent(1 - cost.cpu))
    ])
  })
)
