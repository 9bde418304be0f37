import t from 'tap'
import { PASSWORD } from '../support/app.ts'
import { DOMAIN, logInConfirmed, panelMissing, startPanel, visit } from '../support/panel-app.ts'

const OTHER = 'https://pve2.example.com:8008'
const DAY_MS = 24 * 3_600_000

t.test('hosts of a panel', { skip: panelMissing }, async (t) => {
  const panel = await startPanel(t)
  let now = Date.now()
  const clock = { now: () => now }
  const app = await panel.openReplica({}, clock)
  const other = await panel.openReplica({ publicUrl: `${OTHER}/` }, clock)
  for (const each of [app, other]) await each.ready()
  await visit(app)('POST', '/api/auth/setup', null, { username: 'admin', password: PASSWORD })
  let token = await logInConfirmed(app)
  const list = async (on = app) => (await visit(on)('GET', '/api/hosts', token)).body.hosts
  const otherId = (await list(other)).find((host: { is_this: boolean }) => host.is_this).id

  t.test('each host lists all hosts, and marks itself', async (t) => {
    for (const on of [app, other]) {
      const hosts = await list(on)
      t.equal(hosts.length, 2)
      t.equal(hosts.filter((host: { is_this: boolean }) => host.is_this).length, 1)
    }
    t.match(
      (await list()).find(({ id }: { id: string }) => id === otherId),
      { url: `${OTHER}/`, version: '0.0.0', health: /healthy|warning|critical/, is_this: false }
    )
  })

  t.test('a session is handed over to another host, once, and ends on both', async (t) => {
    const begin = () => visit(app)('POST', '/api/auth/hand-over', token, { host_id: otherId })
    const redeem = (secret: string, more: object = {}) =>
      other.inject({
        method: 'POST',
        url: '/api/auth/login-link',
        headers: { host: DOMAIN, ...more },
        payload: { secret }
      })
    const secretOf = ({ body }: { body: { url: string } }) => body.url.split('#sign-in=')[1]!

    const begun = await begin()
    t.ok(begun.body.url.startsWith(`${OTHER}/#sign-in=`))
    const secret = secretOf(begun)
    t.equal((await redeem(secret, { origin: 'https://evil.example' })).statusCode, 403, 'not from another site')
    const replies = await Promise.all(Array.from({ length: 5 }, () => redeem(secret)))
    t.same(replies.map(({ statusCode }) => statusCode).toSorted(), [200, 401, 401, 401, 401])
    const opened = replies.find(({ statusCode }) => statusCode === 200)!
    t.equal(opened.json().user.username, 'admin')
    const [cookie] = [opened.headers['set-cookie']].flat()
    const refresh = () =>
      other.inject({
        method: 'POST',
        url: '/api/auth/refresh',
        headers: { host: DOMAIN, cookie: cookie!.split(';')[0] }
      })
    t.equal((await refresh()).statusCode, 200, 'with a refresh token of its own')
    t.equal(
      (await visit(app)('GET', '/api/auth/sessions', token)).body.sessions.length,
      2,
      'it is one session, beside that of the setup'
    )

    const waiting = secretOf(await begin())
    await visit(app)('POST', '/api/auth/logout', token)
    t.match((await visit(other)('GET', '/api/auth/me', opened.json().token)).body, { code: 'TOKEN_INVALID' })
    t.equal((await refresh()).statusCode, 401)
    t.equal((await redeem(waiting)).statusCode, 401, 'an ended session is not continued')
    t.equal((await redeem('x'.repeat(43))).statusCode, 401)
    token = await logInConfirmed(app)
  })

  t.test('no link leads to an unknown host, to this one, or to one without an address', async (t) => {
    const begin = async (host_id: string, on = app) =>
      (await visit(on)('POST', '/api/auth/hand-over', token, { host_id })).body.code
    t.equal(await begin('x'.repeat(22)), 'NOT_FOUND')
    t.equal(await begin(otherId, other), 'NOT_FOUND')
    const ownId = (await list()).find((host: { is_this: boolean }) => host.is_this).id
    t.equal(await begin(ownId, other), 'CONFLICT')
  })

  t.test('a tenant’s users see no hosts', async (t) => {
    const { setup_code } = (await visit(app)('POST', '/api/tenants', token, { slug: 'acme', name: 'Acme' })).body
    const call = visit(app, 'acme')
    await call('POST', '/api/auth/setup', null, { username: 'admin', password: PASSWORD, setup_code })
    const acme = await logInConfirmed(app, 'acme')
    t.match((await call('GET', '/api/hosts', acme)).body, { code: 'PERMISSION' })
    t.match((await call('POST', '/api/auth/hand-over', acme, { host_id: otherId })).body, { code: 'PERMISSION' })
  })

  t.test('a host without a heartbeat is lost, and is removed after 30 days', async (t) => {
    await other.close()
    now += 59_000
    const healthOfOther = async () => (await list()).find(({ id }: { id: string }) => id === otherId)?.health
    t.not(await healthOfOther(), 'lost')
    now += 2000
    t.equal(await healthOfOther(), 'lost')
    now += 30 * DAY_MS
    token = await logInConfirmed(app)
    t.equal(await healthOfOther(), undefined)
  })
})
