import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { TOTP } from 'otpauth'
import t from 'tap'
import { fingerprintOf } from '../../lib/auth/accounts.ts'
import { tokenHash } from '../../lib/auth/tokens.ts'
import type { AuthFile } from '../../schemas/auth/auth-file.ts'
import { decodeClaims, tryToken } from '../attack/forge.ts'
import { addUser, enter, type Headers, list, mint, revoke, rotate, SECRET, sessionOf } from '../support/api-tokens.ts'
import { bearer, build, setUp, temporaryFolder } from '../support/app.ts'

t.test('a minted token has the documented fields and works', async (t) => {
  const folder = await temporaryFolder(t)
  const app = await build(t, {}, { folder })
  const headers = await enter(app)
  const reply = await mint(app, headers)
  t.equal(reply.statusCode, 200)
  const minted = reply.json()
  t.match(minted, {
    success: true,
    token: /^eyJ/,
    token_name: 'Home Assistant',
    expires_in: '365 days',
    scope: 'read_only'
  })
  t.same(Object.keys(minted), ['success', 'token', 'token_name', 'expires_in', 'id', 'scope', 'expires_at'])
  t.equal(minted.id, tokenHash(minted.token).slice(0, 16))
  t.equal(await tryToken(app, minted.token), 200)

  const claims = decodeClaims(minted.token)
  t.match(claims, {
    iss: 'proxmenux-monitor',
    aud: 'api',
    jti: String,
    username: 'admin',
    user_id: 1,
    user_type: 'admin',
    reseller_id: 0,
    tenant_id: 0,
    token_name: 'Home Assistant',
    scope: 'read_only'
  })
  t.equal(claims.sid, undefined)
  t.equal(Number(claims.exp) - Number(claims.iat), 365 * 86_400)
  t.equal(minted.expires_at, new Date(Number(claims.exp) * 1000).toISOString())

  const file: AuthFile = JSON.parse(await readFile(join(folder, 'auth.json'), 'utf8'))
  t.same(file.api_tokens, [
    {
      id: minted.id,
      name: 'Home Assistant',
      token_hash: tokenHash(minted.token),
      token_prefix: `...${minted.token.slice(-4)}`,
      created_at: file.api_tokens![0]!.created_at,
      expires_at: minted.expires_at,
      signed_with: fingerprintOf(file.jwt_secret!),
      user_id: 1,
      scope: 'read_only'
    }
  ])
  t.match(file.api_tokens![0]!.created_at, /^\d{4}-.*Z$/)
  t.notOk(JSON.stringify(file).includes(minted.token), 'the token itself stands nowhere')
})

t.test('two tokens of the same name minted in the same second differ', async (t) => {
  const now = Date.now()
  const app = await build(t, {}, { now: () => now })
  const headers = await enter(app)
  const [a, b] = await Promise.all([mint(app, headers), mint(app, headers)])
  t.not(a.json().token, b.json().token)
  t.equal((await list(app, headers)).length, 2)
})

t.test('scope, days and networks are applied, and an invalid one is named', async (t) => {
  const app = await build(t)
  const headers = await enter(app)
  const reply = await mint(app, headers, {
    token_name: ' Grafana ',
    scope: 'full_admin',
    expires_in_days: 1,
    allowed_ips: '10.0.0.0/8,2001:DB8:0::/32 , ::ffff:192.0.2.7'
  })
  t.match(reply.json(), { token_name: 'Grafana', scope: 'full_admin', expires_in: '1 day' })
  t.equal(reply.json().allowed_ips, '10.0.0.0/8, 2001:db8::/32, 192.0.2.7')
  t.match(decodeClaims(reply.json().token), { scope: 'full_admin' })
  t.equal((await list(app, headers))[0].allowed_ips, '10.0.0.0/8, 2001:db8::/32, 192.0.2.7')
  t.notOk('allowed_ips' in (await mint(app, headers, { allowed_ips: '' })).json())

  for (const [field, value] of [
    ['scope', 'root'],
    ['expires_in_days', 0],
    ['expires_in_days', 366],
    ['expires_in_days', 1.5],
    ['token_name', 'x'.repeat(65)],
    ['token_name', 'a\nb'],
    ['token_name', '   '],
    ['allowed_ips', 7]
  ] as const) {
    const refused = await mint(app, headers, { [field]: value })
    t.match(refused.json(), { code: 'VALIDATION', message: new RegExp(field) }, `${field}: ${value}`)
    t.equal(refused.statusCode, 400)
  }
  t.equal((await mint(app, headers, { token_name: '' })).json().message, 'password and token_name are required')
  t.match((await mint(app, headers, { allowed_ips: '10.0.0.0/8, 10.0.0.0/33' })).json(), {
    code: 'VALIDATION',
    message: 'allowed_ips: "10.0.0.0/33" is not an IP address or CIDR'
  })
  t.equal((await list(app, headers)).length, 2, 'nothing of it was minted')
})

t.test('minting always requires the password', async (t) => {
  const folder = await temporaryFolder(t)
  const app = await build(t, {}, { folder })
  const headers = await enter(app)
  t.equal((await mint(app, headers, { password: undefined })).json().code, 'VALIDATION')
  const refused = await mint(app, headers, { password: 'Wrong-Horse-7' })
  t.equal(refused.statusCode, 403)
  t.match(refused.json(), { code: 'PASSWORD_INCORRECT', message: 'current password incorrect' })
  for (let i = 0; i < 4; i++) await mint(app, headers, { password: 'Wrong-Horse-7' })
  t.equal((await mint(app, headers)).statusCode, 423, 'and counts towards the lockout')
  await app.close()
  t.match(await readFile(join(folder, 'auth.log'), 'utf8'), 'authentication failure; rhost=127.0.0.1 user=admin')
})

t.test('with two-factor authentication minting requires a code, under either name, from every session', async (t) => {
  let now = Date.now()
  const app = await build(t, {}, { now: () => now })
  await setUp(app)
  await app.authStore.update((draft) => Object.assign(draft, { totp_enabled: true, totp_secret: SECRET }))
  const code = () => new TOTP({ secret: SECRET }).generate({ timestamp: now })
  const headers = await sessionOf(app, 1, ['pwd', 'otp'])
  t.match((await mint(app, headers)).json(), { code: 'TOTP_REQUIRED', requires_totp: true })
  t.match((await mint(app, headers, { totp_token: '000000' })).json(), { code: 'TOTP_INVALID', requires_totp: true })
  t.equal((await mint(app, headers, { totp_token: code() })).statusCode, 200)
  t.equal((await mint(app, headers, { totp_token: code() })).json().code, 'TOTP_INVALID', 'each code once')
  now += 30_000
  const { id } = (await mint(app, headers, { totp_code: code() })).json()
  t.equal((await rotate(app, headers, id)).json().code, 'TOTP_REQUIRED')
  now += 30_000
  t.equal((await rotate(app, headers, 'unknown', { totp_code: code() })).json().code, 'NOT_FOUND')
  t.equal((await rotate(app, headers, id, { totp_code: code() })).statusCode, 200, 'the code was not used up')
})

t.test('only sessions with the permission mint, list and revoke tokens; API tokens cannot', async (t) => {
  const app = await build(t)
  const headers = await enter(app)
  const { id, token } = (await mint(app, headers, { scope: 'full_admin' })).json()
  await addUser(app, 2, ['system.view'])
  for (const [who, code] of [
    [bearer(token), 'SCOPE'],
    [await sessionOf(app, 2), 'PERMISSION'],
    [{}, 'TOKEN_MISSING']
  ] as const) {
    for (const reply of [
      await mint(app, who),
      await app.inject({ url: '/api/auth/api-tokens', headers: who }),
      await revoke(app, who, id),
      await rotate(app, who, id)
    ]) {
      t.equal(reply.json().code, code)
    }
  }
  t.equal(await tryToken(app, token), 200)
})

t.test('a token acts with its user’s current permissions', async (t) => {
  const app = await build(t)
  await setUp(app)
  await addUser(app, 2, ['tokens.manage', 'system.view'])
  const { token } = (await mint(app, await sessionOf(app, 2), { scope: 'full_admin' })).json()
  t.match(decodeClaims(token), { user_id: 2, user_type: 'support' })
  t.equal(await tryToken(app, token), 200)
  await app.authStore.update((draft) => {
    draft.users![0]!.permissions = ['tokens.manage']
  })
  t.equal(await tryToken(app, token), 403)
})

t.test('users see, revoke and rotate their own tokens; the owner sees and revokes all tokens', async (t) => {
  const folder = await temporaryFolder(t)
  const app = await build(t, {}, { folder })
  const owner = await enter(app)
  await addUser(app, 2, ['tokens.manage', 'system.view'])
  await addUser(app, 3, ['*'])
  const two = await sessionOf(app, 2)
  const three = await sessionOf(app, 3)
  const ofOwner = (await mint(app, owner)).json()
  const ofTwo = (await mint(app, two)).json()
  const namesOf = async (headers: Headers) => (await list(app, headers)).map((each: { id: string }) => each.id)
  t.same(await namesOf(owner), [ofTwo.id, ofOwner.id], 'the newest first')
  t.same(await namesOf(two), [ofTwo.id])
  t.same(await namesOf(three), [])
  t.match((await list(app, owner))[0], { user_id: 2, username: 'user2' })

  for (const id of [ofOwner.id, 'unknown', '__proto__']) {
    t.match((await revoke(app, two, id)).json(), { code: 'NOT_FOUND', message: 'there is no such API token' })
    t.equal((await rotate(app, two, id)).json().code, 'NOT_FOUND')
  }
  t.equal((await revoke(app, three, ofTwo.id)).statusCode, 404, 'also for another user with every permission')
  t.match((await rotate(app, owner, ofTwo.id)).json(), {
    code: 'PERMISSION',
    message: 'only its user rotates an API token'
  })
  t.equal(await tryToken(app, ofOwner.token), 200)
  t.equal((await revoke(app, owner, ofTwo.id)).statusCode, 200)
  t.equal(await tryToken(app, ofTwo.token), 401)
  await app.close()
  t.match(
    await readFile(join(folder, 'auth.log'), 'utf8'),
    /API token revoked; rhost=127\.0\.0\.1 user=admin target=Home\\u\{20\}Assistant\\u\{20\}of\\u\{20\}user2\n/
  )
})
