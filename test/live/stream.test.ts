import { setImmediate as turn } from 'node:timers/promises'
import t from 'tap'
import type { Hub } from '../../lib/live/hub.ts'
import { SystemInfoReplySchema, SystemReplySchema } from '../../schemas/host/system.ts'
import { openSession } from '../support/sessions.ts'
import { passTime } from '../support/waiting.ts'
import { connect, createNumbers, type LiveClient, serve, subscribe } from './live-client.ts'

t.test('a subscriber gets a snapshot of the topic, then its changes, equal to the routes’ answers', async (t) => {
  const { app, headers } = await serve(t)
  const client = await connect(t, app, headers)
  t.equal(client.socket.protocol, 'live.v1')
  subscribe(client, 'system', 'system-info')
  const { seq, data } = await client.message('snapshot', 'system')
  t.same(Object.keys(data!).toSorted(), Object.keys(SystemReplySchema.properties).toSorted())
  const info = await client.message('snapshot', 'system-info')
  t.same(Object.keys(info.data!).toSorted(), Object.keys(SystemInfoReplySchema.properties).toSorted())
  const delta = await client.message('delta', 'system')
  t.equal(delta.seq, seq! + 1)
  t.ok(Object.keys(delta.patch!).length < Object.keys(data!).length, 'only what changed')

  // Between two ticks, route and stream show the same sample.
  for (let isSame = false; !isSame; ) {
    const seen = client.messages.length
    await client.until('the next message', () => client.messages.length > seen)
    const { cpu_usage, memory_used, timestamp } = (await app.inject({ url: '/api/system', headers })).json()
    const shown = client.state.system as Record<string, unknown>
    isSame = shown.timestamp === timestamp
    if (isSame) t.match(shown, { cpu_usage, memory_used })
  }
  t.same(client.gaps, [])
})

t.test('a sample that was not read again is not sent again', async (t) => {
  const { app, headers } = await serve(t)
  await app.inject({ url: '/api/system', headers })
  const client = await connect(t, app, headers)
  subscribe(client, 'storage', 'network')
  await client.until('samples of both', () => {
    const { storage, network } = client.state as Record<string, { timestamp: string | null } | undefined>
    return typeof storage?.timestamp === 'string' && typeof network?.timestamp === 'string'
  })
  const from = client.messages.length
  await passTime(8000)
  const sent = client.messages.slice(from)
  // Every five seconds each, and what else of the storage is read at its own pace.
  t.ok(sent.length >= 1 && sent.length <= 8, `${sent.length} messages in eight seconds`)
})

t.test('a hundred clients cost one snapshot per change, and two tabs are two clients', async (t) => {
  const { topic, made, show } = createNumbers()
  const { app, headers } = await serve(t, [topic])
  const clients: LiveClient[] = []
  let last: Record<string, string> = {}
  for (let i = 0; i < 98; i++) {
    if (i % 10 === 0) last = (await openSession(app)).headers
    clients.push(await connect(t, app, last))
  }
  clients.push(await connect(t, app, headers), await connect(t, app, headers))
  for (const client of clients) subscribe(client, 'numbers')
  await Promise.all(clients.map((client) => client.message('snapshot', 'numbers')))
  t.equal(made.snapshots, 1)
  t.equal(app.live.count(), 100)
  show(1)
  await Promise.all(clients.map((client) => client.message('delta', 'numbers')))
  t.equal(made.snapshots, 2)
  t.ok(clients.every(({ state }) => (state.numbers as { value: number }).value === 1))

  clients[99]!.socket.close()
  show(2)
  const shows = (value: number) => (client: LiveClient) =>
    client.until(`${value}`, () => (client.state.numbers as { value: number }).value === value)
  await shows(2)(clients[98]!)
  t.equal(app.live.count(), 99, 'the other tab goes on')
  t.equal(made.snapshots, 3)
})

t.test(
  'no snapshot is made for a topic without subscribers, and only subscribers keep the full sampling rate',
  async (t) => {
    const { topic, made, show } = createNumbers()
    const { app, headers } = await serve(t, [topic])
    const client = await connect(t, app, headers)
    subscribe(client, 'numbers')
    await client.message('snapshot', 'numbers')
    client.say({ type: 'unsubscribe', topics: ['numbers'] })
    await client.message('unsubscribed', 'numbers')
    const before = made.snapshots
    show(5)
    subscribe(client, 'system')
    await client.message('delta', 'system')
    t.equal(made.snapshots, before)
    subscribe(client, 'numbers')
    await client.until('all of it again', () => (client.state.numbers as { value: number }).value === 5)
    t.equal(made.snapshots, before + 1)
  }
)

t.test(
  'a client that stops reading is sent one change and no backlog, and the newest when it reads again',
  async (t) => {
    const { topic, show } = createNumbers()
    const { app, headers } = await serve(t, [topic])
    const hub = (await app.live.load()) as Hub
    const deaf = await connect(t, app, headers)
    const reader = await connect(t, app, headers)
    for (const client of [deaf, reader]) subscribe(client, 'numbers')
    await Promise.all([deaf.message('snapshot', 'numbers'), reader.message('snapshot', 'numbers')])
    deaf.socket.pause()
    const before = deaf.messages.length
    const changes = 300
    for (let i = 1; i <= changes; i++) {
      show(i)
      hub.publish()
      await turn()
    }
    const value = ({ state }: LiveClient) => (state.numbers as { value: number }).value
    await reader.until('the last change', () => value(reader) === changes)
    t.same(reader.gaps, [])
    deaf.socket.resume()
    await deaf.until('the newest', () => value(deaf) === changes)
    t.ok(deaf.messages.length - before <= 3, `${deaf.messages.length - before} messages of ${changes} were sent`)
    t.same(deaf.gaps, [], 'the skipped changes came as a snapshot')
  }
)

t.test('a topic that fails does not affect other topics', async (t) => {
  const broken = {
    name: 'broken',
    permission: 'system.view',
    snapshot: () => {
      throw new Error('the topic of this test')
    }
  } as const
  const { app, headers } = await serve(t, [broken])
  const client = await connect(t, app, headers)
  subscribe(client, 'broken', 'system')
  await client.message('delta', 'system')
  t.notOk(client.messages.some(({ topic }) => topic === 'broken'))
})

t.test('a source on demand is read only while it has a subscriber', async (t) => {
  let wanted = 0
  const onDemand = {
    name: 'on-demand',
    permission: 'system.view',
    keepFresh: () => wanted++,
    snapshot: () => ({ wanted })
  } as const
  const { app, headers } = await serve(t, [onDemand])
  const client = await connect(t, app, headers)
  subscribe(client, 'system')
  await client.message('delta', 'system')
  t.equal(wanted, 0)
  subscribe(client, 'on-demand')
  await client.message('delta', 'on-demand')
  client.socket.close()
  await client.closed()
  const other = await connect(t, app, headers)
  const end = wanted
  subscribe(other, 'system')
  await other.message('delta', 'system')
  t.equal(wanted, end)
})
