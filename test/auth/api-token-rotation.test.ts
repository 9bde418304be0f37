import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { tryToken } from '../attack/forge.ts'
import { DAY_MS, enter, list, mint, revoke, rotate, sessionOf } from '../support/api-tokens.ts'
import { build, TRUE_HASHES, temporaryFolder } from '../support/app.ts'

t.test('a rotation mints a successor and keeps the old token valid for 24 hours', async (t) => {
  let now = Date.now()
  const folder = await temporaryFolder(t)
  const app = await build(t, {}, { folder, now: () => now })
  const headers = await enter(app)
  const old = (await mint(app, headers, { scope: 'full_admin', expires_in_days: 30, allowed_ips: '127.0.0.1' })).json()
  now += 5 * DAY_MS
  const session = await sessionOf(app)
  t.equal((await rotate(app, session, old.id, { password: 'Wrong-Horse-7' })).json().code, 'PASSWORD_INCORRECT')
  t.equal((await rotate(app, session, old.id, { password: undefined })).json().message, 'password is required')
  const reply = await rotate(app, session, old.id)
  t.match(reply.json(), {
    success: true,
    token_name: 'Home Assistant',
    scope: 'full_admin',
    expires_in: '30 days',
    allowed_ips: '127.0.0.1',
    replaces: { id: old.id, ends_at: new Date(now + DAY_MS).toISOString() }
  })
  const { token, id } = reply.json()
  t.not(id, old.id)
  t.match((await list(app, session))[1], { id: old.id, valid: true, ends_at: new Date(now + DAY_MS).toISOString() })
  t.match((await rotate(app, session, old.id)).json(), {
    code: 'CONFLICT',
    message: 'this API token has been rotated already'
  })
  now += DAY_MS - 1
  t.same([await tryToken(app, old.token), await tryToken(app, token)], [200, 200])
  now += 1
  t.same([await tryToken(app, old.token), await tryToken(app, token)], [401, 200])
  const later = await sessionOf(app)
  t.match((await list(app, later))[1], { valid: false, invalidation_reason: 'Replaced by a rotation' })
  await revoke(app, later, id)
  t.match((await rotate(app, later, id)).json(), { code: 'CONFLICT', message: 'this API token is revoked' })
  const short = (await mint(app, later, { expires_in_days: 1 })).json()
  now += DAY_MS
  t.match((await rotate(app, await sessionOf(app), short.id)).json(), {
    code: 'CONFLICT',
    message: 'this API token has expired'
  })
  await app.close()
  t.match(
    await readFile(join(folder, 'auth.log'), 'utf8'),
    /API token rotated; rhost=127\.0\.0\.1 user=admin target=Home\\u\{20\}Assistant\n/
  )
})

t.test('of two concurrent rotations one succeeds', async (t) => {
  const app = await build(t, {}, { hasher: TRUE_HASHES })
  const headers = await enter(app)
  const { id } = (await mint(app, headers)).json()
  const replies = await Promise.all([rotate(app, headers, id), rotate(app, headers, id)])
  t.same(replies.map((reply) => reply.statusCode).toSorted(), [200, 409])
  t.equal((await list(app, headers)).length, 2)
})

t.test('an invalid end written by hand counts as passed, and the list says so', async (t) => {
  const app = await build(t)
  const headers = await enter(app)
  const { token } = (await mint(app, headers)).json()
  t.equal(await tryToken(app, token), 200)
  await app.authStore.update((draft) => {
    draft.api_tokens![0]!.ends_at = 'tomorrow'
  })
  t.equal(await tryToken(app, token), 401)
  t.match((await list(app, headers))[0], { valid: false, invalidation_reason: 'Replaced by a rotation' })
})
