import { once } from 'node:events'
import { readdir, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import t from 'tap'
import { hashPassword } from '../../lib/auth/passwords/derive.ts'
import { type ImageType, imageTypes } from '../../lib/avatar/image-type.ts'
import { MAX_BYTES } from '../../lib/avatar/store.ts'
import { type App, bearer, build, PASSWORD, setUp, temporaryFolder } from '../support/app.ts'
import { makeFlatImage, makeForm, makeImage } from '../support/images.ts'
import { mintApiToken } from '../support/tokens.ts'
import { quietFor } from '../support/waiting.ts'

const url = '/api/auth/profile/avatar'
const types = Object.keys(imageTypes) as ImageType[]
const png = await makeImage('image/png')

interface Body {
  headers: Record<string, string>
  payload: Buffer | string
}
const raw = (type: string, payload: Buffer | string): Body => ({ headers: { 'content-type': type }, payload })
const post = (app: App, token: string, { headers, payload }: Body) =>
  app.inject({ method: 'POST', url, headers: { ...bearer(token), ...headers }, payload })
const get = (app: App, token: string, headers: Record<string, string> = {}) =>
  app.inject({ url, headers: { ...bearer(token), ...headers } })
const profileOf = async (app: App, token: string) =>
  (await app.inject({ url: '/api/auth/profile', headers: bearer(token) })).json()

t.test('each type goes up in a form and as it is, comes back as it was, and leaves one file', async (t) => {
  const folder = await temporaryFolder(t)
  const app = await build(t, {}, { folder })
  const token = await setUp(app)
  for (const type of types) {
    const image = await makeImage(type)
    for (const body of [
      raw(type, image),
      await makeForm([
        ['note', 'x'],
        ['file', image, type]
      ])
    ]) {
      const from = Date.now() - 5
      const reply = await post(app, token, body)
      t.match(reply.json(), { success: true, username: 'admin', has_avatar: true, avatar_content_type: type })
      t.same(await profileOf(app, token), reply.json())
      t.match(reply.json().avatar_mtime, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
      t.ok(Date.parse(reply.json().avatar_mtime) >= from - 50)
      const served = await get(app, token)
      t.equal(served.statusCode, 200)
      t.ok(served.rawPayload.equals(image))
      t.match(served.headers, {
        'content-type': type,
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
        'cache-control': 'private, no-cache',
        vary: 'authorization',
        etag: /^"[^"]+"$/
      })
      t.same(await readdir(join(folder, 'avatars')), ['1'])
    }
  }
})

t.test('who has the avatar already is told so, until it changes', async (t) => {
  const app = await build(t)
  const token = await setUp(app)
  await post(app, token, raw('image/png', png))
  const etag = String((await get(app, token)).headers.etag)
  const unchanged = await get(app, token, { 'if-none-match': `"x", W/${etag}` })
  t.equal(unchanged.statusCode, 304)
  t.equal(unchanged.body, '')
  t.match(unchanged.headers, { etag, 'content-type': undefined, 'content-length': undefined })
  await post(app, token, raw('image/png', png))
  t.equal((await get(app, token, { 'if-none-match': etag })).statusCode, 200)
})

t.test('removing it works, also when there is none', async (t) => {
  const folder = await temporaryFolder(t)
  const app = await build(t, {}, { folder })
  const token = await setUp(app)
  const none = { success: true, has_avatar: false, avatar_mtime: null, avatar_content_type: null }
  const remove = () => app.inject({ method: 'DELETE', url, headers: bearer(token) })
  t.match((await remove()).json(), none)
  t.match((await get(app, token)).json(), { success: false, error: 'Not found', code: 'NOT_FOUND' })
  await post(app, token, raw('image/png', png))
  t.match((await remove()).json(), none)
  t.match(await profileOf(app, token), none)
  t.equal((await get(app, token)).statusCode, 404)
  t.same(await readdir(join(folder, 'avatars')), [])
})

t.test('a change of the display name tells of the avatar too', async (t) => {
  const app = await build(t)
  const token = await setUp(app)
  await post(app, token, raw('image/png', png))
  const payload = { display_name: 'Ada' }
  const reply = await app.inject({ method: 'PUT', url: '/api/auth/profile', headers: bearer(token), payload })
  t.match(reply.json(), { display_name: 'Ada', has_avatar: true, avatar_content_type: 'image/png' })
})

t.test('what is not a complete image of the declared type is refused and changes nothing', async (t) => {
  const folder = await temporaryFolder(t)
  const app = await build(t, {}, { folder })
  const token = await setUp(app)
  await post(app, token, raw('image/png', png))
  const before = await profileOf(app, token)
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"/>'
  const wide = await makeFlatImage('image/png', 4097, 1)
  const cases: [string, Body, number, string, RegExp][] = [
    ['another type', raw('image/gif', png), 400, 'VALIDATION', /not a complete GIF image/],
    ['cut', raw('image/png', png.subarray(0, -100)), 400, 'VALIDATION', /not a complete PNG/],
    ['garbage', raw('image/webp', Buffer.alloc(999, 'x')), 400, 'VALIDATION', /not a complete WebP/],
    ['an SVG under a false name', raw('image/jpeg', svg), 400, 'VALIDATION', /not a complete JPEG/],
    ['empty', raw('image/png', ''), 400, 'VALIDATION', /send one image/],
    ['4097 pixels', raw('image/png', wide), 400, 'VALIDATION', /4096 pixels/],
    ['an SVG', raw('image/svg+xml', svg), 415, 'UNSUPPORTED_TYPE', /PNG, JPEG, WebP or GIF/],
    ['JSON', raw('application/json', '{}'), 415, 'UNSUPPORTED_TYPE', /PNG, JPEG, WebP or GIF/],
    ['text', raw('text/plain', 'x'), 415, 'UNSUPPORTED_TYPE', /PNG, JPEG, WebP or GIF/],
    ['bytes', raw('application/octet-stream', png), 415, 'UNSUPPORTED_TYPE', /PNG, JPEG, WebP or GIF/],
    ['no type', { headers: {}, payload: png }, 415, 'UNSUPPORTED_TYPE', /PNG, JPEG, WebP or GIF/],
    ['no body', { headers: {}, payload: '' }, 400, 'VALIDATION', /send one image/],
    ['too large', raw('image/png', Buffer.alloc(MAX_BYTES + 1)), 413, 'TOO_LARGE', /at most 2 MB/],
    ['no form', raw('multipart/form-data; boundary=x', '{}'), 400, 'VALIDATION', /form/],
    ['a form without a boundary', raw('multipart/form-data', 'x'), 400, 'VALIDATION', /form/],
    ['another field', await makeForm([['image', png, 'image/png']]), 400, 'VALIDATION', /field `file`/],
    ['text in the field', await makeForm([['file', 'x']]), 400, 'VALIDATION', /send one image/],
    ['text without a type', await makeForm([['file', Buffer.from('x')]]), 415, 'UNSUPPORTED_TYPE', /PNG, JPEG/],
    ['an SVG without a type', await makeForm([['file', Buffer.from(svg)]]), 415, 'UNSUPPORTED_TYPE', /PNG, JPEG/],
    ['a PDF in a form', await makeForm([['file', png, 'application/pdf']]), 415, 'UNSUPPORTED_TYPE', /PNG, JPEG/],
    ['a part of another type', await makeForm([['file', png, 'image/gif']]), 400, 'VALIDATION', /complete GIF/],
    ['an empty part', await makeForm([['file', Buffer.alloc(0), 'image/png']]), 400, 'VALIDATION', /send one image/],
    [
      'too large a part',
      await makeForm([['file', Buffer.alloc(MAX_BYTES + 1), 'image/png']]),
      413,
      'TOO_LARGE',
      /2 MB/
    ],
    ['a huge form', await makeForm([['file', Buffer.alloc(3 * MAX_BYTES), 'image/png']]), 413, 'TOO_LARGE', /2 MB/],
    [
      'two images',
      await makeForm([1, 2].map(() => ['file', png, 'image/png'])),
      400,
      'VALIDATION',
      /more than one image/
    ],
    ['20 fields', await makeForm(Array.from({ length: 20 }, () => ['x', 'y'])), 400, 'VALIDATION', /send one image/]
  ]
  const whole = await makeForm([['file', png, 'image/png']])
  const cut = { ...whole, payload: whole.payload.subarray(0, -20) }
  cases.push(['a form without its end', cut, 400, 'VALIDATION', /incomplete/])
  for (const [name, body, status, code, message] of cases) {
    const reply = await post(app, token, body)
    t.equal(reply.statusCode, status, name)
    t.match(reply.json(), { success: false, code, message }, name)
  }
  t.same(await profileOf(app, token), before)
  t.same(await readdir(join(folder, 'avatars')), ['1'])
})

t.test('2 MB pass to the byte, in either way', async (t) => {
  const app = await build(t)
  const token = await setUp(app)
  const full = Buffer.concat([png, Buffer.alloc(MAX_BYTES - png.length)])
  t.equal((await post(app, token, raw('image/png', full))).statusCode, 200)
  t.equal((await post(app, token, await makeForm([['file', full, 'image/png']]))).statusCode, 200)
  t.equal((await get(app, token)).rawPayload.length, MAX_BYTES)
})

t.test('of two uploads at once one wins, and too many are told to come again', async (t) => {
  const folder = await temporaryFolder(t)
  const app = await build(t, {}, { folder })
  const token = await setUp(app)
  const images = await Promise.all(types.map((type) => makeImage(type, 300, 300)))
  const upload = (i: number) => post(app, token, raw(types[i % 4]!, images[i % 4]!))
  const replies = await Promise.all([0, 1, 2, 3, 4, 5, 6, 7].map(upload))
  const busy = replies.filter((reply) => reply.statusCode === 503)
  t.equal(replies.filter((reply) => reply.statusCode === 200).length, 5)
  t.equal(busy.length, 3)
  t.match(busy[0]!.json(), { code: 'BUSY' })
  t.match(busy[0]!.headers, { 'retry-after': '5' })
  const served = await get(app, token)
  t.ok(served.rawPayload.equals(images[types.indexOf(served.headers['content-type'] as ImageType)]!))
  t.same(await readdir(join(folder, 'avatars')), ['1'])
})

t.test('it is still there after a restart, and what a crash left is not', async (t) => {
  const folder = await temporaryFolder(t)
  const first = await build(t, {}, { folder })
  const token = await setUp(first)
  await post(first, token, raw('image/png', png))
  const { headers } = await get(first, token)
  await first.close()
  await writeFile(join(folder, 'avatars', '.1.0123456789ab.tmp'), 'half')
  const second = await build(t, {}, { folder })
  const served = await get(second, token)
  t.ok(served.rawPayload.equals(png))
  t.equal(served.headers.etag, headers.etag)
  t.same(await readdir(join(folder, 'avatars')), ['1'])
})

t.test('each account has its own avatar and none reaches another’s', async (t) => {
  const app = await build(t)
  const owner = await setUp(app)
  const user = { user_type: 'support' as const, is_active: true, permissions: [] }
  await app.authStore.update((draft) => {
    draft.users = [{ ...user, id: 7, username: 'ada', password_hash: hashPassword(PASSWORD) }]
  })
  const login = { username: 'ada', password: PASSWORD }
  const ada = (await app.inject({ method: 'POST', url: '/api/auth/login', payload: login })).json().token
  const gif = await makeImage('image/gif')
  await post(app, owner, raw('image/png', png))
  const etag = String((await get(app, owner)).headers.etag)
  t.equal((await get(app, ada)).statusCode, 404)
  t.match(await profileOf(app, ada), { username: 'ada', has_avatar: false })
  await post(app, ada, raw('image/gif', gif))
  t.ok((await get(app, ada, { 'if-none-match': etag })).rawPayload.equals(gif))
  await app.inject({ method: 'DELETE', url, headers: bearer(ada) })
  t.ok((await get(app, owner)).rawPayload.equals(png))
})

t.test('who sets up after "disable" does not inherit the picture of who was there before', async (t) => {
  const app = await build(t)
  const token = await setUp(app)
  await post(app, token, raw('image/png', png))
  const payload = { password: PASSWORD }
  const reply = await app.inject({ method: 'POST', url: '/api/auth/disable', headers: bearer(token), payload })
  t.equal(reply.statusCode, 200)
  t.match(await profileOf(app, await setUp(app, 'other')), { username: 'other', has_avatar: false })
})

t.test(
  'it is for sessions of an account: not without a token, not for API tokens, not without an account',
  async (t) => {
    const app = await build(t)
    const token = await setUp(app)
    const api = mintApiToken(app, { scope: 'full_admin' })
    for (const method of ['GET', 'POST', 'DELETE'] as const) {
      t.equal((await app.inject({ method, url })).statusCode, 401)
      t.equal((await app.inject({ method, url, headers: bearer(api) })).json().code, 'SCOPE')
    }
    t.equal((await app.inject({ method: 'HEAD', url, headers: bearer(token) })).statusCode, 404)
    const open = await build(t)
    await open.inject({ method: 'POST', url: '/api/auth/skip' })
    for (const method of ['GET', 'POST', 'DELETE'] as const)
      t.equal((await open.inject({ method, url })).json().code, 'NO_ACCOUNT')
  }
)

t.test('no other route takes a form or an image', async (t) => {
  const app = await build(t)
  const token = await setUp(app)
  const form = await makeForm([
    ['username', 'admin'],
    ['password', PASSWORD]
  ])
  for (const body of [form, raw('image/png', png)]) {
    for (const [method, path] of [
      ['POST', '/api/auth/login'],
      ['PUT', '/api/auth/profile']
    ] as const) {
      const headers = { ...bearer(token), ...body.headers }
      const reply = await app.inject({ method, url: path, headers, payload: body.payload })
      t.equal(reply.statusCode, 415, path)
      t.match(reply.json(), { code: 'UNSUPPORTED_TYPE', message: 'send application/json' })
    }
  }
})

t.test('a refusal does not spoil the connection, and one who hangs up in the middle spoils nothing', async (t) => {
  const faults: string[] = []
  const app = await build(
    t,
    {},
    { fastify: { logger: { level: 'error', stream: { write: (line) => faults.push(line) } } } }
  )
  const token = await setUp(app)
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as { port: number }
  const head = (body: Body, length: number) =>
    `POST ${url} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${token}\r\ncontent-type: ${body.headers['content-type']}\r\ncontent-length: ${length}\r\n\r\n`
  const two = await makeForm([1, 2, 3].map(() => ['file', Buffer.alloc(600_000), 'image/png']))
  const socket = connect(port, '127.0.0.1')
  socket.write(head(two, two.payload.length))
  socket.write(two.payload)
  socket.write(`GET ${url} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${token}\r\nconnection: close\r\n\r\n`)
  let answers = ''
  for await (const chunk of socket) answers += chunk
  t.same(answers.match(/HTTP\/1\.1 \d+/g), ['HTTP/1.1 400', 'HTTP/1.1 404'])

  for (const body of [raw('image/png', png), await makeForm([['file', png, 'image/png']])]) {
    const begun = once(app.server, 'request')
    const gone = connect(port, '127.0.0.1')
    gone.write(head(body, body.payload.length))
    gone.write(body.payload.slice(0, 500))
    const [, reply] = await begun
    gone.destroy()
    await once(reply, 'close')
  }
  // A fault would be told now, or a turn later.
  await quietFor(200)
  t.equal((await get(app, token)).statusCode, 404)
  t.same(faults, [])
})
