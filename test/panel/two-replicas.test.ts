import t, { type Test } from 'tap'
import { StoreUnavailableError } from '../../lib/storage/panel/unavailable.ts'
import { verifyPanelAudit } from '../../lib/storage/panel/verify-audit.ts'
import type { Rotation } from '../../lib/storage/stores/sessions.ts'
import { count, HOUR, newSession, PARALLEL, parallel, START } from '../storage/store-suite/rig.ts'
import { failures } from '../support/audit.ts'
import { postgresqlMissing, startPostgresql } from '../support/postgresql.ts'
import { redisMissing, startRedis } from '../support/redis.ts'
import { newKeys } from './accounts-rig.ts'
import { openReplica, type Replica } from './replica.ts'

const ADDRESS = '203.0.113.9'

const tryWrong = async ({ stores: { lockouts } }: Replica): Promise<string> => {
  const attempt = await lockouts.begin('admin', ADDRESS)
  if ('lockedFor' in attempt) return 'locked'
  await attempt.failed()
  return 'checked'
}

t.test('two replicas of a panel', { skip: postgresqlMissing || redisMissing }, async (t) => {
  const [postgresql, redisServer] = [await startPostgresql(t), await startRedis(t)]
  let rigs = 0

  /** Two replicas of one panel, and a way to call them by turns. */
  const openTwo = async (t: Test, { leaseMs = 10_000 } = {}) => {
    const url = await postgresql.createDatabase()
    const name = url.split('/').at(-1)!
    const state = { tenant: 0, now: START }
    const options = {
      database: url,
      redis: redisServer.url(++rigs),
      now: () => state.now,
      tenant: () => state.tenant,
      keys: newKeys(),
      leaseMs
    }
    const [a, b] = [await openReplica(t, options), await openReplica(t, options)]
    await a.database.query('all', "INSERT INTO tenants (id, slug, name, created_at) VALUES (7, 'acme', 'Acme', 0)")
    return {
      a,
      b,
      state,
      byTurns: (i: number) => (i % 2 === 0 ? a : b),
      asSuperuser: (sql: string) => postgresql.asSuperuser(sql, name)
    }
  }

  t.test('a change of sessions holds on the next request to the other', async (t) => {
    const { a, b } = await openTwo(t)
    /** A request's read of a session, as the access store reads it. */
    const see = async ({ cache, stores }: Replica, sid: string) => {
      const { values } = await cache.read(0, [`session:${sid}`], async () => [await stores.sessions.find(sid, START)])
      return values[0]
    }
    const open = async (hash: string) => {
      const { sid } = await a.stores.sessions.open(newSession(1), hash)
      for (const replica of [a, b, a, b]) t.match(await see(replica, sid), { sid, amr: ['pwd'] })
      return sid
    }
    const [ended, kept] = [await open('e0'), await open('k0')]
    await a.stores.sessions.end(ended)
    t.equal(await see(b, ended), null)

    await b.stores.sessions.setSecondFactor(1, kept)
    t.match(await see(a, kept), { amr: ['pwd', 'otp'] })
    await a.stores.sessions.renewCredential(1, 'c', 'd')
    t.match(await see(b, kept), { credential: 'd' })
    await b.stores.sessions.rotate({ hash: 'k0', successor: 'k1', expiresAt: START + 9 * HOUR, now: START, graceMs: 0 })
    t.match(await see(a, kept), { expiresAt: START + 9 * HOUR })
    await a.stores.sessions.endAll(1)
    t.equal(await see(b, kept), null)
    for (let i = 0; i < 20; i++) {
      const sid = await open(`x${i}`)
      await a.stores.sessions.endAll(1)
      t.equal(await see(b, sid), null)
    }
  })

  t.test('an emptied Redis brings no ended session back; it forgets confirmations', async (t) => {
    const { a, b } = await openTwo(t)
    const [ended, kept] = await Promise.all(['r0', 's0'].map((hash) => a.stores.sessions.open(newSession(1), hash)))
    await b.stores.sessions.confirm(kept!.sid, START + 1)
    t.match(await a.stores.sessions.find(kept!.sid, START), { confirmedAt: START + 1 })
    t.ok((await a.redis.pttl(`monitor:0:confirmed:${kept!.sid}`)) > 300_000, 'longer than a confirmation counts')
    await b.stores.sessions.end(ended!.sid)
    await a.redis.flushdb()
    for (const { stores } of [a, b]) {
      t.equal(await stores.sessions.find(ended!.sid, START), null)
      t.equal(
        await stores.sessions.rotate({ hash: 'r0', successor: 'x', expiresAt: 0, now: START, graceMs: 0 }),
        'gone'
      )
      t.match(await stores.sessions.find(kept!.sid, START), { confirmedAt: 0 })
    }
  })

  t.test('of parallel rotations over both exactly one wins, and a replay is seen by either', async (t) => {
    const { a, b, byTurns, state } = await openTwo(t)
    const rotation = (successor: string, more: Partial<Rotation> = {}): Rotation => ({
      hash: 'r0',
      successor,
      expiresAt: START + 2 * HOUR,
      now: START,
      graceMs: 10_000,
      ...more
    })
    await a.stores.sessions.open(newSession(1), 'r0')
    const outcomes = await parallel((i) => byTurns(i).stores.sessions.rotate(rotation('r1')))
    t.equal(count(outcomes, 'rotated'), 1)
    t.equal(count(outcomes, 'repeated'), PARALLEL - 1)
    for (const { stores } of [a, b]) {
      t.equal(await stores.sessions.rotate(rotation('other')), 'replayed')
      t.equal(await stores.sessions.rotate(rotation('r1', { now: START + 10_001 })), 'replayed')
    }
    await b.stores.sessions.open(newSession(1), 'p0')
    const others = await parallel((i) => byTurns(i).stores.sessions.rotate(rotation(`p${i + 1}`, { hash: 'p0' })))
    t.equal(count(others, 'rotated'), 1)
    t.equal(count(others, 'replayed'), PARALLEL - 1)
    state.tenant = 7
    t.equal(await a.stores.sessions.rotate(rotation('r2', { hash: 'r1' })), 'gone', 'a token of another tenant')
    t.equal(await a.stores.sessions.findRefresh('r1'), null)
  })

  t.test('a rotation and the end of all sessions do not block each other', async (t) => {
    const { a, b } = await openTwo(t)
    for (let round = 0; round < 20; round++) {
      const hashes = Array.from({ length: 5 }, (_, i) => `r${round}-${i}`)
      await Promise.all(hashes.map((hash) => a.stores.sessions.open(newSession(1), hash)))
      const rotate = (hash: string) =>
        a.stores.sessions.rotate({ hash, successor: `${hash}s`, expiresAt: START + HOUR, now: START, graceMs: 0 })
      const [ended, again, ...outcomes] = await Promise.all([
        b.stores.sessions.endAll(1),
        a.stores.sessions.endAll(1),
        ...hashes.map(rotate)
      ])
      t.equal(ended + again, hashes.length)
      t.ok(outcomes.every((each) => each === 'rotated' || each === 'gone'))
    }
    t.same(await a.stores.sessions.listOf(1, START), [])
  })

  t.test('last uses: the latest of both stays, also of other tenants', async (t) => {
    const { a, b, state } = await openTwo(t)
    const mine = await a.stores.sessions.open(newSession(1), 'r0')
    state.tenant = 7
    const other = await a.stores.sessions.open(newSession(1), 'r0')
    b.stores.sessions.touch({ ...other }, START + 3000)
    b.stores.tokenUses.touch('a', START + 3000, '192.0.2.7')
    state.tenant = 0
    a.stores.sessions.touch({ ...mine }, START + 9000)
    b.stores.sessions.touch({ ...mine }, START + 5000)
    a.stores.tokenUses.touch('a', START + 9000, '192.0.2.1')
    b.stores.tokenUses.touch('a', START + 5000, '192.0.2.2')
    t.match(await a.stores.sessions.listOf(1, START), [{ lastUsedAt: START + 9000 }], 'before it is written')
    for (const { stores } of [a, b]) {
      await stores.sessions.flush()
      await stores.tokenUses.flush()
    }
    t.match(await b.stores.sessions.find(mine.sid, START), { lastUsedAt: START + 9000 })
    t.same(await b.stores.tokenUses.findAll(['a']), new Map([['a', { at: START + 9000, address: '192.0.2.1' }]]))
    state.tenant = 7
    t.match(await a.stores.sessions.find(other.sid, START), { lastUsedAt: START + 3000 })
    t.same(await a.stores.tokenUses.findAll(['a']), new Map([['a', { at: START + 3000, address: '192.0.2.7' }]]))
    a.stores.tokenUses.touch('b', START, '192.0.2.7')
    await a.database.query('all', 'DELETE FROM tenants WHERE id = 7')
    state.tenant = 0
    a.stores.tokenUses.touch('b', START, '192.0.2.1')
    await a.stores.tokenUses.flush()
    t.equal((await b.stores.tokenUses.findAll(['b'])).size, 1, 'a deleted tenant does not hinder the others')
  })

  t.test('both remove the expired sessions of all tenants at once', async (t) => {
    const { a, b, state } = await openTwo(t)
    for (const tenant of [0, 7]) {
      state.tenant = tenant
      await parallel(async (i) => {
        for (let k = 0; k < 4; k++) await a.stores.sessions.open(newSession(i), `${i}-${k}`)
      })
    }
    const kept = await a.stores.sessions.open({ ...newSession(1), expiresAt: START + 2 * HOUR }, 'kept')
    await Promise.all([a, b].map(({ stores }) => stores.sessions.removeExpired(START + HOUR)))
    const left = (table: string) => a.database.query<{ n: number }>('all', `SELECT count(*)::int AS n FROM ${table}`)
    t.same(await left('sessions'), [{ n: 1 }])
    t.same(await left('refresh_tokens'), [{ n: 1 }])
    t.ok(await b.stores.sessions.find(kept.sid, START + HOUR))
    t.ok((await a.stores.sessions.lastLoginsOf([1])).has(1))
    await Promise.all([a, b].map(({ stores }) => stores.sessions.removeExpired(START + 366 * 24 * HOUR)))
    t.same(await left('seen_addresses'), [{ n: 0 }])
  })

  t.test('a ticket is redeemed once, and under its tenant only', async (t) => {
    const { a, byTurns, state } = await openTwo(t)
    const ticket = await a.stores.tickets.issue('live', 'sid')
    const redeemed = await parallel((i) => byTurns(i).stores.tickets.redeem(ticket, 'live'))
    t.equal(redeemed.filter((each) => each?.sid === 'sid').length, 1)
    t.equal(count(redeemed, null), PARALLEL - 1)
    const other = await a.stores.tickets.issue('live', 'sid')
    state.tenant = 7
    t.equal(await a.stores.tickets.redeem(other, 'live'), null)
  })

  t.test('parallel wrong attempts over both get exactly five guesses, and the lock is the same', async (t) => {
    const { a, b, byTurns, state } = await openTwo(t)
    const results = await parallel((i) => tryWrong(byTurns(i)).catch((error: Error) => error.name))
    t.equal(count(results, 'checked'), 5)
    t.equal(count(results, 'locked') + count(results, 'HasherBusyError'), PARALLEL - 5)
    const locks = [await a.stores.lockouts.begin('admin', ADDRESS), await b.stores.lockouts.begin('admin', ADDRESS)]
    t.match(locks[0], { lockedFor: Number })
    t.same(locks[0], locks[1])
    state.tenant = 7
    t.equal(await b.stores.lockouts.unlock('admin'), 0)
    t.equal(await tryWrong(a), 'checked', 'the same name of another tenant is not locked')
    state.tenant = 0
    t.equal(await b.stores.lockouts.unlock('admin'), 1)
    t.equal(await tryWrong(a), 'checked')
  })

  t.test('an abandoned attempt neither counts nor adds a guess', async (t) => {
    const { a, b } = await openTwo(t, { leaseMs: 1000 })
    const killed = await a.stores.lockouts.begin('admin', ADDRESS)
    t.notOk('lockedFor' in killed)
    await a.close()
    const results: string[] = []
    for (let burst = 0; burst < 5; burst++)
      results.push(...(await Promise.all(Array.from({ length: PARALLEL / 5 }, () => tryWrong(b)))))
    t.equal(count(results, 'checked'), 5)
    t.equal(count(results, 'locked'), PARALLEL - 5)
  })

  t.test('a long attempt keeps its lease; the other replica waits for a bounded time', async (t) => {
    const { a, b } = await openTwo(t, { leaseMs: 300 })
    const attempt = await a.stores.lockouts.begin('admin', ADDRESS)
    if ('lockedFor' in attempt) throw new Error('locked')
    const since = performance.now()
    await t.rejects(b.stores.lockouts.begin('admin', ADDRESS), { name: 'HasherBusyError' })
    t.ok(performance.now() - since > 300, 'longer than one lease')
    await attempt.failed()
    t.equal(await tryWrong(b), 'checked')
  })

  t.test('unlock forgets the failures from every network, whatever the name', async (t) => {
    const { a, b } = await openTwo(t)
    const name = 'ü:*\u0000 [x]'
    for (const address of ['192.0.2.1', '192.0.2.2', '2001:db8::1', '2001:db8::2']) {
      const attempt = await a.stores.lockouts.begin(name, address)
      if ('lockedFor' in attempt) throw new Error('locked')
      await attempt.failed()
    }
    const keys = await a.redis.keys('*lockout*')
    const lives = await Promise.all(keys.map((key) => a.redis.pttl(key)))
    t.equal(keys.length, 4, 'three networks and their index')
    t.ok(
      lives.every((ms) => ms > 0 && ms <= HOUR),
      'each expires'
    )
    t.equal(await b.stores.lockouts.unlock(name), 3)
    t.same(await a.redis.keys('*lockout*'), [])
  })

  t.test('settings of one reach the other within a second', async (t) => {
    const { a, b } = await openTwo(t)
    const seen = new Promise((resolve) => b.stores.settings.onChange(resolve))
    await a.stores.settings.update((draft) => {
      draft.trusted_proxies = ['192.0.2.1']
    })
    const since = performance.now()
    t.same(await seen, { trusted_proxies: ['192.0.2.1'] })
    t.ok(performance.now() - since < 1000)
    t.same(b.stores.settings.current(), { trusted_proxies: ['192.0.2.1'] })
    await parallel((i) =>
      (i % 2 === 0 ? a : b).stores.settings.update((draft) => {
        draft.trusted_proxies = [...draft.trusted_proxies!, `198.51.100.${i}`]
      })
    )
    for (const { stores } of [a, b]) {
      await stores.settings.refresh()
      t.equal(stores.settings.current().trusted_proxies?.length, PARALLEL + 1)
    }
  })

  t.test('the chain of each tenant is whole after parallel appends from both', async (t) => {
    const { a, b, byTurns, state, asSuperuser } = await openTwo(t)
    t.match(await verifyPanelAudit(a.database, 0), { isWhole: true, count: 0 })
    await parallel((i) => byTurns(i).stores.audit.append(failures(3, 3 * i + 1)))
    state.tenant = 7
    await a.stores.audit.append(failures(2))
    t.equal((await b.stores.audit.list({ limit: 100 })).length, 2)
    state.tenant = 0
    t.match(await verifyPanelAudit(b.database, 0), { isWhole: true, count: 3 * PARALLEL, last: 3 * PARALLEL })
    t.match(await verifyPanelAudit(b.database, 7), { isWhole: true, count: 2 })
    await Promise.all([a, b].map(({ stores }) => stores.audit.prune(100, 30)))
    t.match(await verifyPanelAudit(a.database, 0), { isWhole: true, count: 100, first: 51 })
    const all = await b.stores.audit.list({ limit: 1000 })
    t.equal(all.length, 100)
    const ids = (rows: { id: number }[]) => rows.map(({ id }) => id)
    // By the wall clock, which differs from the order of the chain here.
    const { id } = all.filter(({ at }) => at < 100_000).toSorted((x, y) => y.at - x.at)[0]!
    t.same(
      ids(await a.stores.audit.list({ limit: 2, before: { at: 100_000 } })),
      ids(all.filter((each) => each.id <= id)).slice(0, 2)
    )
    const { user, event, address } = all[40]!
    t.same(await a.stores.audit.list({ limit: 2, user, event, address }), [all[40]])
    t.same(await a.stores.audit.list({ limit: 2, user, event: 'logged_out' }), [])
    await asSuperuser("UPDATE audit_events SET username = 'x' WHERE tenant_id = 0 AND id = 70")
    t.match(await verifyPanelAudit(a.database, 0), { isWhole: false, fault: /^entry 70 was altered/ })
    await asSuperuser('DELETE FROM audit_events WHERE tenant_id = 7 AND id = 2')
    t.match(await verifyPanelAudit(a.database, 7), { isWhole: false, fault: 'entry 2 is missing' })
    await asSuperuser('DELETE FROM audit_ends WHERE tenant_id = 7')
    t.match(await verifyPanelAudit(a.database, 7), { isWhole: false, fault: /record of the first/ })
  })

  t.test('a replica without its servers says so', async (t) => {
    const { a, b } = await openTwo(t)
    const { sid } = await a.stores.sessions.open(newSession(1), 'r0')
    a.redis.disconnect()
    const { sessions, lockouts, tickets } = a.stores
    const calls: (() => Promise<unknown>)[] = [
      () => lockouts.begin('admin', ADDRESS),
      () => lockouts.unlock('admin'),
      () => tickets.issue('live', sid),
      () => tickets.redeem('x', 'live'),
      () => sessions.confirm(sid, START),
      () => sessions.end(sid)
    ]
    for (const call of calls) await t.rejects(async () => void (await call()), StoreUnavailableError, String(call))
    t.ok(await b.stores.sessions.find(sid, START), 'a session whose end could not be told to all replicas goes on')
    t.equal(await b.stores.sessions.end(sid), true)
  })
})
