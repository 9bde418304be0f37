import { bearer, logIn, PASSWORD, setUp, startDaemon, USERNAME, withFolder } from './daemon.ts'
import { load } from './load.ts'
import { withPanel } from './panel-servers.ts'
import { cpuSeconds, type Server } from './process.ts'
import { argument, median, note, report, row, whole } from './report.ts'

// A replica of a panel against a host: the authenticated GET /api/system, and logins over 1, 2 and 4 replicas.
const STARTS = argument(0, 4)
const ROUNDS = argument(1, 8)
const SHOT_MS = argument(2, 500)
const WARM_UP_MS = 2500
const LOGIN_MS = 8000
const LOGIN_CLIENTS = 16
// As many as a panel has: with few, each request waits for Redis alone.
const CONNECTIONS = argument(3, 100)
const PATH = '/api/system'

interface Shot {
  perSecond: number
  perCpuSecond: number
}

async function shoot(server: Server, token: string, duration: number): Promise<Shot> {
  const before = cpuSeconds(server.pid)
  const result = await load({ url: server.url, path: PATH, headers: bearer(token), connections: CONNECTIONS, duration })
  const seconds = result.milliseconds / 1000
  return { perSecond: result.answers / seconds, perCpuSecond: result.answers / (cpuSeconds(server.pid) - before) }
}

/** Right logins per second of many clients, spread over the replicas. */
async function logins(servers: readonly Server[]): Promise<number> {
  const until = performance.now() + LOGIN_MS
  let count = 0
  const client = async (i: number) => {
    while (performance.now() < until) {
      const reply = await fetch(`${servers[i % servers.length]!.url}/api/auth/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ username: USERNAME, password: PASSWORD })
      })
      await reply.arrayBuffer()
      if (reply.status === 200) count++
      else if (reply.status !== 503) throw new Error(`the login answered ${reply.status}`)
    }
  }
  await Promise.all(Array.from({ length: LOGIN_CLIENTS }, (_, i) => client(i)))
  return count / (LOGIN_MS / 1000)
}

const shots: { host: Shot[]; replica: Shot[] } = { host: [], replica: [] }
const rates: [replicas: number, perSecond: number][] = []

await withPanel(({ env: { MONITOR_SAAS_DOMAIN: _, ...env } }) =>
  withFolder(async (folder) => {
    for (let start = 0; start < STARTS; start++) {
      await withFolder(async (own) => {
        const host = await startDaemon(own)
        const replica = await startDaemon(folder, env)
        if (start === 0) await setUp(replica)
        const contenders = [
          { server: host, token: await setUp(host), shots: shots.host },
          { server: replica, token: await logIn(replica), shots: shots.replica }
        ]
        for (const { server, token } of contenders) await shoot(server, token, WARM_UP_MS)
        for (let round = 0; round < ROUNDS; round++) {
          for (const each of round % 2 === 0 ? contenders : contenders.toReversed())
            each.shots.push(await shoot(each.server, each.token, SHOT_MS))
        }
        note(`start ${start + 1}: ${contenders.map((each) => `${whole(each.shots.at(-1)!.perSecond)}/s`).join(', ')}`)
        await Promise.all([host.stop(), replica.stop()])
      })
    }

    const servers: Server[] = []
    for (const replicas of [1, 2, 4]) {
      while (servers.length < replicas) servers.push(await startDaemon(`${folder}/${servers.length}`, env))
      rates.push([replicas, await logins(servers)])
      note(`${replicas} replicas: ${rates.at(-1)![1].toFixed(1)} logins/s`)
    }
    await Promise.all(servers.map((server) => server.stop()))
  })
)

const ratio = (of: keyof Shot) => median(shots.host.map((shot, i) => shots.replica[i]![of] / shot[of]))
report([
  row(`GET ${PATH}, host`, `${whole(median(shots.host.map(({ perSecond }) => perSecond)))}/s`),
  row(`GET ${PATH}, replica of a panel`, `${whole(median(shots.replica.map(({ perSecond }) => perSecond)))}/s`),
  row('… replica ÷ host', ratio('perSecond').toFixed(3), '≥ 0.50', ratio('perSecond') >= 0.5),
  row('… the same per second of processor time', ratio('perCpuSecond').toFixed(3)),
  ...rates.map(([replicas, rate]) => row(`Logins, ${replicas} replica(s) on this machine`, `${rate.toFixed(1)}/s`))
])
