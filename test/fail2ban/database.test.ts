import { chmod, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { createFail2banClient, parseBanEnds, parseDatabaseFile } from '../../lib/fail2ban/client.ts'
import { createSchedule } from '../../lib/fail2ban/schedule.ts'
import { type BanWatchOptions, createBanWatch } from '../../lib/fail2ban/watch.ts'
import { temporaryFolder } from '../support/app.ts'
import { comes } from '../support/waiting.ts'
import { type Fail2ban, missing, startFail2ban } from './server.ts'

t.setTimeout(300_000)

const HOUR_MS = 3_600_000
const ROUND_MS = 2000

/** The real fail2ban, its client counted, and a watch whose clock the test moves on by rounds. */
async function watchReal(t: Test, options: Partial<BanWatchOptions> = {}) {
  const folder = await temporaryFolder(t)
  const fail2ban = await startFail2ban(t, folder, join(folder, 'auth.log'))
  const file = join(folder, 'counted-client')
  await writeFile(file, `#!/bin/sh\necho >> ${file}.starts\nexec ${fail2ban.client} "$@"\n`)
  await chmod(file, 0o755)
  let ahead = 0
  const banned = new Set<string>()
  const watch = createBanWatch({
    loadClient: async () => createFail2banClient({ file, jail: 'proxmenux', timeoutMs: 60_000 }),
    now: Date.now,
    monotonicNow: () => performance.now() + ahead,
    // Nothing comes by asking every so often.
    intervalMs: HOUR_MS,
    databaseFile: join(folder, 'db'),
    onChange(change) {
      banned.clear()
      for (const address of change.banned) banned.add(address)
    },
    onState: () => {},
    ...options
  })
  t.teardown(watch.close)
  const round = async () => {
    await watch.round()
    ahead += ROUND_MS
  }
  const rounds = async (count: number) => {
    for (let i = 0; i < count; i++) await round()
  }
  const starts = async () => (await readFile(`${file}.starts`, 'utf8')).length
  return {
    fail2ban,
    folder,
    watch,
    starts,
    rounds,
    pass: (ms: number) => {
      ahead += ms
    },
    /** Rounds go on until the ban is in the list or out of it. */
    becomes: (address: string, isBanned: boolean) =>
      comes(
        async () => {
          await round()
          return banned.has(address) === isBanned
        },
        { withinMs: 60_000, everyMs: 100 }
      )
  }
}

const ban = (fail2ban: Fail2ban, address: string) => fail2ban.ask('set', 'proxmenux', 'banip', address)

t.test(
  'a ban and an unban are seen in fail2ban’s database, and its client is not run in between',
  { skip: missing },
  async (t) => {
    const { fail2ban, starts, rounds, becomes, watch } = await watchReal(t)
    await rounds(5)
    t.equal(watch.latest().state, 'ok')
    const settled = await starts()
    await rounds(100)
    t.equal(await starts(), settled, 'the client is not run while nothing changes')

    await ban(fail2ban, '192.0.2.7')
    t.ok(await becomes('192.0.2.7', true))
    await ban(fail2ban, '2001:db8::7')
    t.ok(await becomes('2001:db8::7', true))
    await rounds(5)
    const banned = await starts()
    await rounds(100)
    t.equal(await starts(), banned, 'nor while bans stand')
    await fail2ban.ask('set', 'proxmenux', 'unbanip', '192.0.2.7')
    t.ok(await becomes('192.0.2.7', false))
    t.same(watch.latest().status?.banned, ['2001:db8::7'])
  }
)

t.test('the expiry of a ban, which is not written to the database, is seen', { skip: missing }, async (t) => {
  // On the real clock: looks that come before fail2ban's own end of the ban find nothing, and come ever more rarely.
  const { fail2ban, rounds, becomes } = await watchReal(t, { monotonicNow: performance.now.bind(performance) })
  await rounds(5)
  await fail2ban.ask('set', 'proxmenux', 'bantime', '5')
  await ban(fail2ban, '192.0.2.8')
  t.ok(await becomes('192.0.2.8', true))
  t.ok(await becomes('192.0.2.8', false))
})

t.test('a stopped server is noticed although its database does not change', { skip: missing }, async (t) => {
  const { fail2ban, folder, watch, pass, rounds, becomes } = await watchReal(t, { intervalMs: 28_000 })
  await rounds(5)
  await ban(fail2ban, '192.0.2.9')
  t.ok(await becomes('192.0.2.9', true))
  await fail2ban.stop()
  pass(300_000)
  await rounds(1)
  t.equal(watch.latest().state, 'unreachable')
  t.ok(watch.isFaulty())
  t.same(watch.latest().status?.banned, ['192.0.2.9'], 'its bans hold')
  await startFail2ban(t, folder, join(folder, 'auth.log'))
  pass(28_000)
  await rounds(1)
  t.equal(watch.latest().state, 'ok', 'it is asked again every half a minute until it answers')
})

t.test('without the database the client is run every half minute', { skip: missing }, async (t) => {
  const { fail2ban, folder, starts, pass, rounds } = await watchReal(t, { intervalMs: 28_000 })
  await rounds(5)
  await rm(join(folder, 'db'))
  t.ok(fail2ban)
  await rounds(1)
  const before = await starts()
  for (let i = 0; i < 5; i++) {
    pass(28_000)
    await rounds(1)
  }
  t.ok((await starts()) >= before + 5)
})

t.test('a database written constantly for other jails costs no more runs than no database', async (t) => {
  const schedule = createSchedule({ intervalMs: 28_000, quietMs: 300_000 })
  let asked = 0
  for (let at = 0; at < HOUR_MS; at += ROUND_MS) {
    schedule.observeVersion(`written ${at}`, at)
    if (!schedule.isDue(at)) continue
    asked++
    schedule.begin(at)
    schedule.end(false, Number.POSITIVE_INFINITY)
  }
  t.ok(asked <= HOUR_MS / 28_000 + 5, `${asked} times an hour`)
})

t.test('an unreachable server is asked ever less often, and at once after its database was written', async (t) => {
  const schedule = createSchedule({ intervalMs: 28_000, quietMs: 300_000 })
  const asked: number[] = []
  for (let at = 0; at <= 2_000_000; at += ROUND_MS) {
    schedule.observeVersion(at < 2_000_000 ? 'old' : 'new', at)
    if (!schedule.isDue(at)) continue
    asked.push(at)
    schedule.begin(at)
    schedule.fail()
  }
  t.ok(asked.length <= 14, `${asked.length} times in half an hour`)
  t.ok(
    asked.some((at) => at >= 28_000 && at <= 40_000),
    'the first time after half a minute'
  )
  t.equal(asked.at(-1), 2_000_000)
})

t.test('after a write the client is run at once and once more when the list has settled', async (t) => {
  const schedule = createSchedule({ intervalMs: 28_000, quietMs: 300_000 })
  const asked: number[] = []
  for (let at = 0; at < 400_000; at += ROUND_MS) {
    schedule.observeVersion(at < 100_000 ? 'old' : 'new', at)
    if (!schedule.isDue(at)) continue
    asked.push(at)
    schedule.begin(at)
    schedule.end(at === 100_000, Number.POSITIVE_INFINITY)
  }
  t.same(asked, [0, 4000, 100_000, 104_000])
})

t.test('the client’s output about its database and the ends of bans is parsed', async (t) => {
  t.equal(
    parseDatabaseFile('Current database file is:\n`- /var/lib/fail2ban/fail2ban.sqlite3\n'),
    '/var/lib/fail2ban/fail2ban.sqlite3'
  )
  for (const text of ['', 'Database currently disabled\n', 'Current database file is:\n`- :memory:\n', '600\n'])
    t.equal(parseDatabaseFile(text), null, text)
  const text =
    '192.0.2.7 \t2026-11-29 00:13:40 + 8 = 2026-11-29 00:13:48\n' +
    '2001:db8::/64 \t2026-11-29 00:13:40 + -1 = 9999-12-31 23:59:59\n' +
    '192.0.2.8 \tsoon\n'
  t.same(
    [...parseBanEnds(text)],
    [
      ['192.0.2.7', new Date(2026, 10, 29, 0, 13, 48).getTime()],
      ['2001:db8::/64', Number.POSITIVE_INFINITY]
    ]
  )
})
