import { randomUUID } from 'node:crypto'
import type { Rotation } from '../../../lib/storage/stores/sessions.ts'
import { count, HOUR, newSession, PARALLEL, parallel, START, type Stores, type StoreTest } from './rig.ts'

/** The promises about sessions and refresh tokens. */
export function testSessions(test: StoreTest<Pick<Stores, 'sessions'>>): void {
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
    await sessions.open(newSession(1), 'h4')
    await sessions.open(newSession(3), 'h5')
    t.equal(await sessions.endAll([1, 2, 4]), 2, 'those of several users')
    t.equal((await sessions.listOf(3, START)).length, 1)
  })

  test('sessions: a login confirms; another second factor ends the confirmations of the others', async (t, rig) => {
    const { sessions } = rig.stores
    const open = (hash: string) => sessions.open({ ...newSession(1), confirmedAt: START }, hash)
    const [first, second, third] = [await open('h1'), await open('h2'), await open('h3')]
    t.equal(first.confirmedAt, START)
    const confirmations = async () =>
      Promise.all([first, second, third].map(async ({ sid }) => (await sessions.find(sid, START))?.confirmedAt))
    t.same(await confirmations(), [START, START, START])
    await sessions.setSecondFactor(1, second.sid)
    t.same(await confirmations(), [0, START, 0])
    await sessions.setSecondFactor(1, null)
    t.same(await confirmations(), [0, 0, 0])
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
}
