import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { type App, build, PASSWORD, setUp, temporaryFolder } from '../support/app.ts'
import { until } from '../support/waiting.ts'

const MINUTE = 60_000
const WRONG = 'Wrong-Horse-7'

interface Try {
  username?: string
  password?: string
  from?: string
}
const login = (app: App, { username = 'admin', password = WRONG, from = '192.0.2.7' }: Try = {}) =>
  app.inject({
    method: 'POST',
    url: '/api/auth/login',
    payload: { username, password },
    remoteAddress: '127.0.0.1',
    headers: { 'x-forwarded-for': from }
  })

async function fail(app: App, times: number, input: Try = {}) {
  const codes: number[] = []
  for (let i = 0; i < times; i++) codes.push((await login(app, input)).statusCode)
  return codes
}

/** The daemon with a clock that the test sets. */
async function buildWithClock(t: Parameters<typeof build>[0], folder?: string) {
  const time = { now: Date.now() }
  const options = { now: () => time.now, ...(folder === undefined ? {} : { folder }) }
  return { time, app: await build(t, {}, options) }
}

t.test('five failures lock for 15 minutes, with the panel’s words, and the right password does not help', async (t) => {
  const { app, time } = await buildWithClock(t)
  await setUp(app)
  t.same(await fail(app, 5), [401, 401, 401, 401, 401])
  const locked = await login(app, { password: PASSWORD })
  t.equal(locked.statusCode, 423)
  t.match(locked.json(), { success: false, error: locked.json().message, code: 'ACCOUNT_LOCKED' })
  t.equal(locked.json().message, 'account locked, try again in 15 minutes')
  t.equal(locked.headers['retry-after'], '900')
  time.now += 15 * MINUTE + 1
  t.equal((await login(app, { password: PASSWORD })).statusCode, 200)
})

t.test('another address, and another name from the same address, are not locked', async (t) => {
  const { app } = await buildWithClock(t)
  await setUp(app)
  await fail(app, 5)
  t.equal((await login(app, { password: PASSWORD, from: '192.0.2.8' })).statusCode, 200)
  t.equal((await login(app, { username: 'nobody' })).statusCode, 401)
})

t.test('an IPv6 address is counted by its /64', async (t) => {
  const { app } = await buildWithClock(t)
  await setUp(app)
  for (let i = 1; i <= 5; i++) await fail(app, 1, { from: `2001:db8:0:1::${i}` })
  t.equal((await login(app, { password: PASSWORD, from: '2001:db8:0:1:ffff::1' })).statusCode, 423)
  t.equal((await login(app, { password: PASSWORD, from: '2001:db8:0:2::1' })).statusCode, 200)
})

t.test('a name that does not exist locks like one that does', async (t) => {
  const { app } = await buildWithClock(t)
  await setUp(app)
  t.same(await fail(app, 6, { username: 'nobody' }), [401, 401, 401, 401, 401, 423])
})

t.test('attempts during a lock count: ten lock for an hour, twenty for a day', async (t) => {
  const { app, time } = await buildWithClock(t)
  await setUp(app)
  await fail(app, 10)
  const hour = await login(app, { password: PASSWORD })
  t.equal(hour.json().message, 'account locked, try again in 60 minutes')
  await fail(app, 9)
  const day = await login(app, { password: PASSWORD })
  t.equal(day.headers['retry-after'], '86400')
  time.now += 24 * 60 * MINUTE + 1
  t.equal((await login(app, { password: PASSWORD })).statusCode, 200)
})

t.test('failures spread over more than an hour do not lock', async (t) => {
  const { app, time } = await buildWithClock(t)
  await setUp(app)
  for (let i = 0; i < 8; i++) {
    t.equal((await login(app)).statusCode, 401)
    time.now += 20 * MINUTE
  }
})

t.test('a success clears the count', async (t) => {
  const { app } = await buildWithClock(t)
  await setUp(app)
  await fail(app, 4)
  t.equal((await login(app, { password: PASSWORD })).statusCode, 200)
  t.same(await fail(app, 5), [401, 401, 401, 401, 401])
})

t.test('of twenty concurrent guesses at most five are checked', async (t) => {
  const app = await build(t, {}, { hasher: { threads: 1, queue: 64 } })
  await setUp(app)
  const answers = await Promise.all(Array.from({ length: 20 }, () => login(app)))
  t.equal(answers.filter(({ statusCode }) => statusCode === 401).length, 5)
  t.ok(answers.every(({ statusCode }) => statusCode === 401 || statusCode === 423 || statusCode === 503))
  t.equal((await login(app, { password: PASSWORD })).statusCode, 423)
})

t.test('ten concurrent logins with the right password all succeed', async (t) => {
  const app = await build(t, {}, { hasher: { threads: 1, queue: 64 } })
  await setUp(app)
  const answers = await Promise.all(Array.from({ length: 10 }, () => login(app, { password: PASSWORD })))
  t.same([...new Set(answers.map(({ statusCode }) => statusCode))], [200])
})

t.test('a lock survives a restart', async (t) => {
  const folder = await temporaryFolder(t)
  const first = await build(t, {}, { folder })
  await setUp(first)
  await fail(first, 5)
  await first.close()
  const second = await build(t, {}, { folder })
  t.equal((await login(second, { password: PASSWORD })).statusCode, 423)
})

t.test('failures recorded while the clock was ahead lock no login after it is set right', async (t) => {
  for (const times of [1, 5, 20]) {
    const { app, time } = await buildWithClock(t)
    await setUp(app)
    time.now += 10 * 60 * MINUTE
    await fail(app, times)
    time.now -= 10 * 60 * MINUTE
    t.equal((await login(app, { password: PASSWORD })).statusCode, 200, `${times}`)
    t.same(await fail(app, 6), [401, 401, 401, 401, 401, 423], 'later failures count as usual')
  }
})

t.test('later failures do not lift, shorten or prolong a lock', async (t) => {
  const { app, time } = await buildWithClock(t)
  await setUp(app)
  await fail(app, 20)
  const start = time.now
  for (const hours of [2, 5, 23]) {
    time.now = start + hours * 60 * MINUTE
    t.same(await fail(app, 6), [423, 423, 423, 423, 423, 423], `after ${hours} hours`)
  }
  time.now = start + 24 * 60 * MINUTE + 1
  t.equal((await login(app, { password: PASSWORD })).statusCode, 200)
})

t.test('a busy answer does not count as a failure', async (t) => {
  const app = await build(t, {}, { hasher: { threads: 1, queue: 0 } })
  await setUp(app)
  for (let i = 0; i < 6; i++) {
    const other = login(app, { username: 'other', from: `192.0.2.${100 + i}` })
    await until(() => app.passwordHasher.isBusy())
    t.equal((await login(app)).statusCode, 503)
    await other
  }
  t.equal((await login(app, { password: PASSWORD })).statusCode, 200)
})

t.test('each failed and each locked attempt is logged, and the lock once', async (t) => {
  const folder = await temporaryFolder(t)
  const app = await build(t, {}, { folder })
  await setUp(app)
  await fail(app, 7)
  await app.close()
  const log = await readFile(join(folder, 'auth.log'), 'utf8')
  t.equal(log.match(/authentication failure; rhost=192\.0\.2\.7 user=admin\n/g)?.length, 7)
  t.equal(log.match(/WARNING proxmenux\.auth: locked out; rhost=192\.0\.2\.7 user=admin\n/g)?.length, 1)
})

t.test('wrong passwords in confirmations count too', async (t) => {
  const app = await build(t)
  const token = await setUp(app)
  const confirm = (password: string) =>
    app.inject({
      method: 'POST',
      url: '/api/auth/confirm',
      payload: { password },
      headers: { authorization: `Bearer ${token}` }
    })
  for (let i = 0; i < 5; i++) t.equal((await confirm(WRONG)).json().code, 'PASSWORD_INCORRECT')
  t.equal((await confirm(PASSWORD)).json().code, 'ACCOUNT_LOCKED')
})

t.test('a login from outside the allow-list is refused before the password is checked', async (t) => {
  const folder = await temporaryFolder(t)
  const first = await build(t, {}, { folder })
  await setUp(first)
  await first.close()
  const path = join(folder, 'auth.json')
  const file = JSON.parse(await readFile(path, 'utf8'))
  const withList = async (allowed_ips: string) => {
    await writeFile(path, JSON.stringify({ ...file, allowed_ips }))
    const app = await build(t, {}, { folder })
    return (from: string, password = PASSWORD) => login(app, { from, password })
  }
  const listed = await withList('203.0.113.5/32, 198.51.100.0/24,2001:db8::/32')
  const refused = await listed('192.0.2.7')
  t.equal(refused.statusCode, 403)
  t.match(refused.json(), { code: 'IP_NOT_ALLOWED', message: 'IP address not whitelisted' })
  t.equal((await listed('192.0.2.7', WRONG)).json().code, 'IP_NOT_ALLOWED')
  for (const from of ['203.0.113.5', '198.51.100.77', '2001:db8::9', '::ffff:198.51.100.1'])
    t.equal((await listed(from)).statusCode, 200, from)
  const mistyped = await withList('10.0.0.0/8, 192.168.1.x')
  t.equal((await mistyped('192.168.1.5')).json().code, 'IP_NOT_ALLOWED', 'what was mistyped allows nobody')
  t.equal((await mistyped('10.1.2.3')).statusCode, 200, 'and spoils nothing else')
  t.equal((await (await withList('0.0.0.0/0'))('2001:db8:ffff::1')).statusCode, 200, '0.0.0.0/0 allows all')
  t.equal((await (await withList(''))('192.0.2.7')).statusCode, 200, 'empty allows all')
})

t.test('a login from a new address is marked in the log and in the list', async (t) => {
  const folder = await temporaryFolder(t)
  const app = await build(t, {}, { folder })
  await setUp(app)
  const known = await login(app, { password: PASSWORD, from: '127.0.0.1' })
  t.equal(known.statusCode, 200)
  const other = await login(app, { password: PASSWORD, from: '192.0.2.9' })
  const again = await login(app, { password: PASSWORD, from: '192.0.2.9' })
  const headers = { authorization: `Bearer ${other.json().token}` }
  const { sessions } = (await app.inject({ url: '/api/auth/sessions', headers })).json()
  t.same(
    sessions.map(({ unusual }: { unusual: boolean }) => unusual).toSorted(),
    [false, false, false, true],
    'only the first one from there'
  )
  t.equal(again.statusCode, 200)
  await app.close()
  const log = await readFile(join(folder, 'auth.log'), 'utf8')
  t.equal(log.match(/login from a new address; rhost=192\.0\.2\.9 user=admin/g)?.length, 1)
})
