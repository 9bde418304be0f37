import { setImmediate as turn } from 'node:timers/promises'
import t from 'tap'
import { MAX_CONNECTIONS, MAX_PER_SESSION, MAX_PER_USER, MESSAGES_PER_S } from '../../lib/live/limits.ts'
import { openSession } from '../support/sessions.ts'
import { connect, createNumbers, type LiveClient, serve, subscribe } from './live-client.ts'

t.test('an invalid message closes the socket, and an unknown message does not', async (t) => {
  const { app, headers } = await serve(t)
  const cases: [string, (client: LiveClient) => void, number][] = [
    ['no JSON', ({ socket }) => socket.send('subscribe'), 1003],
    ['a list', ({ socket }) => socket.send('[]'), 1003],
    ['binary', ({ socket }) => socket.send(Buffer.from('{"type":"ping"}')), 1003],
    ['no UTF-8', ({ socket }) => socket.send(Buffer.from([0xff]), { binary: false }), 1007],
    ['too large', ({ socket }) => socket.send(' '.repeat(5000)), 1009]
  ]
  for (const [name, say, code] of cases) {
    const client = await connect(t, app, headers)
    say(client)
    t.equal((await client.closed()).code, code, name)
  }
  const client = await connect(t, app, headers)
  const odd = [{}, { type: 'dance' }, { type: 'subscribe' }, { type: 'subscribe', topics: 'system' }]
  for (const message of [...odd, { type: 'subscribe', topics: [] }, { type: 'subscribe', topics: [7] }])
    client.say(message)
  await client.until('six errors', () => client.messages.length === 6)
  t.ok(client.messages.every(({ type, code }) => type === 'error' && code === 'VALIDATION'))
  client.say({ type: 'ping', more: 1 })
  await client.message('pong')
})

t.test('a client that sends too many messages is disconnected', async (t) => {
  const { app, headers } = await serve(t)
  const client = await connect(t, app, headers)
  // Twice the bound: a second may begin in between.
  for (let i = 0; i <= 2 * MESSAGES_PER_S; i++) client.say({ type: 'ping' })
  t.match(await client.closed(), { code: 1008, reason: /messages in a second/ })
})

t.test('a repeated subscription gets a new snapshot, and nothing beyond it', async (t) => {
  const { topic, made } = createNumbers()
  const { app, headers } = await serve(t, [topic])
  const client = await connect(t, app, headers)
  subscribe(client, 'numbers', 'numbers')
  await client.message('snapshot', 'numbers')
  subscribe(client, 'numbers')
  await client.until('a second one', () => client.messages.length === 2)
  client.say({ type: 'unsubscribe', topics: ['numbers', 'no-such-topic'] })
  await client.message('unsubscribed', 'no-such-topic')
  t.same(
    client.messages.map(({ type }) => type),
    ['snapshot', 'snapshot', 'unsubscribed', 'unsubscribed']
  )
  t.equal(made.snapshots, 1)
})

t.test('sockets are limited per session, per user and in total', async (t) => {
  const { app, headers } = await serve(t)
  const open: LiveClient[] = []
  const connectMany = async (count: number, as: Record<string, string>) => {
    for (let i = 0; i < count; i++) open.push(await connect(t, app, as))
  }
  await connectMany(MAX_PER_SESSION, headers)
  const beyond = await connect(t, app, headers)
  t.match(await beyond.closed(), { code: 1013, reason: /this session/ })

  for (let i = 1; i < MAX_PER_USER / MAX_PER_SESSION; i++)
    await connectMany(MAX_PER_SESSION, (await openSession(app)).headers)
  const beyondUser = await connect(t, app, (await openSession(app)).headers)
  t.match(await beyondUser.closed(), { code: 1013, reason: /you have/ })

  open[0]!.socket.close()
  await open[0]!.closed()
  // The daemon learns of it in its own time.
  for (let places = MAX_PER_USER; places >= MAX_PER_USER; places = app.live.count()) await turn()
  const again = await connect(t, app, (await openSession(app)).headers)
  again.say({ type: 'ping' })
  await again.message('pong')
  t.ok(MAX_PER_USER < MAX_CONNECTIONS)
})
