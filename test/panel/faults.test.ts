import { randomBytes } from 'node:crypto'
import t, { type Test } from 'tap'
import { until } from '../edge/programs.ts'
import { startPostgresql } from '../support/postgresql.ts'
import { startRedis } from '../support/redis.ts'
import type { Ask, Reply } from './client.ts'
import { type PanelReplica, panelMissing, startPanel } from './panel.ts'
import {
  changeUser,
  createUser,
  login,
  mint,
  need,
  PASSWORD,
  type Person,
  refresh,
  setUpOwner,
  tryLogin
} from './people.ts'
import { type Fault, onRedis, storeFaults } from './store-faults.ts'
import { startTcpProxy } from './tcp-proxy.ts'

const WRONG = 'Wrong-Horse-7'
const SECRETS = { postgresql: 'Pg-Pass-4711', redis: 'Redis-Pass-4711' }
/** Bounds of the contract, in milliseconds. */
const LONGEST_ANSWER = 6000
const LONGEST_RETURN = 10_000

t.test('faults of the stores', { skip: panelMissing }, async (t) => {
  const [postgresql, redis] = await Promise.all([startPostgresql(t), startRedis(t, ['--requirepass', SECRETS.redis])])
  const cut = {
    postgresql: await startTcpProxy(t, postgresql.port),
    redis: await startTcpProxy(t, redis.port)
  }
  const withPort = (url: string, port?: number): string => {
    const changed = new URL(url)
    changed.password = url.startsWith('redis') ? SECRETS.redis : SECRETS.postgresql
    if (port !== undefined) changed.port = String(port)
    return changed.href
  }
  const CUT = 2
  const panel = await startPanel(t, {
    postgresql,
    redis,
    urlsOf: ({ database, redis }, replica) => ({
      database: withPort(database, replica === CUT ? cut.postgresql.port : undefined),
      redis: withPort(redis, replica === CUT ? cut.redis.port : undefined)
    })
  })
  const { ask, replicas } = panel
  const owner = await setUpOwner(ask)
  await createUser(ask, owner, 'ada', { permissions: ['system.view', 'tokens.manage'] })
  await createUser(ask, owner, 'bob')
  const live = await login(ask, 'ada')
  const script = await mint(ask, live)

  // What was taken away before all faults.
  const ended = await login(ask, 'ada')
  await need(200, ask('/api/auth/logout', { method: 'POST', token: ended.token }))
  const revoked = await mint(ask, live)
  await need(200, ask(`/api/auth/api-tokens/${revoked.id}`, { method: 'DELETE', token: live.token }))
  const disabled = await login(ask, 'bob')
  await need(200, changeUser(ask, owner, disabled.id, { is_active: false }))
  const gone = [ended.token, revoked.token, disabled.token]

  const answers: { path: string; ms: number }[] = []
  const heard: string[] = []
  const of =
    ({ ask }: PanelReplica): Ask =>
    async (path, question) => {
      const reply = await ask(path, question)
      answers.push({ path, ms: reply.ms })
      heard.push(reply.text)
      return reply
    }
  const logout = (ask: Ask, { token }: Person) => ask('/api/auth/logout', { method: 'POST', token })
  const isUnavailable = ({ status, json, headers }: Reply): boolean =>
    status === 503 && json.code === 'STORE_UNAVAILABLE' && Number(headers['retry-after']) > 0

  /** Everything that must not open, and what has to answer, at one replica. */
  async function look(t: Test, replica: PanelReplica, goesOn: Fault['goesOn'] | 'all', address: string) {
    const ask = of(replica)
    const open = ['/api/auth/status', '/api/system-info', '/'].map((path) => ask(path))
    const closed = gone.map((token) => ask('/api/auth/me', { token }))
    const wrong = tryLogin(ask, 'ada', WRONG, {}, address)
    const known = [live.token, script.token].map((token) => ask('/api/auth/me', { token }))
    const writes = goesOn === 'all' ? [] : [tryLogin(ask, 'ada', PASSWORD, {}, address), refresh(ask, live.refresh)]
    const crowd = Array.from({ length: goesOn === 'all' ? 0 : 50 }, () =>
      refresh(ask, randomBytes(32).toString('base64url'))
    )
    for (const reply of await Promise.all(open)) if (reply.status !== 200) t.fail(`open: ${reply.status} ${reply.text}`)
    for (const reply of [...(await Promise.all(closed)), await wrong])
      if (!(reply.status === 401 || (goesOn !== 'all' && isUnavailable(reply))))
        t.fail(`closed: ${reply.status} ${reply.text}`)
    for (const reply of await Promise.all(known))
      if (!(goesOn !== 'none' && reply.status === 200) && !(goesOn !== 'all' && isUnavailable(reply)))
        t.fail(`known: ${reply.status} ${reply.text}`)
    for (const reply of await Promise.all(writes))
      if (!isUnavailable(reply)) t.fail(`write: ${reply.status} ${reply.text}`)
    // More than there are connections.
    for (const reply of await Promise.all(crowd))
      if (reply.status !== 401 && !isUnavailable(reply)) t.fail(`crowd: ${reply.status} ${reply.text}`)
  }

  let faults = 0
  /** Begins a fault while sessions are being ended, looks at all replicas, ends it, and waits for the service. */
  async function suffer(t: Test, { begin, end, goesOn, isCut }: Fault): Promise<void> {
    const address = `198.51.100.${++faults}`
    const leaving = await Promise.all(Array.from({ length: 6 }, () => login(ask, 'ada')))
    for (const { token } of leaving) for (const each of replicas) await need(200, each.ask('/api/auth/me', { token }))
    const leave = (from: number, to: number) =>
      Promise.all(leaving.slice(from, to).map((person, i) => logout(of(replicas[i % 3]!), person)))
    // Two before the fault, two as it begins, two within it.
    const before = await leave(0, 2)
    for (const reply of before) t.equal(reply.status, 200)
    const meanwhile = leave(2, 4)
    await begin()
    const left = [...before, ...(await meanwhile), ...(await leave(4, 6))]
    const affected = replicas.filter((_, i) => !isCut || i === CUT)
    for (let round = 0; round < 2; round++) {
      await Promise.all(affected.map((each) => look(t, each, goesOn, address)))
      for (const each of replicas)
        if (!affected.includes(each)) await look(t, each, 'all', `203.0.113.${faults * 2 + round}`)
    }
    const acknowledged = leaving.filter((_, i) => left[i]!.status === 200)
    for (const { token } of acknowledged)
      for (const { status } of await Promise.all(replicas.map((each) => of(each)('/api/auth/me', { token }))))
        if (status !== 401 && status !== 503) t.fail(`a session that was ended answers ${status}`)
    await end()
    const since = performance.now()
    await until('the service resumes', async () => {
      const replies = await Promise.all(
        replicas.flatMap(({ ask }) => [
          ask('/api/auth/me', { token: live.token }),
          tryLogin(ask, 'ada', PASSWORD, {}, '192.0.2.99')
        ])
      )
      return replies.every(({ status }) => status === 200)
    })
    const ms = performance.now() - since
    t.ok(ms < LONGEST_RETURN, `resumes after ${Math.round(ms)} ms`)
    for (const each of replicas) await look(t, each, 'all', `203.0.113.${100 + faults}`)
    for (const [i, reply] of left.entries()) {
      const { token } = leaving[i]!
      const replies = await Promise.all(replicas.map(({ ask }) => ask('/api/auth/me', { token })))
      const statuses = [...new Set(replies.map(({ status }) => status))]
      if (reply.status === 200) t.same(statuses, [401], 'a logout that was acknowledged stays')
      else
        t.ok(statuses.length === 1 && [200, 401].includes(statuses[0]!), 'an unacknowledged change is the same for all')
    }
    const [longest] = answers.splice(0).toSorted((a, b) => b.ms - a.ms)
    const words = `the longest answer took ${Math.round(longest!.ms)} ms (${longest!.path})`
    t.ok(longest!.ms < LONGEST_ANSWER, words)
    // Of each fault by itself: a replica's output is kept in part only.
    const texts = [...heard.splice(0), ...replicas.map(({ output }) => output())]
    for (const secret of [...Object.values(SECRETS), 'postgresql://', 'redis://', 'secretKey'])
      t.notOk(
        texts.some((text) => text.includes(secret)),
        `no ${secret} in logs and answers`
      )
    for (const { output } of affected) {
      t.ok(output().includes('is unavailable'), 'the log says so')
      t.same(output().match(/"status":500|"level":60|unhandled/g), null)
    }
    t.comment(`${words}, resumed after ${Math.round(ms)} ms, ${acknowledged.length} of 6 logouts acknowledged`)
  }

  const redisUrl = withPort(panel.urls.redis)
  const table = storeFaults({ life: t, postgresql, redis, redisUrl, cut })
  for (const [name, fault] of Object.entries(table)) await t.test(name, (t) => suffer(t, fault))

  await t.test('Redis is emptied', async (t) => {
    const leaving = await login(ask, 'ada')
    await need(200, logout(ask, leaving))
    for (let round = 0; round < 20; round++) {
      await onRedis(redisUrl, (client) => client.flushall())
      for (const { ask } of replicas)
        for (const token of [...gone, leaving.token]) t.equal((await ask('/api/auth/me', { token })).status, 401)
      for (const { ask } of replicas) t.equal((await ask('/api/auth/me', { token: live.token })).status, 200)
    }
  })

  await t.test('a replica ends in time while its stores do not answer', async (t) => {
    cut.postgresql.swallow()
    cut.redis.swallow()
    const { ask, signal, exited, output } = replicas[CUT]!
    t.ok(isUnavailable(await ask('/api/auth/me', { token: live.token })))
    const since = performance.now()
    signal('SIGTERM')
    const { code } = await exited
    const ms = Math.round(performance.now() - since)
    t.equal(code, 0, output().slice(-500))
    t.ok(ms < 10_000, `after ${ms} ms`)
    t.comment(`ended after ${ms} ms`)
  })
})
