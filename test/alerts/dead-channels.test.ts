import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer as createHttpServer } from 'node:http'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import t from 'tap'
import { openSession } from '../support/sessions.ts'
import { inTime, until } from '../support/waiting.ts'
import { answerWith, startReceiver } from './receiver.ts'
import { HOUR, MINUTE, SECOND, webhook, withAlerts } from './rig.ts'

const address = '203.0.113.7'
const kinds = ['token']
type Rig = Awaited<ReturnType<typeof withAlerts>>

/** An event, and the thirty seconds until its message leaves. */
async function mint({ app, pass }: Rig, user = 'ada') {
  app.auditLog.tokenMinted({ address, user })
  await pass(31 * SECOND)
}

/** A server that accepts connections and never answers. */
async function startSilence(t: Parameters<typeof withAlerts>[0]) {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
    socket.resume()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, sockets }
}

t.test('a dead channel delays no other and no request, and health names it for those who may see it', async (t) => {
  const rig = await withAlerts(t, { alerts: { timeoutMs: 700 } })
  const { app, add, channel, pass, folder } = rig
  const silence = await startSilence(t)
  const good = await startReceiver(t)
  const dead = await add(webhook(silence.url, { name: 'Dead end', kinds }))
  await add(webhook(good.url, { name: 'Good', kinds }))
  await mint(rig)
  await until(() => good.received.length === 1)
  await until(() => silence.sockets.size === 1)
  const since = performance.now()
  const { headers } = await openSession(app)
  for (let i = 0; i < 50; i++) await app.inject({ url: '/api/system', headers })
  t.ok(performance.now() - since < 2000)
  await until(async () => (await channel(dead.id)).state.last_failure === 'the server does not answer')
  t.match((await channel(dead.id)).state, { is_failing: false, waiting: 1, next_attempt_at: /^2026/ })
  t.same(
    app.alerts.states().map(({ fault }) => fault),
    [null, null]
  )

  await pass(31 * SECOND)
  await until(async () => (await channel(dead.id)).state.is_failing)
  await until(() => silence.sockets.size === 0)
  const { headers: later } = await openSession(app)
  const ask = async (url: string) => (await app.inject({ url, headers: later })).json()
  // Another request, which a change of the faults does not wait five seconds for.
  await until(async () => JSON.stringify(await ask('/api/health/full')).includes('Dead end'))
  const { checks } = await ask('/api/health/full')
  t.match(
    checks.filter(({ category }: { category: string }) => category === 'alerts'),
    [
      {
        check: `alerts:${dead.id}`,
        status: 'warning',
        message: 'Alert channel Dead end cannot deliver: the server does not answer; see Alerts in the settings'
      }
    ]
  )
  const open = (await app.inject('/api/system-info')).json()
  t.match(open.health.summary, /Alert channel cannot deliver/)
  t.notMatch(JSON.stringify(open), /Dead end/)
  t.notMatch(await readFile(join(folder, 'auth.log'), 'utf8'), /Dead end cannot/)
})

t.test('every fault of a server is a failure that is retried, and only its status is kept', async (t) => {
  const rig = await withAlerts(t, { alerts: { timeoutMs: 2000 } })
  const { add, channel, history } = rig
  const elsewhere = await startReceiver(t)
  const huge = createHttpServer((request, response) => {
    request.resume()
    response.writeHead(500)
    const more = () => {
      while (response.write(Buffer.alloc(65_536, 'x')));
    }
    response.on('drain', more)
    more()
  }).listen(0, '127.0.0.1')
  const raw = createServer((socket) => {
    socket.on('error', () => {})
    socket.end('this is not HTTP\r\n\r\n')
  }).listen(0, '127.0.0.1')
  await Promise.all([once(huge, 'listening'), once(raw, 'listening')])
  t.teardown(() => {
    huge.closeAllConnections()
    huge.close()
    raw.close()
  })
  const portOf = (server: { address(): unknown }) => (server.address() as AddressInfo).port
  const closed = createServer().listen(0, '127.0.0.1')
  await once(closed, 'listening')
  const closedPort = portOf(closed)
  closed.close()
  const servers = await Promise.all(
    [500, 429, 403, 302].map(async (status) => {
      const server = await startReceiver(t)
      server.answer(answerWith(status, { location: elsewhere.url, 'retry-after': '1' }))
      return server
    })
  )
  const cases: [string, string, string, number | null][] = [
    ...servers.map(({ url }, i): [string, string, string, number | null] => {
      const status = [500, 429, 403, 302][i]!
      return [`s${status}`, url, `the server answered with status ${status}`, status]
    }),
    ['refused', `http://127.0.0.1:${closedPort}`, 'the connection was refused', null],
    ['huge', `http://127.0.0.1:${portOf(huge)}`, 'the server answered with status 500', 500],
    ['raw', `http://127.0.0.1:${portOf(raw)}`, 'the delivery failed (HPE_INVALID_CONSTANT)', null],
    ['unknown', 'http://no-such-name.invalid', 'the name of the server cannot be resolved', null]
  ]
  const ids: string[] = []
  for (const [name, url] of cases) ids.push((await add(webhook(url, { name, kinds }))).id)
  await mint(rig)
  for (const [i, [name, , reason]] of cases.entries()) {
    await until(async () => (await channel(ids[i]!)).state.last_failure !== null)
    t.match((await channel(ids[i]!)).state.last_failure, reason, name)
  }
  const messages = await history()
  t.ok(
    messages.every(({ state, attempts }: { state: string; attempts: number }) => state === 'waiting' && attempts === 1)
  )
  for (const [name, , , status] of cases)
    t.equal(messages.find((each: { channel: string }) => each.channel === name).status, status, name)
  t.notMatch(JSON.stringify(messages), /secret answer|xxxx|location/)
  t.equal(elsewhere.received.length, 0)
})

t.test('a server that comes back gets what waited, in order and once', async (t) => {
  const rig = await withAlerts(t)
  const { add, channel, pass, history, ask } = rig
  const receiver = await startReceiver(t)
  receiver.answer(answerWith(503))
  const { id } = await add(webhook(receiver.url, { kinds }))
  await mint(rig, 'first')
  await until(async () => (await channel(id)).state.last_failure !== null)
  await mint(rig, 'second')
  await until(async () => (await channel(id)).state.is_failing)
  t.equal((await channel(id)).state.waiting, 2)
  receiver.answer((response) => response.writeHead(204).end())
  receiver.received.length = 0
  await pass(HOUR)
  await until(async () => (await channel(id)).state.waiting === 0)
  t.match(
    receiver.received.map(({ body }) => body.data.title),
    [/created by first/, /created by second/]
  )
  t.match(await history(), [
    { state: 'delivered', attempts: 1 },
    { state: 'delivered', attempts: /[23]/ }
  ])
  await pass(HOUR)
  t.equal(receiver.received.length, 2)
  // Paging.
  const page = (await ask('GET', '/history?limit=1')).json()
  t.match(page.messages, [{ title: /second/ }])
  t.match((await ask('GET', `/history?limit=1&before=${page.next_before}`)).json(), {
    messages: [{ title: /first/ }],
    next_before: null
  })
})

t.test('a message that fails for a day is given up, and the history says why', async (t) => {
  const rig = await withAlerts(t)
  const { add, history, pass } = rig
  const receiver = await startReceiver(t)
  receiver.answer(answerWith(500))
  await add(webhook(receiver.url, { kinds }))
  await mint(rig)
  await until(() => receiver.received.length === 1)
  await pass(24 * HOUR)
  await until(async () => (await history())[0].state === 'given_up')
  t.match((await history())[0], {
    status: 500,
    reason: 'the server answered with status 500',
    finished_at: /^2026-04-25/
  })
})

t.test('at the shutdown a hanging delivery is ended and stays in the queue, for the next start', async (t) => {
  const first = await withAlerts(t)
  const silence = await startSilence(t)
  const { id } = await first.add(webhook(silence.url, { kinds }))
  await mint(first)
  await until(() => silence.sockets.size === 1)
  const since = performance.now()
  await inTime(first.app.close(), 8000)
  t.ok(performance.now() - since < 5000)

  const receiver = await startReceiver(t)
  const second = await withAlerts(t, { folder: first.folder })
  await second.ask('PATCH', `/channels/${id}`, { settings: { url: receiver.url } })
  await until(() => receiver.received.length === 1)
  t.match(receiver.received[0]!.body.data.title, /API token created by ada/)
  await until(async () => (await second.history())[0].state === 'delivered')
  await second.pass(MINUTE)
  t.match((await second.history())[0], { state: 'delivered', attempts: 1 })
  t.equal(receiver.received.length, 1)
})

t.test('real health reaches a channel', async (t) => {
  const rig = await withAlerts(t)
  const { app, add, pass } = rig
  const receiver = await startReceiver(t)
  await add(webhook(receiver.url, { kinds: ['health'] }))
  await until(() =>
    app.health.latest().checks.some(({ check, value }) => check.startsWith('filesystem') && value !== null)
  )
  await app.health.changeThresholds({ filesystem: { warning: 1, critical: 100 } })
  const told = () => receiver.received.some(({ text }) => text.includes('Disk usage of'))
  await until(
    async () => {
      await pass(31 * SECOND)
      return told()
    },
    { everyMs: 500 }
  )
  const events = receiver.received.flatMap(({ body }) => body.data.events)
  t.match(
    events.find(({ text }: { text: string }) => text.includes('Disk usage')),
    { kind: 'health', state: 'begin', severity: 'warning', check: /^filesystem:/ }
  )
})
