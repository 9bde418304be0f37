import { setImmediate as turn } from 'node:timers/promises'
import t from 'tap'
import type { Hub } from '../../lib/live/hub.ts'
import type { Permission } from '../../schemas/auth/permission.ts'
import { type App, bearer, build } from '../support/app.ts'
import { openSession } from '../support/sessions.ts'
import { mintApiToken } from '../support/tokens.ts'
import { type Handshake, handshake } from '../support/web-sockets.ts'
import { connect, liveTicket, liveUrl, serve, subscribe } from './live-client.ts'

const refusal = (result: Handshake) => {
  if ('socket' in result) throw new Error('it was opened')
  return [result.status, JSON.parse(result.body).code]
}

/** Users 2, 3, … with these permissions. */
async function addUser(app: App, username: string, permissions: readonly Permission[]) {
  const id = (app.authStore.snapshot().accounts.size || 1) + 1
  await app.authStore.update((draft) => {
    draft.users ??= []
    draft.users.push({
      id,
      username,
      password_hash: draft.password_hash!,
      user_type: 'support',
      is_active: true,
      permissions: [...permissions]
    })
  })
  return { id, ...(await openSession(app, id)) }
}
const change = (app: App, id: number, to: object) =>
  app.authStore.update((draft) => {
    Object.assign(draft.users!.find((user) => user.id === id)!, to)
  })

t.test('a handshake needs an unused live ticket and our own origin', async (t) => {
  const { app, headers } = await serve(t)
  const url = liveUrl(app)
  t.same(refusal(await handshake(url)), [401, 'TOKEN_MISSING'])
  t.same(refusal(await handshake(url, ['live.v1', 'ticket.nonsense'])), [401, 'TOKEN_INVALID'])
  const ticket = await liveTicket(app, headers)
  const foreign = { origin: 'https://evil.example' }
  t.same(refusal(await handshake(`${url}?ticket=${ticket}`, [], foreign)), [403, 'ORIGIN'])
  const opened = await handshake(`${url}?ticket=${ticket}`)
  t.equal(opened.status, 101)
  if ('socket' in opened) opened.socket.terminate()
  t.same(refusal(await handshake(`${url}?ticket=${ticket}`)), [401, 'TOKEN_INVALID'], 'replayed')
  const other = await app.inject({ method: 'POST', url: '/api/terminal/ticket', headers })
  t.same(refusal(await handshake(`${url}?ticket=${other.json().ticket}`)), [401, 'TOKEN_INVALID'])
  const terminal = url.replace('live', 'terminal')
  t.same(refusal(await handshake(`${terminal}?ticket=${await liveTicket(app, headers)}`)), [401, 'TOKEN_INVALID'])
})

t.test('API tokens get no ticket, with any scope', async (t) => {
  const { app } = await serve(t)
  for (const scope of ['read_only', 'full_admin']) {
    const headers = bearer(mintApiToken(app, { scope }))
    const reply = await app.inject({ method: 'POST', url: '/api/live/ticket', headers })
    t.equal(reply.json().code, 'SCOPE')
  }
})

t.test('a host without a password streams to everyone but refuses its terminal, until setup', async (t) => {
  const app = await build(t)
  await app.inject({ method: 'POST', url: '/api/auth/skip' })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const client = await connect(t, app)
  subscribe(client, 'system')
  await client.message('delta', 'system')
  const terminal = liveUrl(app).replace('live', 'terminal')
  t.same(refusal(await handshake(`${terminal}?ticket=${await liveTicket(app)}`)), [401, 'TOKEN_INVALID'])
  const unused = await liveTicket(app)
  const payload = { username: 'admin', password: 'Correct-Horse-7' }
  await app.inject({ method: 'POST', url: '/api/auth/setup', payload })
  t.equal((await client.closed()).code, 4002)
  t.same(refusal(await handshake(`${liveUrl(app)}?ticket=${unused}`)), [401, 'TOKEN_INVALID'])
})

t.test('logout, a lost permission, a disabled user and a ban close the socket', async (t) => {
  const { app } = await serve(t)
  const ends: [string, (user: Awaited<ReturnType<typeof addUser>>) => unknown][] = [
    ['logout', ({ headers }) => app.inject({ method: 'POST', url: '/api/auth/logout', headers })],
    ['permission', ({ id }) => change(app, id, { permissions: ['logs.view'] })],
    ['disabled', ({ id }) => change(app, id, { is_active: false })],
    ['ban', () => app.banGate.replace(['127.0.0.1'])]
  ]
  for (const [name, end] of ends) {
    const user = await addUser(app, name, ['system.view'])
    const follower = await connect(t, app, user.headers)
    subscribe(follower, 'system')
    await follower.message('snapshot', 'system')
    const idler = await connect(t, app, user.headers)
    await end(user)
    t.equal((await follower.closed()).code, 4002, name)
    t.equal((await idler.closed()).code, 4002, `${name}, who follows nothing`)
  }
  while (app.live.count() > 0) await turn()
})

t.test('a topic requires its own permission at the subscription and for as long as it lasts', async (t) => {
  let value = 0
  const secret = { name: 'secret', permission: 'security.view', snapshot: () => ({ value: value++ }) } as const
  const { app } = await serve(t, [secret])
  const user = await addUser(app, 'one', ['system.view'])
  const client = await connect(t, app, user.headers)
  subscribe(client, 'secret', 'no-such-topic', 'toString')
  t.match(await client.message('error', 'secret'), { code: 'PERMISSION' })
  t.match(await client.message('error', 'no-such-topic'), { code: 'NOT_FOUND' })
  t.match(await client.message('error', 'toString'), { code: 'NOT_FOUND' })
  t.equal(value, 0, 'nothing was made')

  await change(app, user.id, { permissions: ['system.view', 'security.view'] })
  subscribe(client, 'secret')
  await client.message('delta', 'secret')
  await change(app, user.id, { permissions: ['system.view'] })
  t.match(await client.message('unsubscribed', 'secret'), { code: 'PERMISSION' })
  const { length } = client.messages
  const hub = (await app.live.load()) as Hub
  hub.publish()
  client.say({ type: 'ping' })
  await client.message('pong')
  t.same(
    client.messages.slice(length).map(({ type }) => type),
    ['pong']
  )
})

t.test('a shutdown closes the socket with its reason', async (t) => {
  const { app, headers } = await serve(t)
  const client = await connect(t, app, headers)
  subscribe(client, 'system')
  await client.message('snapshot', 'system')
  await app.close()
  t.equal((await client.closed()).code, 1001)
})
