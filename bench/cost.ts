import { setTimeout as wait } from 'node:timers/promises'
import type { WebSocket } from 'ws'
import { handshake } from '../test/support/web-sockets.ts'
import { bearer, logIn, setUp, startDaemon, withFolder } from './daemon.ts'
import { cpuSeconds, memoryOf, type Server, sumOverTree } from './process.ts'
import { argument, note, percent, quantile, report, row } from './report.ts'

// The cost of monitoring: the idle daemon after a first launch and a login (the hashing threads have run and end
// themselves within the time); then with live clients; then scraped.
const SECONDS = argument(0, 60)
const CLIENTS = argument(1, 20)
const LIVE_SECONDS = argument(2, 30)
const SCRAPES = 50
const TOPICS = ['system', 'health', 'network', 'storage', 'guests']
// Below the limit of connections per session.
const PER_SESSION = 10

const shown = ({ rss, pss, threads }: ReturnType<typeof memoryOf>): string =>
  `${rss.toFixed(1)} MiB (Pss ${pss.toFixed(1)} MiB), ${threads} threads`

const cpuWithChildren = ({ pid }: Server): number => sumOverTree(pid, cpuSeconds)
/** Resident memory in MB. Pages shared by the daemon and a child count twice. */
const memoryWithChildren = ({ pid }: Server): number => sumOverTree(pid, (each) => memoryOf(each).rss) * 1.048576

/** The share of a core that the daemon and its children use during `seconds`. */
async function shareOf(server: Server, seconds: number): Promise<number> {
  const before = cpuWithChildren(server)
  const begin = performance.now()
  await wait(seconds * 1000)
  return (cpuWithChildren(server) - before) / ((performance.now() - begin) / 1000)
}

async function follow(server: Server, token: string): Promise<{ socket: WebSocket; messages: () => number }> {
  const reply = await fetch(`${server.url}/api/live/ticket`, { method: 'POST', headers: bearer(token) })
  const { ticket } = (await reply.json()) as { ticket: string }
  const result = await handshake(`${server.url.replace('http', 'ws')}/ws/live`, ['live.v1', `ticket.${ticket}`])
  if (!('socket' in result)) throw new Error(`/ws/live answered ${result.status} ${result.body}`)
  const { socket } = result
  let messages = 0
  socket.on('message', () => messages++)
  socket.send(JSON.stringify({ type: 'subscribe', topics: TOPICS }))
  return { socket, messages: () => messages }
}

async function scrape(server: Server, token: string): Promise<number> {
  const begin = performance.now()
  const reply = await fetch(`${server.url}/api/prometheus`, { headers: bearer(token) })
  if (reply.status !== 200) throw new Error(`a scrape answered ${reply.status}`)
  await reply.text()
  return performance.now() - begin
}

/** Resolves when apt has answered for the first time: the daemon asks it 30 s after the start, while there are viewers. */
async function hasCountedUpdates(server: Server, token: string): Promise<void> {
  for (let second = 0; second < 120; second++) {
    const reply = await fetch(`${server.url}/api/updates`, { headers: bearer(token) })
    const { reason } = (await reply.json()) as { reason: string | null }
    if (reply.status !== 200) throw new Error(`GET /api/updates answered ${reply.status}`)
    if (reason !== 'pending package updates are not counted yet') return
    await wait(1000)
  }
  throw new Error('apt has not answered within two minutes')
}

await withFolder(async (folder) => {
  // A first run warms the file cache, including modules that load late (updates after 30 s).
  const warm = await startDaemon(folder)
  await wait(45_000)
  await warm.stop()

  const server = await startDaemon(folder)
  const atStart = memoryOf(server.pid)
  let token = await setUp(server)
  const afterLogin = memoryOf(server.pid)
  note(`idle for ${SECONDS} s`)
  const idle = await shareOf(server, SECONDS)
  const atEnd = memoryOf(server.pid)
  const allAtEnd = memoryWithChildren(server)

  note("apt's count of the updates, which is repeated only after a change of packages")
  const beforeApt = cpuWithChildren(server)
  await hasCountedUpdates(server, token)
  const apt = cpuWithChildren(server) - beforeApt

  note(`${CLIENTS} live clients for ${LIVE_SECONDS} s`)
  const clients: Awaited<ReturnType<typeof follow>>[] = []
  for (let i = 0; i < CLIENTS; i++) {
    if (i > 0 && i % PER_SESSION === 0) token = await logIn(server)
    clients.push(await follow(server, token))
  }
  await wait(3000)
  const received = clients.map(({ messages }) => messages())
  const live = await shareOf(server, LIVE_SECONDS)
  const rates = clients.map(({ messages }, i) => (messages() - received[i]!) / LIVE_SECONDS)
  const withClients = memoryOf(server.pid)
  for (const { socket } of clients) socket.terminate()

  await scrape(server, token)
  const times: number[] = []
  const before = cpuSeconds(server.pid)
  for (let i = 0; i < SCRAPES; i++) times.push(await scrape(server, token))
  const scrapeCpu = ((cpuSeconds(server.pid) - before) / SCRAPES) * 1000
  await server.stop()

  report([
    row('Resident memory after the start', shown(atStart)),
    row('Resident memory after the first login', shown(afterLogin)),
    row(`Resident memory after ${SECONDS} s idle`, shown(atEnd)),
    row('… children included', `${allAtEnd.toFixed(1)} MB`, '≤ 105 MB', allAtEnd <= 105),
    row('Processor while idle, children included, share of a core', percent(idle, 2), '≤ 0.6 %', idle <= 0.006),
    row("apt's first count of the updates, processor time", `${apt.toFixed(1)} s`),
    row(
      `Processor with ${CLIENTS} live clients of ${TOPICS.length} topics, children included, share of a core`,
      percent(live, 2),
      '≤ 3 %',
      live <= 0.03
    ),
    row('… messages a second and client', Math.min(...rates).toFixed(1)),
    row('… resident memory then', shown(withClients)),
    row(
      'A scrape, over HTTP',
      `p50 ${quantile(times, 0.5).toFixed(1)}, p99 ${quantile(times, 0.99).toFixed(1)} ms`,
      'p50 ≤ 10 ms',
      quantile(times, 0.5) <= 10
    ),
    row('… processor time', `${scrapeCpu.toFixed(1)} ms`)
  ])
})
