import t from 'tap'
import { PASSWORD } from '../support/app.ts'
import { makeImage } from '../support/images.ts'
import { DOMAIN, logInConfirmed, panelMissing, startPanel, visit } from '../support/panel-app.ts'

const url = '/api/auth/profile/avatar'

t.test('avatars of a panel are on every replica, separate for each tenant', { skip: panelMissing }, async (t) => {
  const panel = await startPanel(t)
  const [app, other] = [await panel.openReplica(), await panel.openReplica()]
  const owner = { username: 'admin', password: PASSWORD }
  await visit(app)('POST', '/api/auth/setup', null, owner)
  const token = await logInConfirmed(app)
  const { setup_code } = (await visit(app)('POST', '/api/tenants', token, { slug: 'acme', name: 'Acme' })).body
  await visit(app, 'acme')('POST', '/api/auth/setup', null, { ...owner, setup_code })
  const acme = await logInConfirmed(app, 'acme')

  for (const type of ['image/png', 'image/webp'] as const) {
    const payload = await makeImage(type)
    const headers = { host: DOMAIN, authorization: `Bearer ${token}`, 'content-type': type }
    const sent = await app.inject({ method: 'POST', url, headers, payload })
    t.match(sent.json(), { has_avatar: true, avatar_content_type: type })
    const got = await other.inject({ url, headers: { host: headers.host, authorization: headers.authorization } })
    t.match(got.headers, { 'content-type': type, etag: /^"[\w-]+"$/ })
    t.ok(got.rawPayload.equals(payload), 'byte for byte')
    const again = { ...headers, 'if-none-match': String(got.headers.etag) }
    t.equal((await app.inject({ url, headers: again })).statusCode, 304)
  }
  t.equal((await visit(other, 'acme')('GET', url, acme)).status, 404, 'user 1 of a tenant is another user')
  t.equal((await visit(other)('DELETE', url, token)).status, 200)
  t.equal((await visit(app)('GET', url, token)).status, 404)
})
