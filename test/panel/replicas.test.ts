import t from 'tap'
import { closed, type Handshake, handshake } from '../support/web-sockets.ts'
import { openAccounts } from './accounts-rig.ts'
import { type Ask, type Reply, refreshTokenOf } from './client.ts'
import { panelMissing, startPanel } from './panel.ts'
import {
  changeUser,
  codeAt,
  confirm,
  createUser,
  login,
  mint,
  need,
  OWNER,
  PASSWORD,
  type Person,
  refresh,
  tryLogin
} from './people.ts'

const WRONG = 'Wrong-Horse-7'
const parallel = <T>(count: number, run: (i: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, i) => run(i)))
const statusesOf = (replies: readonly { status: number }[]) => replies.map(({ status }) => status).toSorted()

t.test('replicas', { skip: panelMissing }, async (t) => {
  const panel = await startPanel(t)
  const { ask, replicas } = panel
  const body = { username: OWNER, password: PASSWORD }
  const setups = await parallel(9, (i) => replicas[i % 3]!.ask('/api/auth/setup', { body }))
  t.same(statusesOf(setups), [200, ...Array(8).fill(403)], 'one setup wins')
  const owner = await login(ask, OWNER)
  await confirm(ask, owner)
  let users = 0
  const newUser = async (more: object = {}): Promise<Person> => {
    const username = `user${++users}`
    await createUser(ask, owner, username, more)
    return login(ask, username)
  }
  /** The statuses of the next request to each replica, and of three through Nginx. */
  const everywhere = async (run: (ask: Ask, i: number) => Promise<Reply>): Promise<number[]> => {
    const all = [ask, ask, ask, ...replicas.map((each) => each.ask)]
    const statuses = (await Promise.all(all.map(run))).map(({ status }) => status)
    return [...new Set(statuses)]
  }
  const me = (token: string) => everywhere((ask) => ask('/api/auth/me', { token }))
  const system = (token: string) => everywhere((ask) => ask('/api/system', { token }))

  t.test('logout', async (t) => {
    const { token, refresh: cookie } = await newUser()
    t.same(await me(token), [200])
    await need(200, ask('/api/auth/logout', { method: 'POST', token }))
    t.same(await me(token), [401])
    t.same(await everywhere((ask) => refresh(ask, cookie)), [401])
  })

  t.test('revocation of an API token', async (t) => {
    const user = await newUser({ permissions: ['system.view', 'tokens.manage'] })
    const { id, token } = await mint(ask, user)
    t.same(await system(token), [200])
    await need(200, ask(`/api/auth/api-tokens/${id}`, { method: 'DELETE', token: user.token }))
    t.same(await system(token), [401])
  })

  t.test('password change', async (t) => {
    const user = await newUser()
    const other = await login(ask, user.username)
    t.same(await me(other.token), [200])
    const body = { current_password: PASSWORD, new_password: 'Brave-Lantern-8' }
    await need(200, ask('/api/auth/password', { method: 'PUT', token: user.token, body }))
    t.same(await me(other.token), [401])
    t.same(await everywhere((ask) => refresh(ask, other.refresh)), [401])
    t.same(await me(user.token), [200], 'the session that did it goes on')
    const from = (ask: Ask, i: number, password: string) =>
      tryLogin(ask, user.username, password, {}, `198.51.100.${i + 1}`)
    t.same(await everywhere((ask, i) => from(ask, i, PASSWORD)), [401])
    t.same(await everywhere((ask, i) => from(ask, i, 'Brave-Lantern-8')), [200])
  })

  t.test('permissions', async (t) => {
    const user = await newUser({ permissions: ['system.view', 'tokens.manage'] })
    const script = await mint(ask, user)
    for (let round = 0; round < 5; round++) {
      await need(200, changeUser(ask, owner, user.id, { permissions: ['tokens.manage'] }))
      t.same([await system(user.token), await system(script.token)], [[403], [403]])
      await need(200, changeUser(ask, owner, user.id, { permissions: ['system.view'] }))
      t.same([await system(user.token), await system(script.token)], [[200], [200]])
    }
  })

  t.test('disabled user', async (t) => {
    const user = await newUser({ permissions: ['system.view', 'tokens.manage'] })
    const script = await mint(ask, user)
    t.same([await system(user.token), await system(script.token)], [[200], [200]])
    await need(200, changeUser(ask, owner, user.id, { is_active: false }))
    t.same([await system(user.token), await system(script.token)], [[401], [401]])
    t.same(await everywhere((ask) => refresh(ask, user.refresh)), [401])
    t.same(await everywhere((ask) => tryLogin(ask, user.username, PASSWORD)), [403])
  })

  t.test('TOTP step and backup code', async (t) => {
    const user = await newUser()
    const { token, username } = user
    const { secret, backup_codes } = (await need(200, ask('/api/auth/2fa/setup', { token, body: {} }))).json
    await need(200, ask('/api/auth/2fa/verify', { token, body: { code: codeAt(secret, -1) } }))
    // From as many addresses, so that no lock answers.
    const withCode = (totp_code: string) =>
      parallel(12, (i) => tryLogin(replicas[i % 3]!.ask, username, PASSWORD, { totp_code }, `198.51.100.${i + 1}`))
    for (const code of [codeAt(secret, 0), codeAt(secret, 1), backup_codes[0], backup_codes[1]]) {
      const replies = await withCode(code)
      t.same(statusesOf(replies), [200, ...Array(11).fill(401)])
      for (const { status, json } of replies) if (status === 401) t.equal(json.message, 'invalid 2FA code')
    }
    t.equal((await ask('/api/auth/2fa/status', { token })).json.backup_codes_left, 8)
  })

  t.test('WebSocket ticket', async (t) => {
    const user = await newUser()
    const ports = [panel.port, ...replicas.map(({ port }) => port)]
    const shake = (port: number, ticket: string) => handshake(`ws://127.0.0.1:${port}/ws/live?ticket=${ticket}`)
    const newTicket = async () => (await need(200, ask('/api/live/ticket', { method: 'POST', token: user.token }))).json
    const open: Extract<Handshake, { status: 101 }>[] = []
    for (let round = 0; round < 5; round++) {
      const { ticket } = await newTicket()
      const shaken = await parallel(8, (i) => shake(ports[i % 4]!, ticket))
      t.same(statusesOf(shaken), [101, ...Array(7).fill(401)])
      open.push(...shaken.filter((each) => 'socket' in each))
    }
    const late = await newTicket()
    const ends = open.map(({ socket }) => closed(socket))
    await need(200, ask('/api/auth/logout', { method: 'POST', token: user.token }))
    t.same(statusesOf(await parallel(4, (i) => shake(ports[i]!, late.ticket))), Array(4).fill(401))
    const since = performance.now()
    await Promise.all(ends)
    t.comment(`all sockets closed ${Math.round(performance.now() - since)} ms after the logout`)
    t.ok(performance.now() - since < 10_000)
  })

  t.test('refresh: one successor, and a replay ends every session', async (t) => {
    const user = await newUser()
    const other = await login(ask, user.username)
    const replies = await parallel(30, () => refresh(ask, user.refresh))
    t.same([...new Set(statusesOf(replies))], [200])
    const successors = new Set(replies.map(refreshTokenOf))
    t.equal(successors.size, 1)
    const [successor] = successors
    await need(200, refresh(ask, successor!))
    t.same(await me(other.token), [200])
    t.equal((await refresh(ask, user.refresh)).status, 401, 'a replay')
    for (const token of [user.token, other.token, ...replies.map(({ json }) => json.token)].slice(0, 6))
      t.same(await me(token), [401])
    t.same(await everywhere((ask) => refresh(ask, other.refresh)), [401])
  })

  t.test('lockout: five guesses of 50 at once', async (t) => {
    const { username } = await newUser()
    for (const [name, address] of [
      [username, '203.0.113.1'],
      ['nobody', '203.0.113.2'],
      [username, '2001:db8::1']
    ] as const) {
      const replies = await parallel(50, () => tryLogin(ask, name, WRONG, {}, address))
      t.same(statusesOf(replies), [...Array(5).fill(401), ...Array(45).fill(423)])
      const known = replies.filter(({ status }) => status === 423).map(({ json }) => json.message)
      t.ok(known.includes('account locked, try again in 1440 minutes'), 'tries while locked count')
      t.same(await everywhere((ask) => tryLogin(ask, name, PASSWORD, {}, address)), [423])
    }
    const { id } = (await need(200, ask('/api/users', { token: owner.token }))).json.users.at(-1)
    await need(200, ask(`/api/users/${id}/unlock`, { method: 'POST', token: owner.token }))
    t.same(await everywhere((ask) => tryLogin(ask, username, PASSWORD, {}, '203.0.113.1')), [200], 'unlocked')
  })

  t.test('of 10,000 requests none is accepted after the revocation was acknowledged', async (t) => {
    const ROUNDS = 4
    const AFTER = 900
    const permissions = ['system.view', 'tokens.manage']
    /** Per kind: the tokens that end, and what ends them. */
    const kinds: Record<string, () => Promise<{ tokens: string[]; end: (ask: Ask) => Promise<Reply> }>> = {
      async logout() {
        const { token } = await newUser()
        return { tokens: [token], end: (ask) => ask('/api/auth/logout', { method: 'POST', token }) }
      },
      async revocation() {
        const user = await newUser({ permissions })
        const { id, token } = await mint(ask, user)
        const question = { method: 'DELETE', token: user.token }
        return { tokens: [token], end: (ask) => ask(`/api/auth/api-tokens/${id}`, question) }
      },
      async disable() {
        const user = await newUser({ permissions })
        const { token } = await mint(ask, user)
        return {
          tokens: [user.token, token],
          end: (ask) => changeUser(ask, owner, user.id, { is_active: false })
        }
      }
    }
    let total = 0
    for (const [kind, prepare] of Object.entries(kinds)) {
      const [before, after]: [Record<number, number>, Record<number, number>] = [{}, {}]
      for (let round = 0; round < ROUNDS; round++) {
        const { tokens, end } = await prepare()
        let answeredAt = Number.POSITIVE_INFINITY
        let sentAfter = 0
        let accepted = 0
        const fire = async (i: number): Promise<void> => {
          while (sentAfter < AFTER) {
            const isAfter = performance.now() > answeredAt
            if (isAfter) sentAfter++
            const { status } = await replicas[i % 3]!.ask('/api/auth/me', { token: tokens[i % tokens.length] })
            const counts = isAfter ? after : before
            counts[status] = (counts[status] ?? 0) + 1
            if (status === 200) accepted++
          }
        }
        const firing = parallel(24, fire)
        while (accepted < 200) await ask('/api/auth/status')
        await need(200, end(replicas[round % 3]!.ask))
        answeredAt = performance.now()
        await firing
      }
      const sent = Object.values(after).reduce((sum, n) => sum + n, 0)
      total += sent
      t.comment(`${kind}: before the answer ${JSON.stringify(before)}, after it ${JSON.stringify(after)}`)
      t.same(after, { 401: sent }, kind)
      t.ok(before[200]! >= 200 * ROUNDS, 'accepted until then')
    }
    t.ok(total >= 10_000, `${total} requests`)
    await confirm(ask, owner)
  })

  t.test('a rotated secret', async (t) => {
    const user = await newUser()
    t.same([await me(user.token), await me(owner.token)], [[200], [200]])
    // Another program of the panel.
    const { auth } = await openAccounts(t, {
      postgresql: panel.urls.database,
      redis: panel.urls.redis,
      keys: [Buffer.from(panel.encryptionKey, 'base64')]
    })
    await auth.change({}, (draft) => {
      draft.jwt_secret = 'a'.repeat(64)
    })
    t.same([await me(user.token), await me(owner.token)], [[401], [401]])
    const again = await login(ask, user.username)
    t.same(await me(again.token), [200])
  })
})
