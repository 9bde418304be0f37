import { randomUUID } from 'node:crypto'
import type { Test } from 'tap'
import { credentialOf, recordOf } from '../../lib/auth/accounts.ts'
import type { AccessStore } from '../../lib/storage/stores/access.ts'
import type { AuditStore } from '../../lib/storage/stores/audit.ts'
import type { AuthStore } from '../../lib/storage/stores/auth.ts'
import type { Lockouts } from '../../lib/storage/stores/lockouts.ts'
import type { RateLimitStore } from '../../lib/storage/stores/rate-limits.ts'
import type { Rotation, SessionStore } from '../../lib/storage/stores/sessions.ts'
import type { SettingsStore } from '../../lib/storage/stores/settings.ts'
import type { TicketStore } from '../../lib/storage/stores/tickets.ts'
import type { TokenUseStore } from '../../lib/storage/stores/token-uses.ts'
import type { ApiTokenEntry, AuthFile, UserEntry } from '../../schemas/auth/auth-file.ts'
import { entriesOf, failures } from '../support/audit.ts'

/** The clocks of the stores, in milliseconds; the test sets them. */
export interface Clocks {
  now: number
  monotonic: number
}

/** All stores of one daemon. */
export interface Stores {
  auth: AuthStore
  access: AccessStore
  sessions: SessionStore
  lockouts: Lockouts
  tokenUses: TokenUseStore
  tickets: TicketStore
  rateLimits: RateLimitStore
  settings: SettingsStore
  audit: AuditStore
}

export interface StoreRig {
  clocks: Clocks
  stores: Stores
  /** Stops these stores and opens them again on what they stored, as a restart does. */
  reopen(): Promise<Stores>
}

const START = Date.UTC(2026, 3, 1)
const HOUR = 3_600_000
const PARALLEL = 50
const OWNER = 1
const SECRET = 'JBSWY3DPEHPK3PXP'

export const startClocks = (): Clocks => ({ now: START, monotonic: 0 })

const parallel = <T>(run: (i: number) => T | Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: PARALLEL }, async (_, i) => run(i)))

const count = <T>(results: readonly T[], wanted: T): number => results.filter((each) => each === wanted).length

const userEntry = (id: number, username: string): UserEntry => ({
  id,
  username,
  password_hash: 'pbkdf2_sha256$1000$c2FsdHNhbHQ=$aGFzaGhhc2hoYXNoaGFzaA==',
  user_type: 'customer',
  is_active: true,
  permissions: ['system.view']
})

const tokenEntry = (id: string, userId: number): ApiTokenEntry => ({
  id,
  name: id,
  token_hash: id.padEnd(64, 'e'),
  token_prefix: '...abcd',
  created_at: new Date(START).toISOString(),
  expires_at: new Date(START + 24 * HOUR).toISOString(),
  user_id: userId
})

const createOwner = (auth: AuthStore) =>
  auth.change({ accounts: [OWNER], username: 'admin' }, (draft) => {
    const { password_hash } = userEntry(OWNER, 'admin')
    Object.assign(draft, { enabled: true, configured: true, declined: false, username: 'admin', password_hash })
  })

const createUser = (auth: AuthStore, id: number, username: string) =>
  auth.change({ accounts: [id], username }, (draft) => {
    draft.users = [...(draft.users ?? []), userEntry(id, username)]
    draft.next_user_id = id + 1
  })

const createToken = (auth: AuthStore, id: string, userId: number) =>
  auth.change({ accounts: [userId], apiTokensOf: userId }, (draft) => {
    draft.api_tokens = [...(draft.api_tokens ?? []), tokenEntry(id, userId)]
  })

const revokeToken = (auth: AuthStore, id: string) =>
  auth.change({ apiToken: id }, (draft) => {
    draft.revoked_tokens = [...(draft.revoked_tokens ?? []), tokenEntry(id, OWNER).token_hash]
  })

const newSession = (userId: number, credential = 'c', address = '192.0.2.1') => ({
  userId,
  credential,
  amr: ['pwd'],
  address,
  userAgent: 'x'.repeat(900),
  createdAt: START,
  expiresAt: START + HOUR
})

const useStep = (step: number) => (draft: AuthFile) => {
  const record = recordOf(draft, OWNER)!
  if (step <= (record.last_totp_counter ?? -1)) return false
  record.last_totp_counter = step
  return true
}

const useBackupCode = (draft: AuthFile) => {
  const entry = recordOf(draft, OWNER)!.backup_codes!.find(({ used }) => !used)
  if (!entry) return false
  entry.used = true
  return true
}

const increment = (store: RateLimitStore, key: string, windowMs = 60_000) =>
  new Promise<{ current: number; ttl: number }>((resolve, reject) =>
    store.incr(key, (error, result) => (error ? reject(error) : resolve(result!)), windowMs)
  )

/** What the interfaces of lib/storage/stores promise, for the stores that `open` makes: one set a test, all empty. */
export function testStores(t: Test, open: (t: Test) => Promise<StoreRig>): void {
  const test = (name: string, run: (t: Test, rig: StoreRig) => Promise<void>) =>
    t.test(name, async (t) => run(t, await open(t)))

  test('accounts: the first launch, then the owner and users, by id and by the name as it was typed', async (t, rig) => {
    const { auth } = rig.stores
    t.equal(await auth.mode(), 'unconfigured')
    t.equal(await auth.findAccount(OWNER), null)
    t.ok((await auth.secret()).length >= 32)
    await createOwner(auth)
    await createUser(auth, 3, 'Zoë')
    await createUser(auth, 2, 'adam')
    t.equal(await auth.mode(), 'enabled')
    t.match(await auth.findAccount(OWNER), { username: 'admin', userType: 'admin', permissions: ['*'] })
    t.equal((await auth.findByName('Zoe\u0308'))?.id, 3)
    t.equal(await auth.findByName('nobody'), null)
    t.equal(await auth.findAccount(4), null)
    t.same(
      (await auth.listAccounts()).map(({ id }) => id),
      [1, 2, 3]
    )
    t.ok((await auth.iterations()) >= 1000)

    await auth.change({ accounts: [2] }, (draft) => {
      draft.users = draft.users!.filter(({ id }) => id !== 2)
    })
    t.equal(await auth.findAccount(2), null, 'a removed account is gone')
    const again = await rig.reopen()
    t.same(
      (await again.auth.listAccounts()).map(({ username }) => username),
      ['admin', 'Zoë']
    )
    t.equal(await again.auth.mode(), 'enabled')
  })

  test('accounts: a change that throws leaves everything as it was', async (t, { stores: { auth } }) => {
    await createOwner(auth)
    const edit = (draft: AuthFile): never => {
      draft.display_name = 'half done'
      throw new Error('stop')
    }
    await t.rejects(auth.change({ accounts: [OWNER] }, edit), /stop/)
    t.equal((await auth.findAccount(OWNER))?.displayName, '')
    t.equal(auth.fault(), null)
  })

  test('accounts: no parallel change is lost', async (t, rig) => {
    const { auth } = rig.stores
    await createOwner(auth)
    await parallel(() =>
      auth.change({ accounts: [OWNER] }, (draft) => {
        const record = recordOf(draft, OWNER)!
        record.display_name = `${record.display_name ?? ''}x`
      })
    )
    t.equal((await auth.findAccount(OWNER))?.displayName, 'x'.repeat(PARALLEL))
    t.equal((await (await rig.reopen()).auth.findAccount(OWNER))?.displayName, 'x'.repeat(PARALLEL))
  })

  test('accounts: of parallel first launches one wins', async (t, { stores: { auth } }) => {
    const won = await parallel((i) =>
      auth.change({ accounts: [OWNER], username: `admin${i}` }, (draft) => {
        if (recordOf(draft, OWNER)) return false
        const { username, password_hash } = userEntry(OWNER, `admin${i}`)
        Object.assign(draft, { enabled: true, configured: true, username, password_hash })
        return true
      })
    )
    t.equal(count(won, true), 1)
    t.equal((await auth.findAccount(OWNER))?.username, `admin${won.indexOf(true)}`)
  })

  test('codes: a TOTP step is used once, and none before it', async (t, rig) => {
    const { auth } = rig.stores
    await createOwner(auth)
    await auth.change({ accounts: [OWNER] }, (draft) => {
      Object.assign(recordOf(draft, OWNER)!, { totp_enabled: true, totp_secret: SECRET })
    })
    const scope = { accounts: [OWNER] }
    t.equal(count(await parallel(() => auth.changeSoon(scope, useStep(7))), true), 1)
    t.equal(await auth.changeSoon(scope, useStep(6)), false)
    const again = await rig.reopen()
    t.equal(await again.auth.changeSoon(scope, useStep(7)), false, 'nor after a restart')
    t.equal(await again.auth.changeSoon(scope, useStep(8)), true)
  })

  test('codes: each backup code is used once', async (t, rig) => {
    const { auth } = rig.stores
    await createOwner(auth)
    const scope = { accounts: [OWNER] }
    await auth.change(scope, (draft) => {
      const codes = ['a', 'b', 'c'].map((letter) => ({ code: letter.repeat(64), used: false }))
      Object.assign(recordOf(draft, OWNER)!, { totp_enabled: true, totp_secret: SECRET, backup_codes: codes })
    })
    t.equal(count(await parallel(() => auth.changeSoon(scope, useBackupCode)), true), 3)
    t.equal(await (await rig.reopen()).auth.changeSoon(scope, useBackupCode), false)
  })

  test('API tokens: by id, by hash and by user; revoked ones stay revoked', async (t, rig) => {
    const { auth } = rig.stores
    await createOwner(auth)
    await createUser(auth, 2, 'adam')
    await createToken(auth, 'a1', OWNER)
    await createToken(auth, 'b2', 2)
    await createToken(auth, 'c3', OWNER)
    const names = async (userId: number | null) => (await auth.listTokens(userId)).map(({ entry }) => entry.id)
    t.same(await names(OWNER), ['a1', 'c3'])
    t.same(await names(2), ['b2'])
    t.same(await names(null), ['a1', 'b2', 'c3'])
    t.match(await auth.findToken('b2'), { account: { username: 'adam' }, isRevoked: false })
    t.equal(await auth.findToken('d4'), null)

    await revokeToken(auth, 'b2')
    const hash = tokenEntry('b2', 2).token_hash
    t.same(await auth.findByHash(hash), { isRegistered: true, isRevoked: true })
    t.same(await auth.findByHash('f'.repeat(64)), { isRegistered: false, isRevoked: false })
    const again = await rig.reopen()
    t.same(await again.auth.findByHash(hash), { isRegistered: true, isRevoked: true })
    t.match(await again.auth.findToken('b2'), { isRevoked: true })
    t.equal((await again.access.read({ tokenHash: hash, now: START })).isRevoked, true)
  })

  test('API tokens: parallel mints and revocations are all kept', async (t, { stores: { auth } }) => {
    await createOwner(auth)
    const ids = Array.from({ length: PARALLEL }, (_, i) => `f${i}`)
    await Promise.all(ids.map((id) => createToken(auth, id, OWNER)))
    t.same((await auth.listTokens(OWNER)).map(({ entry }) => entry.id).toSorted(), ids.toSorted())
    await Promise.all(ids.map((id) => revokeToken(auth, id)))
    t.ok((await auth.listTokens(null)).every(({ isRevoked }) => isRevoked))
  })

  test('the secret: a new one changes the revision and every credential, and stays', async (t, rig) => {
    const { auth, access } = rig.stores
    await createOwner(auth)
    const before = await access.read({ userId: OWNER, now: START })
    const rotated = 'r'.repeat(64)
    const credential = await auth.change({ accounts: [OWNER] }, (draft) => {
      draft.jwt_secret = rotated
      return credentialOf(draft, rotated)
    })
    const after = await access.read({ userId: OWNER, now: START })
    t.not(after.revision, before.revision)
    t.not(after.account?.credential, before.account?.credential)
    t.equal(after.account?.credential, credential)
    t.equal(await (await rig.reopen()).auth.secret(), rotated)
  })

  test('access: one question answers what decides a request', async (t, { stores: { auth, access, sessions } }) => {
    t.match(await access.read({ now: START }), { mode: 'unconfigured', session: null, account: null, apiToken: null })
    await createOwner(auth)
    await createUser(auth, 2, 'adam')
    await createToken(auth, 'b2', 2)
    const { token_hash: tokenHash } = tokenEntry('b2', 2)
    const { sid } = await sessions.open(newSession(2), 'h1')
    t.match(await access.read({ sid, now: START }), {
      mode: 'enabled',
      session: { sid, userId: 2 },
      account: { username: 'adam' },
      apiToken: null,
      isRevoked: false
    })
    t.match(await access.read({ tokenHash, now: START }), { account: { id: 2 }, apiToken: { id: 'b2' }, session: null })
    t.match(await access.read({ userId: 2, now: START }), { account: { id: 2 } })
    t.match(await access.read({ tokenHash: 'f'.repeat(64), now: START }), { account: { id: OWNER }, apiToken: null })
    const unknown = await access.read({ sid: 'unknown', tokenHash, now: START })
    t.match(unknown, { session: null, account: null }, 'an ended session leads to no account, whatever the token')
    t.equal((await access.read({ sid, now: START + HOUR })).session, null, 'an expired session is none')
  })

  test('access: the next question sees every acknowledged change', async (t, {
    stores: { auth, access, sessions }
  }) => {
    await createOwner(auth)
    await createUser(auth, 2, 'adam')
    const { sid } = await sessions.open(newSession(2), 'h1')
    const read = () => access.read({ sid, now: START })
    await auth.change({ accounts: [2] }, (draft) => {
      draft.users![0]!.permissions = ['logs.view']
    })
    t.same((await read()).account?.permissions, ['logs.view'])
    await auth.change({ accounts: [2] }, (draft) => {
      draft.users![0]!.is_active = false
    })
    t.equal((await read()).account?.isActive, false)
    await sessions.end(sid)
    t.equal((await read()).session, null)
    await auth.change({}, (draft) => Object.assign(draft, { terminal_without_auth: true }))
    t.equal((await read()).terminalWithoutAuth, true)
  })

  test('sessions live until their time, their end or their user’s, also after a restart', async (t, rig) => {
    const { sessions } = rig.stores
    const mine = await sessions.open(newSession(1), 'h1')
    const other = await sessions.open(newSession(2), 'h2')
    t.equal(mine.userAgent.length, 256)
    t.not(mine.sid, other.sid)
    t.ok(await sessions.find(mine.sid, START + HOUR - 1))
    t.equal(await sessions.find(mine.sid, START + HOUR), null)
    t.equal(await sessions.endAll(1), 1)
    await sessions.renewCredential(2, 'c', 'd')

    const again = await rig.reopen()
    t.equal(await again.sessions.find(mine.sid, START), null, 'an ended session stays ended')
    t.match(await again.sessions.find(other.sid, START), { credential: 'd', amr: ['pwd'], userId: 2 })
    await again.sessions.removeExpired(START + HOUR)
    t.equal(await again.sessions.find(other.sid, START), null)
  })

  test('sessions: a list, a use, a confirmation, an end but for one', async (t, { stores: { sessions } }) => {
    const first = await sessions.open(newSession(1), 'h1')
    const second = await sessions.open(newSession(1), 'h2')
    await sessions.open(newSession(2), 'h3')
    sessions.touch((await sessions.find(first.sid, START))!, START + 5000)
    await sessions.flush()
    t.same(
      (await sessions.listOf(1, START)).map(({ sid }) => sid),
      [first.sid, second.sid]
    )
    t.same(await sessions.listOf(1, START + HOUR), [])
    t.equal((await sessions.find(second.sid, START))?.confirmedAt, 0)
    await sessions.confirm(second.sid, START + 1000)
    t.equal((await sessions.find(second.sid, START))?.confirmedAt, START + 1000)
    t.equal((await sessions.find(first.sid, START))?.confirmedAt, 0)
    t.equal(await sessions.endAll(1, second.sid), 1)
    t.same(
      (await sessions.listOf(1, START)).map(({ sid }) => sid),
      [second.sid]
    )
    t.equal(await sessions.end(second.sid), true)
    t.equal(await sessions.end(second.sid), false)
    t.equal((await sessions.listOf(2, START)).length, 1, 'another user’s sessions go on')
  })

  test('sessions: only one has passed a new second factor; a re-hash moves those it names', async (t, rig) => {
    const { sessions } = rig.stores
    const first = await sessions.open({ ...newSession(1), amr: ['pwd', 'otp'] }, 'h1')
    const second = await sessions.open(newSession(1), 'h2')
    await sessions.setSecondFactor(1, second.sid)
    await sessions.renewCredential(1, 'c', 'd', second.sid)
    await sessions.renewCredential(1, 'unknown', 'e')
    const again = await rig.reopen()
    t.match(await again.sessions.find(first.sid, START), { amr: ['pwd'], credential: 'c' })
    t.match(await again.sessions.find(second.sid, START), { amr: ['pwd', 'otp'], credential: 'd' })
  })

  test('sessions: an address that is new for a user is unusual; last logins are remembered', async (t, rig) => {
    const { sessions } = rig.stores
    const open = async (address: string, createdAt: number) =>
      (await sessions.open({ ...newSession(1, 'c', address), createdAt }, randomUUID())).unusual
    t.equal(await open('192.0.2.1', START), false, 'there is nothing to compare the first login with')
    t.equal(await open('192.0.2.1', START + 1), false)
    t.equal(await open('2001:db8::1', START + 2), true)
    t.equal(await open('2001:db8::2', START + 3), false, 'the same /64')
    await sessions.endAll(1)
    const again = await rig.reopen()
    t.same(await again.sessions.lastLoginsOf([1, 2]), new Map([[1, START + 3]]))
  })

  const rotation = (hash: string, successor: string, more: Partial<Rotation> = {}): Rotation => ({
    hash,
    successor,
    expiresAt: START + 2 * HOUR,
    now: START,
    graceMs: 10_000,
    ...more
  })

  test('refresh tokens: one of parallel rotations wins, the others repeat it', async (t, { stores: { sessions } }) => {
    const { sid } = await sessions.open(newSession(1), 'r0')
    const outcomes = await parallel(() => sessions.rotate(rotation('r0', 'r1')))
    t.equal(count(outcomes, 'rotated'), 1)
    t.equal(count(outcomes, 'repeated'), PARALLEL - 1)
    t.equal((await sessions.find(sid, START))?.expiresAt, START + 2 * HOUR, 'the session is lengthened')
    t.match(await sessions.findRefresh('r0'), { sid, replacedBy: 'r1', replacedAt: START })
    t.match(await sessions.findRefresh('r1'), { sid, replacedBy: null, expiresAt: START + 2 * HOUR })
  })

  test('refresh tokens: parallel rotations to different successors are replays but one', async (t, rig) => {
    const { sessions } = rig.stores
    await sessions.open(newSession(1), 'r0')
    const outcomes = await parallel((i) => sessions.rotate(rotation('r0', `r1-${i}`)))
    t.equal(count(outcomes, 'rotated'), 1)
    t.equal(count(outcomes, 'replayed'), PARALLEL - 1)
  })

  test('refresh tokens: a repeat too late, or after the successor was used, is a replay', async (t, rig) => {
    const { sessions } = rig.stores
    await sessions.open(newSession(1), 'r0')
    t.equal(await sessions.rotate(rotation('r0', 'r1')), 'rotated')
    t.equal(await sessions.rotate(rotation('r0', 'r1', { now: START + 10_000 })), 'repeated')
    t.equal(await sessions.rotate(rotation('r0', 'r1', { now: START + 10_001 })), 'replayed')
    t.equal(await sessions.rotate(rotation('r1', 'r2')), 'rotated')
    t.equal(await sessions.rotate(rotation('r0', 'r1')), 'replayed')
    const again = await rig.reopen()
    t.equal(await again.sessions.rotate(rotation('r0', 'r1')), 'replayed', 'also after a restart')
    t.equal(await again.sessions.rotate(rotation('r1', 'r2')), 'repeated')
    t.equal(await again.sessions.rotate(rotation('r2', 'r3')), 'rotated')
  })

  test('refresh tokens: an unknown token, or one of an ended session, is gone', async (t, { stores: { sessions } }) => {
    const { sid } = await sessions.open(newSession(1), 'r0')
    t.equal(await sessions.rotate(rotation('unknown', 'r1')), 'gone')
    t.equal(await sessions.findRefresh('unknown'), null)
    await sessions.rotate(rotation('r0', 'r1'))
    await sessions.end(sid)
    for (const hash of ['r0', 'r1']) t.equal(await sessions.rotate(rotation(hash, 'r2')), 'gone', hash)
  })

  const ADDRESS = '203.0.113.9'
  const tryWrong = async ({ lockouts }: Stores, address = ADDRESS): Promise<'checked' | 'locked'> => {
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

  test('tickets: each is redeemed once, for its purpose, in time', async (t, { clocks, stores: { tickets } }) => {
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
    clocks.monotonic += 4999
    t.ok(await tickets.redeem(inTime, 'live'))
    clocks.monotonic += 1
    t.equal(await tickets.redeem(late, 'live'), null)
  })

  test('rate limits: parallel requests are counted exactly, a window at a time', async (t, rig) => {
    const { clocks, stores } = rig
    const counts = await parallel(async () => (await increment(stores.rateLimits, 'a')).current)
    t.same(
      counts.toSorted((a, b) => a - b),
      Array.from({ length: PARALLEL }, (_, i) => i + 1)
    )
    t.same(await increment(stores.rateLimits, 'b'), { current: 1, ttl: 60_000 })
    clocks.now += 59_999
    t.same(await increment(stores.rateLimits, 'a'), { current: PARALLEL + 1, ttl: 1 })
    clocks.now += 1
    t.same(await increment(stores.rateLimits, 'a'), { current: 1, ttl: 60_000 })
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
