import { readdirSync, readFileSync } from 'node:fs'
import t from 'tap'
import type { UserEntry } from '../../schemas/auth/auth-file.ts'
import { bearer, build, type App as Daemon } from '../support/app.ts'
import { openSession } from '../support/sessions.ts'
import { connect, follow, openTerminal, plainShell, serve, terminalTicket, urlOf } from '../support/terminals.ts'
import { mintApiToken } from '../support/tokens.ts'
import { until } from '../support/waiting.ts'
import { type Handshake, handshake, portOf } from '../support/web-sockets.ts'

const refusal = (result: Handshake) => {
  if ('socket' in result) throw new Error('it was opened')
  return [result.status, JSON.parse(result.body).code]
}

/** Processes of a terminal, by the mark in their environment. */
function processesOf(id: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'latin1').includes(`PROXMENUX_TERMINAL_ID=${id}`)
      } catch {
        return false
      }
    })
    .map(Number)
}
const gone = async (id: string) => {
  await until(() => processesOf(id).length === 0)
}

/** Changes the entry of a user in auth.json, or the file. */
const changeUser = (app: Daemon, id: number, change: Partial<UserEntry>) =>
  app.authStore.update((draft) => {
    Object.assign(draft.users!.find((user) => user.id === id)!, change)
  })
const openToAll = (app: Daemon, isOpen: boolean) =>
  app.authStore.update((draft) => {
    draft.terminal_without_auth = isOpen
  })

/** A user with these permissions, and a session of theirs. */
async function addUser(app: Daemon, username: string, permissions: string[]) {
  const { headers } = await openSession(app, 1, { confirmed: true })
  const payload = { username, password: 'Another-Horse-7', permissions }
  const { user } = (await app.inject({ method: 'POST', url: '/api/users', headers, payload })).json()
  return { id: user.id as number, ...(await openSession(app, user.id)) }
}

t.test('a handshake without a valid ticket, or from a foreign page, is refused with a status', async (t) => {
  let now = Date.now()
  let monotonicNow = 0
  const { app, headers } = await serve(t, {}, { now: () => now, stores: { monotonicNow: () => monotonicNow } })
  const url = urlOf(app)
  t.same(refusal(await handshake(url)), [401, 'TOKEN_MISSING'])
  t.same(refusal(await handshake(url, ['terminal.v1', 'ticket.nonsense'])), [401, 'TOKEN_INVALID'])
  const used = await terminalTicket(app, headers)
  const origin = 'https://evil.example'
  t.same(refusal(await handshake(`${url}?ticket=${used}`, [], { origin })), [403, 'ORIGIN'])
  const opened = await handshake(`${url}?ticket=${used}`)
  if ('socket' in opened) opened.socket.close()
  t.equal(opened.status, 101, 'the foreign page has not used it up')
  t.same(refusal(await handshake(`${url}?ticket=${used}`)), [401, 'TOKEN_INVALID'])
  const late = await terminalTicket(app, headers)
  monotonicNow += 5000
  now -= 3_600_000
  t.same(refusal(await handshake(`${url}?ticket=${late}`)), [401, 'TOKEN_INVALID'])
  const probe = await app.inject({ method: 'POST', url: '/api/security/connection/ticket', headers })
  t.same(refusal(await handshake(`${url}?ticket=${probe.json().ticket}`)), [401, 'TOKEN_INVALID'])
  const token = { method: 'POST', url: '/api/terminal/ticket', headers: bearer(mintApiToken(app)) } as const
  t.equal((await app.inject(token)).json().code, 'SCOPE')
})

t.test('our subprotocol is selected at any position of the offer', async (t) => {
  const { app, headers } = await serve(t)
  const client = await connect(t, app, headers, ['other', 'terminal.v1'])
  t.equal(client.socket.protocol, 'terminal.v1')
})

t.test('logout, a lost permission, a disabled user and a ban end the terminal and all its processes', async (t) => {
  const { app } = await serve(t)
  const ends: [string, (user: Awaited<ReturnType<typeof addUser>>) => unknown][] = [
    ['logout', ({ headers }) => app.inject({ method: 'POST', url: '/api/auth/logout', headers })],
    ['permission', ({ id }) => changeUser(app, id, { permissions: [] })],
    ['disabled', ({ id }) => changeUser(app, id, { is_active: false })],
    ['ban', () => app.banGate.replace(['127.0.0.1'])]
  ]
  for (const [name, end] of ends) {
    const user = await addUser(app, name, ['terminal.open'])
    const client = await openTerminal(t, app, user.headers)
    const waiting = await openTerminal(t, app, user.headers)
    client.type('trap "" HUP; sleep 1000 & echo sta""rted\n')
    await client.shows(/started/)
    waiting.socket.terminate()
    await end(user)
    t.equal((await client.closed()).code, 4002, name)
    await Promise.all([gone(client.opened.id as string), gone(waiting.opened.id as string)])
  }
})

t.test('a shutdown closes the clients with its reason and leaves no process', async (t) => {
  const { app, headers } = await serve(t)
  const client = await openTerminal(t, app, headers)
  client.type('sleep 1000\n')
  await client.shows(/sleep/)
  await app.close()
  t.equal((await client.closed()).code, 1001)
  t.same(processesOf(client.opened.id as string), [])
})

t.test('a watcher sees all output, cannot type, and is disconnected with the permission', async (t) => {
  const { app, headers } = await serve(t)
  const watcher = await addUser(app, 'watcher', ['terminal.watch'])
  const shell = await openTerminal(t, app, headers)
  shell.type('echo before-$((1 + 1))\n')
  await shell.shows(/before-2/)
  const { id } = shell.opened

  const reading = await connect(t, app, watcher.headers)
  reading.say({ type: 'watch', id })
  const watching = await reading.message('watching')
  t.notOk('token' in watching)
  await reading.shows(/before-2/)
  reading.type('echo typed-$((1 + 1))\n')
  reading.say({ type: 'resize', cols: 10, rows: 10 })
  reading.say({ type: 'ack', received: 1e9 })
  reading.say({ type: 'end' })
  reading.say({ type: 'ping' })
  await reading.message('pong')
  shell.say({ type: 'resize', cols: 90, rows: 20 })
  t.match(await reading.message('resized'), { cols: 90, rows: 20 })
  shell.type('sleep 0.1; stty size\n')
  await reading.shows(/20 90/)
  t.notMatch(reading.text(), /typed-/)

  const { sessions } = (await app.inject({ url: '/api/terminal/sessions', headers: watcher.headers })).json()
  t.match(sessions, [{ id, user: 'admin', own: false, target: 'shell', attached: true, watchers: 1, cols: 90 }])
  const opening = await connect(t, app, watcher.headers)
  opening.say({ type: 'open', cols: 80, rows: 24 })
  t.equal((await opening.closed()).code, 4002, 'may not open')
  const taking = await connect(t, app, watcher.headers)
  taking.say({ type: 'resume', id, cols: 80, rows: 24 })
  t.equal((await taking.closed()).code, 4002, 'may not take over')
  const text = `${urlOf(app)}?ticket=${await terminalTicket(app, watcher.headers)}`
  t.same(refusal(await handshake(text)), [403, 'PERMISSION'])

  await changeUser(app, watcher.id, { permissions: [] })
  t.equal((await reading.closed()).code, 4002)
  shell.type('exit\n')
  t.equal((await shell.closed()).code, 1000)
})

t.test('users list and end their own terminals; another user’s requires the right to change that user', async (t) => {
  const { app, headers } = await serve(t)
  const [ada, bob, chief] = [
    await addUser(app, 'ada', ['terminal.open']),
    await addUser(app, 'bob', ['terminal.open']),
    await addUser(app, 'chief', ['users.manage', 'terminal.open'])
  ]
  const shell = await openTerminal(t, app, ada.headers)
  const owners = await openTerminal(t, app, headers)
  const list = async (as: Record<string, string>) =>
    (await app.inject({ url: '/api/terminal/sessions', headers: as }))
      .json()
      .sessions.map(({ id }: { id: string }) => id)
  const end = async (id: unknown, as: Record<string, string>) =>
    (await app.inject({ method: 'DELETE', url: `/api/terminal/sessions/${id}`, headers: as })).statusCode
  t.same(await list(bob.headers), [])
  t.same(await list(ada.headers), [shell.opened.id])
  t.equal(await end(shell.opened.id, bob.headers), 404)
  t.equal(await end(owners.opened.id, chief.headers), 404, 'the owner’s is the owner’s')
  t.equal(await end(shell.opened.id, chief.headers), 200)
  t.same(await shell.closed(), { code: 4003, reason: 'ended from another device' })
  t.equal(await end(owners.opened.id, headers), 200)
  t.equal(await end(owners.opened.id, headers), 404)
  const log = await app.inject({ url: '/api/security/audit?event=terminal_closed', headers })
  t.match(
    log.json().events.map(({ target }: { target: string }) => target),
    [owners, shell].map(({ opened }) => new RegExp(`^${opened.id},shell,\\d+$`))
  )
})

t.test('a terminal without input for too long is ended', async (t) => {
  const { app, headers } = await serve(t, { terminalIdle: 1 })
  const client = await openTerminal(t, app, headers)
  t.same(await client.closed(), { code: 4003, reason: 'the terminal was idle for too long' })
})

t.test('without a password the terminal is refused unless auth.json allows it', async (t) => {
  const app = await build(t, { shell: await plainShell(t) })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const ask = () => app.inject({ method: 'POST', url: '/api/terminal/ticket' })
  t.equal((await ask()).json().code, 'SETUP_REQUIRED')
  await app.inject({ method: 'POST', url: '/api/auth/skip' })
  t.same([(await ask()).statusCode, (await ask()).json().code], [409, 'NO_ACCOUNT'])
  await openToAll(app, true)
  const opened = await handshake(`ws://127.0.0.1:${portOf(app)}/ws/terminal?ticket=${await terminalTicket(app)}`)
  if (!('socket' in opened)) throw new Error(opened.body)
  t.teardown(() => opened.socket.terminate())
  const client = follow(opened.socket)
  opened.socket.send('echo open-$((1 + 1))\n')
  await client.shows(/open-2/)
  t.match((await app.inject('/api/terminal/sessions')).json().sessions, [{ user: null, own: true }])
  await openToAll(app, false)
  t.equal((await client.closed()).code, 4002)
  t.equal((await ask()).json().code, 'NO_ACCOUNT')
})
