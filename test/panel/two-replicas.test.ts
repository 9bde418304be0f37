import t from 'tap'
import { StoreUnavailableError } from '../../lib/storage/panel/unavailable.ts'
import type { Rotation } from '../../lib/storage/stores/sessions.ts'
import { count, HOUR, newSession, PARALLEL, parallel, START } from '../storage/store-suite/rig.ts'
import { panelMissing } from '../support/panel-app.ts'
import type { Replica } from './replica.ts'
import { startServers } from './two-stores.ts'

const ADDRESS = '203.0.113.9'

t.test('two replicas of a panel: sessions, tickets and uses', { skip: panelMissing }, async (t) => {
  const openTwo = await startServers(t)

  t.test('a change of sessions takes effect on the next request to the other replica', async (t) => {
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

  t.test('after Redis was flushed ended sessions stay ended, and confirmations are lost', async (t) => {
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

  t.test('of parallel rotations on both replicas exactly one succeeds, and either detects a replay', async (t) => {
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

  t.test('last uses: the latest of both replicas is kept, for each tenant', async (t) => {
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

  t.test('both replicas can remove the expired sessions of all tenants at the same time', async (t) => {
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

  t.test('a ticket is redeemed once, and only under its tenant', async (t) => {
    const { a, byTurns, state } = await openTwo(t)
    const ticket = await a.stores.tickets.issue('live', 'sid')
    const redeemed = await parallel((i) => byTurns(i).stores.tickets.redeem(ticket, 'live'))
    t.equal(redeemed.filter((each) => each?.sid === 'sid').length, 1)
    t.equal(count(redeemed, null), PARALLEL - 1)
    const other = await a.stores.tickets.issue('live', 'sid')
    state.tenant = 7
    t.equal(await a.stores.tickets.redeem(other, 'live'), null)
  })

  t.test('a replica without its servers reports that they are unavailable', async (t) => {
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
