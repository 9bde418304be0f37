// Run by namespaces.test.ts, where nothing of the host's network can be seen.
import t, { type Test } from 'tap'
import { PASSWORD, temporaryFolder } from '../support/app.ts'
import { addresses, type Family, type Request, type Route, startHosts } from './network.ts'
import { until } from './programs.ts'

const { owner, proxy, attacker } = addresses
const routes: Route[] = ['direct', 'proxy']
const families: Family[] = ['v4', 'v6']
const LOGIN = '/api/auth/login'
const login = (username: string, password: string, lines: string[] = []): Request => ({
  body: { username, password },
  lines
})

/** All an attacker may say to pass for the owner. */
const forgeries = (own: string): string[][] => [
  [`X-Forwarded-For: ${own}`],
  [`X-Real-IP: ${own}`],
  [`Forwarded: for="${own.includes(':') ? `[${own}]` : own}";proto=https;by=${proxy.v4}`],
  // A chain that ends in the proxy everybody trusts, in one line, in two, and with the commas elsewhere.
  [`X-Forwarded-For: ${own}, ${proxy.v4}`],
  [`X-Forwarded-For: ${own}`, `X-Forwarded-For: ${proxy.v6}`],
  [`X-Forwarded-For: ${own},`, `X-Forwarded-For: , ${proxy.v4}`],
  // Folded (RFC 7230, 3.2.4), and with the underscore CGI makes of a hyphen.
  ['X-Forwarded-For: ', ` ${own}`],
  [`X_Forwarded_For: ${own}`, `x-forwarded-for:${own}`],
  [`X-Forwarded-For: ::ffff:${own}`, `X-Real-IP: ${own}:4711`],
  // That the proxy may drop its own as the connection's.
  [`X-Real-IP: ${own}`, 'Connection: close, X-Forwarded-For, X-Forwarded-Proto']
]

t.setTimeout(300_000)
t.test('an attacker, a proxy and an owner with addresses of their own', async (t) => {
  const hosts = await startHosts(t, await temporaryFolder(t))
  const { asOwner, log } = hosts
  const statuses = async (...[route, sent]: Parameters<typeof hosts.attack>) =>
    (await hosts.attack(route, sent)).map(({ status }) => status)
  t.equal(
    (await asOwner('direct', 'v4', { path: '/api/auth/setup', body: { username: 'admin', password: PASSWORD } }))
      .status,
    200
  )
  const ownerLogsIn = async (t: Test, when: string) => {
    for (const route of routes)
      for (const family of families)
        t.equal(
          (await asOwner(route, family, login('admin', PASSWORD))).status,
          200,
          `the owner logs in, ${route}, ${family}, ${when}`
        )
  }

  await t.test('the log has the attacker’s own address, with any forged header', async (t) => {
    for (const route of routes) {
      for (const family of families) {
        const said = forgeries(owner[family])
        const sent = said.map((lines, i) => ({
          from: attacker[family][i]!,
          request: login(`${route}-${family}-${i}`, 'wrong', lines)
        }))
        const replies = await hosts.attack(route, sent)
        for (const [i, { status }] of replies.entries()) {
          const name = `${route}, ${family}: ${said[i]!.join(' | ')}`
          // A folded line may be no HTTP (RFC 9112, 5.2): then nothing was tried, and nothing stands in the log.
          if (status === 400 && said[i]![1]?.startsWith(' ')) continue
          t.equal(status, 401, name)
          const line = () => log().match(new RegExp(`failure; rhost=(\\S+) user=${route}-${family}-${i}$`, 'm'))
          await until('a line in the log', () => line() !== null)
          t.equal(line()![1], attacker[family][i], name)
        }
      }
    }
    t.notMatch(log(), new RegExp(`failure; rhost=(${[...Object.values(owner), ...Object.values(proxy)].join('|')}) `))
    await ownerLogsIn(t, 'after all that')
  })

  await t.test('the lockout hits only the attacker, and a /64 as a whole', async (t) => {
    for (const [route, from] of [
      ['direct', attacker.v4[20]!],
      ['proxy', attacker.v4[21]!]
    ] as const) {
      const guess = {
        from,
        request: login('admin', 'wrong', [`X-Forwarded-For: ${owner.v4}`, `X-Real-IP: ${owner.v4}`])
      }
      t.same(await statuses(route, [guess, guess, guess, guess, guess]), [401, 401, 401, 401, 401])
      t.same(await statuses('direct', [guess]), [423], `after five guesses, ${route}`)
    }
    const [crowd] = attacker.crowds as [string[]]
    const guesses = crowd.map((from) => ({ from, request: login('admin', 'wrong', [`X-Forwarded-For: ${owner.v6}`]) }))
    t.same(await statuses('direct', guesses.slice(0, 6)), [401, 401, 401, 401, 401, 423])
    t.same(await statuses('proxy', guesses.slice(6, 7)), [423], 'the same through the proxy')
    const other = { ...guesses[0]!, from: attacker.v6[20]! }
    t.same(await statuses('direct', [other, other, other]), [401, 401, 401], 'another /64 is another')
    await ownerLogsIn(t, 'while the attacker is locked out')
  })

  await t.test('the limits of the daemon and of Nginx hit only the attacker, and a /64 as a whole', async (t) => {
    const flood = (path: string, froms: readonly string[]) =>
      froms.map((from) => ({ from, request: { path, body: {}, lines: [`X-Forwarded-For: ${owner.v4}`] } }))
    const times = (n: number, from: string) => Array.from({ length: n }, () => from)
    const [, second, third] = attacker.crowds as [string[], string[], string[]]
    const ten = [...Array(10).fill(400), 429]
    t.same(await statuses('direct', flood(LOGIN, times(11, attacker.v4[30]!))), ten)
    t.same(await statuses('direct', flood(LOGIN, second)), ten, 'eleven addresses of one /64')
    // There is an owner: refused before the body is looked at, and counted all the same.
    const refusals = [...Array(10).fill(403), 429]
    t.same(await statuses('proxy', flood('/api/auth/setup', times(11, attacker.v4[31]!))), refusals)
    // Nginx's own comes before the daemon's at the login.
    const five = [400, 400, 400, 400, 400, 429]
    t.same(await statuses('proxy', flood(LOGIN, times(6, attacker.v4[32]!))), five)
    t.same(await statuses('proxy', flood(LOGIN, third.slice(0, 6))), five, 'six addresses of one /64')
    t.same(await statuses('proxy', flood(LOGIN, [attacker.v6[32]!])), [400], 'another /64 is another')
    const [refused] = await hosts.attack('proxy', flood(LOGIN, [attacker.v4[32]!]))
    t.match(refused, { status: 429, code: 'RATE_LIMITED' }, 'Nginx says it in the daemon’s words')
    await ownerLogsIn(t, 'while the attacker is held back')
  })

  await t.test('a ban by the log hits only the attacker', async (t) => {
    // What the shipped jail does: three failures.
    const failures = [...log().matchAll(/authentication failure; rhost=(\S+) /g)].map((match) => match[1]!)
    const banned = [...new Set(failures)].filter((each) => failures.filter((other) => other === each).length >= 3)
    t.same(banned.toSorted(), [attacker.v4[20], attacker.v4[21], attacker.v6[20]].toSorted())
    await hosts.ban(banned)
    const look = (from: string, lines: string[] = []) => ({ from, request: { path: '/api/auth/status', lines } })
    await until('the ban is known', async () => (await statuses('direct', [look(banned[0]!)]))[0] === 403)
    for (const route of routes) {
      for (const from of banned) {
        const tries = forgeries(owner[from.includes(':') ? 'v6' : 'v4']).filter(
          ([, second]) => !second?.startsWith(' ')
        )
        const codes = (
          await hosts.attack(
            route,
            tries.map((lines) => look(from, lines))
          )
        ).map(({ code }) => code)
        t.same(
          codes,
          tries.map(() => 'IP_BANNED'),
          `${from}, ${route}`
        )
      }
      t.same(await statuses(route, [look(attacker.v4[39]!)]), [200], `another address is not banned, ${route}`)
      for (const family of families)
        t.equal(
          (await hosts.asOwner(route, family, { path: '/api/auth/status' })).status,
          200,
          `nor the owner, ${route}`
        )
    }
  })
})
