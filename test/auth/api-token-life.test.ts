import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { fingerprintOf } from '../../lib/auth/accounts.ts'
import { hashPassword } from '../../lib/auth/passwords/derive.ts'
import { tokenHash } from '../../lib/auth/tokens.ts'
import { tryToken } from '../attack/forge.ts'
import { addUser, DAY_MS, enter, list, mint, revoke, rotate, sessionOf, systemFrom } from '../support/api-tokens.ts'
import { bearer, build, CHEAP_HASHES, PASSWORD, setUp, TRUE_HASHES, temporaryFolder } from '../support/app.ts'
import { mintApiToken } from '../support/tokens.ts'

t.test('a revoked token is refused from the next request on, for good', async (t) => {
  const folder = await temporaryFolder(t)
  const app = await build(t, {}, { folder })
  const headers = await enter(app)
  const { id, token } = (await mint(app, headers)).json()
  t.equal(await tryToken(app, token), 200)
  t.same((await revoke(app, headers, id)).json(), { success: true, message: 'API token revoked' })
  t.equal(await tryToken(app, token), 401)
  t.match((await list(app, headers))[0], { id, revoked: true, valid: false, invalidation_reason: 'Revoked' })
  t.same((await revoke(app, headers, id)).json(), { success: true, message: 'API token was revoked before' })
  await app.close()
  const again = await build(t, {}, { folder })
  t.equal(await tryToken(again, token), 401)
  t.same(again.authStore.snapshot().revoked, new Set([tokenHash(token)]))
  const log = await readFile(join(folder, 'auth.log'), 'utf8')
  t.match(
    log,
    /WARNING proxmenux\.auth: API token minted; rhost=127\.0\.0\.1 user=admin target=Home\\u\{20\}Assistant\n/
  )
  t.equal(log.match(/INFO {4}proxmenux\.auth: API token revoked; .* target=Home\\u\{20\}Assistant\n/g)?.length, 1)
  t.notOk(log.includes(id) || log.includes(token), 'its name, not its id, which is a part of its hash')
})

t.test('a revoked token stays listed until it would have expired; its revocation stays for good', async (t) => {
  let now = Date.now()
  const app = await build(t, {}, { now: () => now })
  await setUp(app)
  const first = (await mint(app, await sessionOf(app), { expires_in_days: 2 })).json()
  const expired = (await mint(app, await sessionOf(app), { expires_in_days: 2 })).json()
  await revoke(app, await sessionOf(app), first.id)
  now += DAY_MS
  await mint(app, await sessionOf(app))
  t.equal((await list(app, await sessionOf(app))).length, 3)
  now += 2 * DAY_MS
  t.equal(await tryToken(app, expired.token), 401)
  await mint(app, await sessionOf(app))
  const left = await list(app, await sessionOf(app))
  t.equal(left.length, 3)
  t.match(left[2], { id: expired.id, valid: false, revoked: false, invalidation_reason: 'Expired' })
  t.ok(app.authStore.snapshot().revoked.has(tokenHash(first.token)))
})

t.test('no token is minted if the password changes meanwhile', async (t) => {
  const app = await build(t, {}, { hasher: TRUE_HASHES })
  const headers = await enter(app)
  const minting = mint(app, headers)
  await app.authStore.update((draft) => {
    draft.password_hash = hashPassword('Another-Horse-8', CHEAP_HASHES.iterations)
  })
  const reply = await minting
  t.match(reply.json().code, /CONFLICT|PASSWORD_INCORRECT|TOKEN_INVALID/)
  t.equal(app.authStore.snapshot().tokens.size, 0)
})

t.test('last uses are listed, and a restart keeps them', async (t) => {
  const folder = await temporaryFolder(t)
  let now = Date.now()
  const app = await build(t, {}, { folder, now: () => now })
  const headers = await enter(app)
  const { id, token } = (await mint(app, headers)).json()
  t.match((await list(app, headers))[0], { last_used_at: null, last_used_ip: null })
  now += 60_000
  await systemFrom(app, token, '203.0.113.7')
  const used = { id, last_used_at: new Date(now).toISOString(), last_used_ip: '203.0.113.7' }
  t.match((await list(app, headers))[0], used)
  await app.close()
  now += 60_000
  const again = await build(t, {}, { folder, now: () => now })
  t.match((await list(again, headers))[0], used)
})

t.test('a token with networks is refused from any other address', async (t) => {
  const app = await build(t)
  const headers = await enter(app)
  const { token } = (
    await mint(app, headers, { allowed_ips: '203.0.113.0/24, 2001:db8:1::/48, ::ffff:198.51.100.7' })
  ).json()
  for (const address of ['203.0.113.9', '::ffff:203.0.113.9', '2001:db8:1::5', '198.51.100.7'])
    t.equal((await systemFrom(app, token, address)).statusCode, 200, address)
  for (const address of ['203.0.114.9', '::ffff:203.0.114.9', '2001:db8:2::5', '198.51.100.8']) {
    const refused = await systemFrom(app, token, address)
    t.equal(refused.statusCode, 403, address)
    t.match(refused.json(), { code: 'IP_NOT_ALLOWED', message: 'IP address not whitelisted' })
  }
  const via = (client: string) => systemFrom(app, token, '127.0.0.1', { 'x-forwarded-for': client })
  t.equal((await via('203.0.113.9')).statusCode, 200, 'behind a trusted proxy it is the client that counts')
  t.equal((await via('203.0.114.9')).statusCode, 403)
  t.equal((await systemFrom(app, token, '203.0.114.9', { 'x-forwarded-for': '203.0.113.9' })).statusCode, 403)
  t.match((await list(app, headers))[0], { last_used_ip: '203.0.113.9' }, 'a refused request does not count as a use')

  const status = async (address: string) => (await systemFrom(app, token, address, {}, '/api/auth/status')).json()
  t.match(await status('203.0.113.9'), { authenticated: true, username: 'admin' })
  t.match(await status('203.0.114.9'), { authenticated: false, username: null }, 'on an open route it is no token')
})

t.test('invalid networks written by hand allow no address', async (t) => {
  const app = await build(t)
  const headers = await enter(app)
  const { token } = (await mint(app, headers)).json()
  await app.authStore.update((draft) => {
    draft.api_tokens![0]!.allowed_ips = 'my house'
  })
  t.equal((await systemFrom(app, token, '127.0.0.1')).statusCode, 403)
})

t.test(
  'without an account no token is minted or revoked, the list is empty, and existing tokens stay valid',
  async (t) => {
    const app = await build(t)
    const headers = await enter(app)
    const { id, token } = (await mint(app, headers)).json()
    const tryAll = async () => {
      for (const reply of [await mint(app, {}), await revoke(app, {}, id), await rotate(app, {}, id)]) {
        t.equal(reply.statusCode, 409)
        t.equal(reply.json().code, 'NO_ACCOUNT')
      }
      for (const url of ['/api/auth/api-tokens', '/api/auth/api-tokens?revoked=1'])
        t.same((await app.inject(url)).json(), { success: true, tokens: [] })
      t.equal(await tryToken(app, token), 200)
    }
    await app.authStore.update((draft) => Object.assign(draft, { enabled: false }))
    await tryAll()
    await app.authStore.update((draft) =>
      Object.assign(draft, { username: null, password_hash: null, configured: false, declined: false })
    )
    t.equal((await mint(app, {})).json().code, 'SETUP_REQUIRED')
    t.equal((await mint(app, bearer(token))).json().code, 'NO_ACCOUNT')
    await app.inject({ method: 'POST', url: '/api/auth/skip' })
    await tryAll()
    await app.inject({ method: 'POST', url: '/api/auth/setup', payload: { username: 'other', password: PASSWORD } })
    t.equal(await tryToken(app, token), 200, 'also under the next owner')
    t.match((await list(app, await sessionOf(app)))[0], { id, valid: true, username: 'other' })
  }
)

t.test('the tokens of a disabled or removed user are refused, and the owner’s list says why', async (t) => {
  const app = await build(t)
  const owner = await enter(app)
  await addUser(app, 2, ['tokens.manage', 'system.view'])
  const { token } = (await mint(app, await sessionOf(app, 2))).json()
  t.equal(await tryToken(app, token), 200)
  await app.authStore.update((draft) => {
    draft.users![0]!.is_active = false
  })
  t.equal(await tryToken(app, token), 401)
  t.match((await list(app, owner))[0], { valid: false, username: 'user2', invalidation_reason: 'Its user is disabled' })
  await app.authStore.update((draft) => {
    draft.users = []
  })
  t.equal(await tryToken(app, token), 401)
  t.match((await list(app, owner))[0], { valid: false, username: null, invalidation_reason: 'Its user was removed' })
})

t.test(
  'an older install’s tokens belong to the owner, are full_admin, and are valid only under their signing secret',
  async (t) => {
    const app = await build(t)
    const owner = await enter(app)
    await addUser(app, 2, ['*'])
    const token = mintApiToken(app)
    const { secret } = app.authStore.snapshot()
    const entry = (name: string, of: string, more: object = {}) => ({
      id: tokenHash(of).slice(0, 16),
      name,
      token_hash: tokenHash(of),
      token_prefix: 'eyJhbGciOiJI...',
      created_at: '2026-04-24T14:32:11.123456Z',
      expires_at: '2099-04-24T14:32:11.123456Z',
      ...more
    })
    await app.authStore.update((draft) => {
      draft.api_tokens = [
        entry('works', token, { signed_with: fingerprintOf(secret) }),
        entry('rotated', 'rotated', { signed_with: '0123456789abcdef' }),
        entry('oldest', 'oldest')
      ]
    })
    t.equal(await tryToken(app, token), 200)
    t.same(await list(app, await sessionOf(app, 2)), [])
    const [oldest, rotated, works] = await list(app, owner)
    t.match(works, {
      id: tokenHash(token).slice(0, 16),
      name: 'works',
      token_prefix: 'eyJhbGciOiJI...',
      scope: 'full_admin',
      user_id: 1,
      username: 'admin',
      created_at: '2026-04-24T14:32:11.123456Z',
      last_used_at: String,
      last_used_ip: '127.0.0.1',
      allowed_ips: '',
      revoked: false,
      valid: true
    })
    t.notOk('invalidation_reason' in works)
    t.match(rotated, { valid: false, invalidation_reason: 'Invalid — regenerate' })
    t.match(oldest, { valid: null, revoked: false })
    t.notOk('invalidation_reason' in oldest)

    const next = (await rotate(app, owner, rotated.id)).json()
    t.match(next, { token_name: 'rotated', scope: 'full_admin', expires_in: '365 days' }, 'regenerated')
    t.equal(await tryToken(app, next.token), 200)
    t.equal((await revoke(app, owner, works.id)).statusCode, 200)
    t.equal(await tryToken(app, token), 401)
  }
)

t.test('revoked tokens are listed only on request', async (t) => {
  const app = await build(t)
  const headers = await enter(app)
  const [kept, gone] = [(await mint(app, headers)).json().id, (await mint(app, headers)).json().id]
  await revoke(app, headers, gone)
  const idsOf = async (query: string) => {
    const reply = await app.inject({ url: `/api/auth/api-tokens${query}`, headers })
    return reply.json().tokens?.map(({ id, revoked }: { id: string; revoked: boolean }) => [id, revoked])
  }
  t.same(await idsOf(''), [[kept, false]])
  t.same(await idsOf('?revoked=0'), [[kept, false]])
  t.same(await idsOf('?revoked=1'), [
    [gone, true],
    [kept, false]
  ])
  t.equal(await idsOf('?revoked=yes'), undefined, 'any other value is a 400')
})
