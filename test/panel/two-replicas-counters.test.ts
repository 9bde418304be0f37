import t from 'tap'
import { verifyPanelAudit } from '../../lib/storage/panel/verify-audit.ts'
import { count, HOUR, PARALLEL, parallel } from '../storage/store-suite/rig.ts'
import { failures } from '../support/audit.ts'
import { panelMissing } from '../support/panel-app.ts'
import type { Replica } from './replica.ts'
import { startServers } from './two-stores.ts'

const ADDRESS = '203.0.113.9'

const tryWrong = async ({ stores: { lockouts } }: Replica): Promise<string> => {
  const attempt = await lockouts.begin('admin', ADDRESS)
  if ('lockedFor' in attempt) return 'locked'
  await attempt.failed()
  return 'checked'
}

t.test('two replicas of a panel: lockouts, settings and the audit index', { skip: panelMissing }, async (t) => {
  const openTwo = await startServers(t)

  t.test(
    'parallel wrong attempts on both replicas get exactly five guesses, and both report the same lock',
    async (t) => {
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
    }
  )

  t.test('an abandoned attempt does not count and adds no guess', async (t) => {
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

  t.test('a long attempt keeps its lease, and the other replica waits for a bounded time', async (t) => {
    const { a, b } = await openTwo(t, { leaseMs: 300 })
    const attempt = await a.stores.lockouts.begin('admin', ADDRESS)
    if ('lockedFor' in attempt) throw new Error('locked')
    const since = performance.now()
    await t.rejects(b.stores.lockouts.begin('admin', ADDRESS), { name: 'HasherBusyError' })
    t.ok(performance.now() - since > 300, 'longer than one lease')
    await attempt.failed()
    t.equal(await tryWrong(b), 'checked')
  })

  t.test('unlock removes the failures from every network, for any name', async (t) => {
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

  t.test('a change of settings reaches the other replica within a second', async (t) => {
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

  t.test('the chain of each tenant is whole after parallel appends from both replicas', async (t) => {
    const { a, b, byTurns, state, asSuperuser } = await openTwo(t)
    t.match(await verifyPanelAudit(a.database, 0), { isWhole: true, count: 0 })
    await parallel((i) => byTurns(i).stores.audit.append(failures(3, 3 * i + 1)))
    const of = (tenant: number, n: number) => failures(n).map((entry) => ({ ...entry, tenant }))
    // Whatever tenant asks; the entries of a tenant that was removed go with it, and hold up no others.
    await a.stores.audit.append([...of(99, 3), ...of(7, 2)])
    state.tenant = 7
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
})
