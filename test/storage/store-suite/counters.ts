import { entriesOf, failures } from '../../support/audit.ts'
import { count, HOUR, PARALLEL, parallel, START, type Stores, type StoreTest } from './rig.ts'

/** The promises about lockouts, uses of tokens, tickets, settings and the audit index. */
export function testCounters(
  test: StoreTest<Pick<Stores, 'lockouts' | 'loginLinks' | 'tokenUses' | 'tickets' | 'settings' | 'audit'>>
): void {
  const ADDRESS = '203.0.113.9'
  const tryWrong = async ({ lockouts }: Pick<Stores, 'lockouts'>, address = ADDRESS): Promise<'checked' | 'locked'> => {
    const attempt = await lockouts.begin('admin', address)
    if ('lockedFor' in attempt) return 'locked'
    await attempt.failed()
    return 'checked'
  }

  test('lockouts: parallel wrong attempts get five guesses', async (t, rig) => {
    const { stores, clocks } = rig
    const results: string[] = []
    // In bursts that all wait: more at once are refused by HasherBusyError.
    for (let burst = 0; burst < 5; burst++)
      results.push(...(await Promise.all(Array.from({ length: PARALLEL / 5 }, () => tryWrong(stores)))))
    t.equal(count(results, 'checked'), 5)
    t.equal(count(results, 'locked'), PARALLEL - 5)
    t.equal(await tryWrong(stores, '203.0.113.10'), 'checked', 'another address is not locked')
    const again = await rig.reopen()
    t.match(await again.lockouts.begin('admin', ADDRESS), { lockedFor: 86_400 }, 'the lock survives a restart')
    clocks.now += 24 * HOUR + 1
    t.equal(await tryWrong(again), 'checked', 'and ends by the clock')
  })

  test('lockouts: fifty attempts at the same moment get at most five guesses', async (t, { stores }) => {
    const results = await parallel(() => tryWrong(stores).catch((error: Error) => error.name))
    t.equal(count(results, 'checked'), 5)
    t.equal(count(results, 'locked') + count(results, 'HasherBusyError'), PARALLEL - 5)
  })

  test('lockouts: a success clears the count, a withdrawn attempt changes nothing', async (t, { stores }) => {
    const { lockouts } = stores
    const begin = async () => {
      const attempt = await lockouts.begin('admin', ADDRESS)
      if ('lockedFor' in attempt) throw new Error('locked')
      return attempt
    }
    for (let i = 0; i < 4; i++) t.equal(await (await begin()).failed(), false)
    await (await begin()).succeeded()
    for (let i = 0; i < 4; i++) t.equal(await (await begin()).failed(), false)
    for (let i = 0; i < 10; i++) await (await begin()).withdrawn()
    t.equal(await (await begin()).failed(), true, 'the fifth failure locks')
    t.match(await lockouts.begin('admin', ADDRESS), { lockedFor: 900 })
    t.equal(await lockouts.unlock('admin'), 1)
    await (await begin()).withdrawn()
    t.equal(await lockouts.unlock('nobody'), 0)
  })

  test('lockouts: unlocking one address leaves the others, an IPv6 network counts as one', async (t, { stores }) => {
    const others = ['203.0.113.10', '2001:db8::1']
    for (const address of [ADDRESS, ...others]) for (let i = 0; i < 5; i++) await tryWrong(stores, address)
    t.equal(await stores.lockouts.unlock('admin', '203.0.113.11'), 0)
    t.equal(await stores.lockouts.unlock('admin', ADDRESS), 1)
    t.same(await Promise.all([ADDRESS, ...others].map((each) => tryWrong(stores, each))), [
      'checked',
      'locked',
      'locked'
    ])
    t.equal(await stores.lockouts.unlock('admin', '2001:db8::2'), 1)
    t.equal(await stores.lockouts.unlock('admin'), 2)
  })

  test('login links: one of many redeems, also after a restart, until the end', async (t, rig) => {
    const link = { userId: 7, credential: 'c' }
    const secret = await rig.stores.loginLinks.issue(link, 60_000)
    t.match(secret, /^[\w-]{43}$/)
    const { loginLinks } = await rig.reopen()
    t.equal(await loginLinks.redeem('x'.repeat(43)), null)
    const answers = await parallel(() => loginLinks.redeem(secret))
    t.same(
      answers.filter((answer) => answer !== null),
      [link]
    )
    const short = await loginLinks.issue(link, 300)
    rig.clocks.now += 301
    await rig.pass(301 + rig.precisionMs)
    t.equal(await loginLinks.redeem(short), null)
  })

  test('lockouts: an attempt that a killed process never finished does not count', async (t, rig) => {
    let { lockouts } = rig.stores
    for (let i = 0; i < 8; i++) {
      t.notMatch(await lockouts.begin('admin', ADDRESS), { lockedFor: Number })
      lockouts = (await rig.reopen()).lockouts
    }
  })

  test('uses of API tokens are remembered after a flush', async (t, rig) => {
    const { tokenUses } = rig.stores
    tokenUses.touch('a', START, '192.0.2.1')
    tokenUses.touch('a', START + 5000, '192.0.2.2')
    tokenUses.touch('b', START, '192.0.2.3')
    await tokenUses.flush()
    const again = await rig.reopen()
    const expected = { at: START + 5000, address: '192.0.2.2' }
    t.same(await again.tokenUses.findAll(['a', 'unknown']), new Map([['a', expected]]))
  })

  test('tickets: each is redeemed once, for its purpose, in time', async (t, {
    pass,
    precisionMs,
    stores: { tickets }
  }) => {
    const ticket = await tickets.issue('live', 'sid')
    t.match(ticket, /^[\w-]{43}$/)
    t.equal((await parallel(() => tickets.redeem(ticket, 'live'))).filter((each) => each?.sid === 'sid').length, 1)
    t.same(await tickets.redeem(await tickets.issue('live', null), 'live'), { sid: null })

    const other = await tickets.issue('live', 'sid')
    t.equal(await tickets.redeem(other, 'terminal'), null)
    t.equal(await tickets.redeem(other, 'live'), null, 'the wrong purpose used it up')
    t.equal(await tickets.redeem('unknown', 'live'), null)

    const late = await tickets.issue('live', 'sid')
    const inTime = await tickets.issue('live', 'sid')
    await pass(5000 - precisionMs)
    t.ok(await tickets.redeem(inTime, 'live'))
    await pass(precisionMs)
    t.equal(await tickets.redeem(late, 'live'), null)
  })

  test('settings: no parallel change is lost, listeners see each, a restart keeps them', async (t, rig) => {
    const { settings } = rig.stores
    t.same(settings.current(), {})
    let seen = 0
    settings.onChange(({ trusted_proxies: proxies = [] }) => (seen = proxies.length))
    await parallel((i) =>
      settings.update((draft) => {
        draft.trusted_proxies = [...(draft.trusted_proxies ?? []), `192.0.2.${i}`]
      })
    )
    t.equal(settings.current().trusted_proxies?.length, PARALLEL)
    t.equal(seen, PARALLEL)
    t.equal((await rig.reopen()).settings.current().trusted_proxies?.length, PARALLEL)
  })

  test('the audit index: a chain without gaps under parallel appends, filters, pages, pruning', async (t, rig) => {
    const { audit } = rig.stores
    await Promise.all(failures(PARALLEL).map((entry) => audit.append([entry])))
    await audit.append(entriesOf((tell) => tell.loggedOut({ address: '192.0.2.1', user: 'admin' })))
    const again = (await rig.reopen()).audit
    const rows = await again.list({ limit: 100 })
    t.same(
      rows.map(({ id }) => id),
      Array.from({ length: PARALLEL + 1 }, (_, i) => PARALLEL + 1 - i)
    )
    t.equal((await again.list({ limit: 100, user: 'admin' })).length, 1)
    t.same(
      (await again.list({ limit: 2, before: { id: 10 } })).map(({ id }) => id),
      [9, 8]
    )
    t.equal(await again.prune(10, 30), true, 'more is to be removed')
    t.equal(await again.prune(10, 30), false)
    t.equal((await again.list({ limit: 100 })).length, 10)
  })
}
