import { createSign, generateKeyPairSync } from 'node:crypto'
import t from 'tap'
import type { Claims } from '../../lib/auth/tokens.ts'
import { build, setUp } from '../support/app.ts'
import { createForger, decodeClaims, encode, type Forgery, tryToken } from './forge.ts'

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const soon = Math.floor(Date.now() / 1000) + 3600
const withoutMac = { signature: () => '' }

// Each forgery with its twin, which differs in nothing but the fault and must get in.
const pairs: [string, Forgery, Forgery?][] = [
  ...['none', 'None', 'NONE', 'nOnE'].flatMap((alg): [string, Forgery][] => [
    [`alg ${alg} without a signature`, { header: { alg }, ...withoutMac }],
    [`alg ${alg} with a good HMAC`, { header: { alg } }]
  ]),
  ['no signature at all', withoutMac],
  ['HS384, properly made', { header: { alg: 'HS384' }, hash: 'sha384' }],
  ['HS512, properly made', { header: { alg: 'HS512' }, hash: 'sha512' }],
  ['HS384 named over an HS256 signature', { header: { alg: 'HS384' } }],
  ['HS256 named over an HS512 signature', { hash: 'sha512' }],
  ['RS256 named over an HMAC', { header: { alg: 'RS256' } }],
  [
    'RS256, properly signed by a key of the forger',
    {
      header: { alg: 'RS256' },
      signature: (input) => createSign('RSA-SHA256').update(input).sign(rsa.privateKey, 'base64url')
    }
  ],
  ['alg hs256', { header: { alg: 'hs256' } }],
  ['alg missing', { header: { alg: undefined } }],
  ['alg as a list', { header: { alg: ['HS256'] } }],
  ['an HMAC under the empty secret', { key: '' }],
  ['an HMAC under another secret', { key: 'x'.repeat(64) }],
  ['an HMAC under the word null', { key: 'null' }],
  ...[undefined, null, '', 'proxpanel', ['proxmenux-monitor'], 'Proxmenux-Monitor', true].map(
    (iss): [string, Forgery] => [`iss ${JSON.stringify(iss)}`, { claims: { iss } }]
  ),
  ...[undefined, null, '', 'web', [], ['web'], ['api', 7], { api: 1 }].map((aud): [string, Forgery] => [
    `aud ${JSON.stringify(aud)}`,
    { claims: { aud } }
  ]),
  // RFC 7519, 4.1.3: the audience may be a list, of which we need to be one.
  ['aud as a list without us', { claims: { aud: ['web', 'app'] } }, { claims: { aud: ['web', 'api'] } }],
  ...[undefined, null, String(soon), true, [soon], { soon }, -1, -1e308, 0, 0.5].map((exp): [string, Forgery] => [
    `exp ${JSON.stringify(exp)}`,
    { claims: { exp } }
  ]),
  // RFC 7519, 2: a NumericDate may have a fraction, and any size.
  ['exp with a fraction in the past', { claims: { exp: soon - 7200.5 } }, { claims: { exp: soon + 0.5 } }],
  ['exp beyond all numbers', { claims: goodText('1e999') }, { claims: goodText('1e18') }],
  ['nbf in the future', { claims: { nbf: soon } }, { claims: { nbf: soon - 7200 } }],
  ['nbf as a text', { claims: { nbf: '0' } }, { claims: { nbf: 0 } }],
  ['nbf before all numbers', { claims: withTime('nbf', '-1e999') }, { claims: withTime('nbf', '-1e15') }],
  ...[null, String(soon), true, [soon], {}].map((iat): [string, Forgery, Forgery] => [
    `iat ${JSON.stringify(iat)}`,
    { claims: { iat } },
    { claims: { iat: soon } }
  ]),
  ['iat beyond all numbers', { claims: withTime('iat', '1e999') }, { claims: withTime('iat', '1e18') }],
  ...([['exp'], ['x'], [], null, '', 'exp', false, 0, {}] as unknown[]).map((crit): [string, Forgery, Forgery] => [
    `crit ${JSON.stringify(crit)}`,
    { header: { crit, x: 1, exp: 1 } },
    { header: { x: 1, exp: 1 } }
  ]),
  ['b64 false, said to be critical', { header: { b64: false, crit: ['b64'] } }],
  // RFC 7519, 4: of two claims of one name a parser takes the last, or refuses. Ours takes the last.
  ['a second, wrong iss', { claims: twice('"someone"') }, { claims: twice('"proxmenux-monitor"') }],
  ['a header that is a list', { header: '[]' }],
  ['a header that is no JSON', { header: 'HS256' }],
  ['a payload that is a list', { claims: '[]' }],
  ['a payload that is null', { claims: 'null' }],
  ['a payload that is no JSON', { claims: '{' }],
  ['a scope there is not', { claims: { scope: 'root' } }, { claims: { scope: 'full_admin' } }],
  ['a scope that is a list', { claims: { scope: ['full_admin'] } }, { claims: { scope: 'read_only' } }],
  ['the API token of another user', { claims: { user_id: 2 } }, { claims: { user_id: 1 } }],
  ['a token name that is null', { claims: { token_name: null } }],
  ['a token name that is a number', { claims: { token_name: 1 } }, { claims: { token_name: '' } }]
]

function goodText(exp: string): string {
  return `{"iss":"proxmenux-monitor","aud":"api","token_name":"x","exp":${exp}}`
}

function withTime(claim: string, time: string): string {
  return `{"iss":"proxmenux-monitor","aud":"api","token_name":"x","exp":${soon},"${claim}":${time}}`
}

function twice(iss: string): string {
  return `{"iss":"proxmenux-monitor","aud":"api","token_name":"x","exp":${soon},"iss":${iss}}`
}

t.test('each forged token is refused, and its valid twin is accepted', async (t) => {
  const app = await build(t)
  await setUp(app)
  const forge = createForger(app)
  for (const [name, forgery, twin] of pairs) {
    t.equal(await tryToken(app, forge(forgery)), 401, name)
    t.equal(await tryToken(app, forge(twin)), 200, `the twin of: ${name}`)
  }
})

t.test('token headers that point to a key are not followed', async (t) => {
  const app = await build(t)
  await setUp(app)
  const forge = createForger(app)
  const jwk = { kty: 'oct', k: encode('my own key') }
  for (const header of [
    { jku: 'http://127.0.0.1:1/keys' },
    { x5u: 'http://127.0.0.1:1/cert' },
    { jwk },
    { kid: '../../../../dev/null' },
    { kid: "' OR 1=1 --" },
    { x5c: ['AAAA'] },
    // Without `crit` the header may be ignored (RFC 7797, 6), and the payload is unchanged.
    { b64: false }
  ]) {
    t.equal(await tryToken(app, forge({ header })), 200, JSON.stringify(header))
    t.equal(await tryToken(app, forge({ header, key: 'my own key' })), 401, JSON.stringify(header))
    t.equal(await tryToken(app, forge({ header, key: '' })), 401, JSON.stringify(header))
  }
})

t.test('a token with one bit changed, cut anywhere or padded is refused', async (t) => {
  const app = await build(t)
  await setUp(app)
  const token = createForger(app)()
  const [header, payload, signature] = token.split('.') as [string, string, string]
  for (let at = 0; at < token.length; at++) {
    const other = token[at] === 'A' ? 'B' : 'A'
    t.equal(await tryToken(app, token.slice(0, at) + other + token.slice(at + 1)), 401, `changed at ${at}`)
    t.equal(await tryToken(app, token.slice(0, at)), 401, `cut at ${at}`)
  }
  for (const text of [
    `${token}=`,
    `${token}==`,
    `${token}.`,
    `.${token}`,
    `${token}.${signature}`,
    `${header}=.${payload}.${signature}`,
    `${header}.${payload}=.${signature}`,
    `${header}..${signature}`,
    `${header}.${payload}.${signature} x`,
    `${header}. ${payload}.${signature}`,
    `${header}.${payload}\t.${signature}`,
    `${header}\n.${payload}.${signature}`,
    `${header}.${payload}.${signature.slice(0, 20)}\r\n${signature.slice(20)}`,
    `${header}.${payload}.${signature}\0`,
    `${header}.${payload}.${signature}é`,
    `${header}.${payload}.${Buffer.from(signature, 'base64url').toString('base64')}`,
    `${header}.${payload}.${Buffer.from(signature, 'base64url').toString('hex')}`,
    `${payload}.${header}.${signature}`,
    '..',
    '...',
    '.',
    'null',
    'undefined',
    `${header}.${payload}.`,
    `"${token}"`,
    'x'.repeat(1 << 20),
    `${header}.${'A'.repeat(1 << 20)}.${signature}`,
    '.'.repeat(1 << 20)
  ]) {
    t.equal(await tryToken(app, text), 401, JSON.stringify(text.slice(0, 40)))
  }
  t.equal(await tryToken(app, token), 200)
})

t.test('expiry has less than 5 s of leeway, whether the signature was checked before or not', async (t) => {
  let time = Date.now()
  const app = await build(t, {}, { now: () => time })
  await setUp(app)
  const forge = createForger(app, () => time)
  const exp = Math.floor(time / 1000) + 60
  const known = forge({ claims: { exp } })
  t.equal(await tryToken(app, known), 200)
  time = exp * 1000 + 4900
  t.equal(await tryToken(app, known), 200)
  t.equal(await tryToken(app, forge({ claims: { exp, jti: 'unseen' } })), 200)
  time = exp * 1000 + 5100
  t.equal(await tryToken(app, known), 401)
  t.equal(await tryToken(app, forge({ claims: { exp, jti: 'unseen too' } })), 401)
  t.equal(await tryToken(app, forge({ claims: { nbf: time / 1000 + 4.9 } })), 200)
  t.equal(await tryToken(app, forge({ claims: { nbf: time / 1000 + 5.1 } })), 401)
})

t.test('a session token is valid only with its own live session', async (t) => {
  const app = await build(t)
  const session = await setUp(app)
  const forge = createForger(app)
  const own: Record<string, unknown> = { ...decodeClaims(session), token_name: undefined }
  t.equal(await tryToken(app, forge({ claims: own })), 200, 'the twin')
  for (const [name, changed] of Object.entries({
    'no sid': { sid: undefined },
    'an unknown sid': { sid: 'AAAAAAAAAAAAAAAAAAAAAA' },
    'an empty sid': { sid: '' },
    'a sid that is null': { sid: null },
    'a sid that is a list': { sid: [own.sid] },
    'a name every object has': { sid: '__proto__' },
    'another user': { user_id: 2 },
    'a user that is a text': { user_id: '1' },
    'no user': { user_id: undefined }
  })) {
    t.equal(await tryToken(app, forge({ claims: { ...own, ...changed } })), 401, name)
  }
  const parts = session.split('.')
  t.equal(await tryToken(app, [...parts.slice(0, 2), encode('x')].join('.')), 401)
})

t.test('a session id of another daemon’s account is refused', async (t) => {
  const [ours, theirs] = [await build(t), await build(t)]
  const session = await setUp(ours)
  const foreign = await setUp(theirs)
  const claims = { ...decodeClaims(session), sid: decodeClaims(foreign).sid, token_name: undefined }
  t.equal(await tryToken(ours, createForger(ours)({ claims })), 401)
  t.equal(await tryToken(ours, foreign), 401, 'nor does their token')
})

t.test('an older install’s token needs no sid, jti, user or scope; without a scope it is full_admin', async (t) => {
  const app = await build(t)
  await setUp(app)
  const forge = createForger(app)
  const profile = async (token: string) =>
    (await app.inject({ url: '/api/info', headers: { authorization: `bearer ${token}` } })).statusCode
  t.equal(await profile(forge({ claims: { iat: undefined, username: undefined } })), 200)
  t.equal(await profile(forge({ claims: { username: 'a name from before the last setup' } })), 200)
  const { anonymous, createAuthenticator } = await import('../../lib/auth/authenticate.ts')
  const authenticate = createAuthenticator({
    access: app.access,
    sessions: app.sessions,
    tokenUses: app.tokenUses,
    tenant: () => 0
  })
  const principalOf = async (token: string) => {
    const verify = async () =>
      app.jwt.verify<{ payload: Claims }>(token, { key: app.authStore.snapshot().secret }).payload
    return (await authenticate({ token, now: Date.now(), address: '', verify })).principal
  }
  t.equal((await principalOf(forge()))?.scope, 'full_admin')
  t.equal((await principalOf(forge({ claims: { scope: 'read_only' } })))?.scope, 'read_only')
  t.equal(anonymous.kind, 'anonymous')
})
