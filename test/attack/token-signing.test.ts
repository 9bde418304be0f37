import { createHmac, createSign, generateKeyPairSync } from 'node:crypto'
import t from 'tap'
import { createAuthenticator } from '../../lib/auth/authenticate.ts'
import { type Claims, tokenHash } from '../../lib/auth/tokens.ts'
import { build, PASSWORD, setUp } from '../support/app.ts'
import { createForger, decodeClaims, tryToken } from './forge.ts'

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const soon = Math.floor(Date.now() / 1000) + 3600

t.test('only a registered API token may lack iss and aud, as tokens of older Monitors do', async (t) => {
  const app = await build(t)
  const session = await setUp(app)
  const forge = createForger(app)
  const older = (more: Record<string, unknown> = {}) => forge({ claims: { iss: undefined, aud: undefined, ...more } })
  const register = (token: string) =>
    app.authStore.update((draft) => {
      const hash = tokenHash(token)
      const created_at = new Date().toISOString()
      const expires_at = new Date(soon * 1000).toISOString()
      const entry = {
        id: hash.slice(0, 16),
        name: 'old',
        token_hash: hash,
        token_prefix: '...',
        created_at,
        expires_at
      }
      draft.api_tokens = [...(draft.api_tokens ?? []), { ...entry, signed_with: '0'.repeat(16) }]
    })

  const token = older()
  t.equal(await tryToken(app, token), 401, 'not registered')
  await register(token)
  t.equal(await tryToken(app, token), 200)
  t.equal(await tryToken(app, older({ jti: 'another' })), 401, 'another one is not')

  const { sid, user_id } = decodeClaims(session)
  for (const [name, refused] of Object.entries({
    'a wrong iss': older({ iss: 'someone' }),
    'a wrong aud': older({ aud: 'web' }),
    'no expiry': older({ exp: undefined }),
    'an expiry in the past': older({ exp: soon - 7200 }),
    'another secret': forge({ claims: { iss: undefined, aud: undefined }, key: 'x'.repeat(64) }),
    'a session token': older({ token_name: undefined, sid, user_id })
  })) {
    await register(refused)
    t.equal(await tryToken(app, refused), 401, name)
  }
  await app.authStore.update((draft) => {
    draft.revoked_tokens = [tokenHash(token)]
  })
  t.equal(await tryToken(app, token), 401, 'revoked')
})

t.test('the secret is used as its UTF-8 bytes, whatever its format', async (t) => {
  const app = await build(t)
  await setUp(app)
  const pem = (rsa.publicKey.export({ type: 'spki', format: 'pem' }) as string).trim()
  const jwk = JSON.stringify(rsa.publicKey.export({ format: 'jwk' }))
  for (const secret of ['ünïcode secret of more than thirty-two bytes', pem, jwk]) {
    await app.authStore.update((draft) => {
      draft.jwt_secret = secret
    })
    const forge = createForger(app)
    t.equal(await tryToken(app, forge()), 200, secret.slice(0, 30))
    const header = { alg: 'RS256' }
    const signature = (input: string) => createSign('RSA-SHA256').update(input).sign(rsa.privateKey, 'base64url')
    t.equal(await tryToken(app, forge({ header, signature })), 401, 'a signature by the private key is refused')
    const payload = { username: 'admin', password: PASSWORD }
    const { token } = (await app.inject({ method: 'POST', url: '/api/auth/login', payload })).json()
    t.equal(await tryToken(app, token), 200, 'a login signs with it')
  }
})

t.test('without a secret nothing is signed: a login answers 503', async (t) => {
  const app = await build(t)
  await setUp(app)
  await app.authStore.update((draft) => {
    delete draft.jwt_secret
  })
  const payload = { username: 'admin', password: PASSWORD }
  const reply = await app.inject({ method: 'POST', url: '/api/auth/login', payload })
  t.equal(reply.statusCode, 503)
  t.match(reply.json(), { success: false, code: 'AUTH_STORE_UNREADABLE' })
})

t.test('a token is verified again if auth.json changes during its verification', async (t) => {
  const app = await build(t)
  await setUp(app)
  const authenticate = createAuthenticator({
    access: app.access,
    sessions: app.sessions,
    tokenUses: app.tokenUses,
    tenant: () => 0
  })
  const token = createForger(app)()
  const claims = decodeClaims(token) as unknown as Claims
  let verified = 0
  const verify = async () => {
    if (++verified > 1) return null
    await app.authStore.update((draft) => {
      draft.revoked_tokens = [tokenHash(token)]
    })
    return claims
  }
  t.equal((await authenticate({ token, now: Date.now(), address: '', verify })).principal, null)
  t.equal(verified, 2)
})

t.test('the signature check accepts the example of RFC 7515, appendix A.1', async (t) => {
  const app = await build(t)
  const { default: vector } = await import('../fixtures/rfc7515-a1.json', { with: { type: 'json' } })
  const key = Buffer.from(vector.key, 'base64url')
  const open = (text: string) => app.jwt.verify(text, { key, allowedIss: 'joe', ignoreExpiration: true })
  const token = `${vector.header}.${vector.payload}.${vector.signature}`
  const payload = { iss: 'joe', exp: 1300819380, 'http://example.com/is_root': true }
  t.match(open(token), { payload })
  t.throws(() => open(`${token.slice(0, -2)}XX`))
  t.equal(createHmac('sha256', key).update(`${vector.header}.${vector.payload}`).digest('base64url'), vector.signature)
})

t.test('signed tokens are exact HS256 JWTs', async (t) => {
  const app = await build(t)
  const secret = 'ünïcode secret of some length'
  const claims = { iat: 1, name: 'Gödel 😀', list: [1, null, { deep: true }] }
  const token = app.tokens.sign(claims, secret)
  const [header, payload, signature] = token.split('.') as [string, string, string]
  t.same(JSON.parse(Buffer.from(header, 'base64url').toString()), { alg: 'HS256', typ: 'JWT' })
  t.same(decodeClaims(token), { ...claims, tenant_id: 0 })
  const mac = createHmac('sha256', Buffer.from(secret)).update(`${header}.${payload}`).digest('base64url')
  t.equal(signature, mac)
  t.throws(() => app.tokens.sign(claims, ''))
})
