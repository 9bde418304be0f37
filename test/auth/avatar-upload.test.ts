import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import t from 'tap'
import type { ImageType } from '../../lib/avatar/image-type.ts'
import { MAX_BYTES } from '../../lib/avatar/store.ts'
import { bearer, build, PASSWORD, setUp, temporaryFolder } from '../support/app.ts'
import { makeFlatImage, makeForm, makeImage } from '../support/images.ts'
import { quietFor } from '../support/waiting.ts'
import { type Body, get, png, post, profileOf, raw, types, url } from './avatar-requests.ts'

t.test('an incomplete image, or one of another type than declared, is refused and changes nothing', async (t) => {
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

t.test('exactly 2 MB are accepted, as bytes and in a form', async (t) => {
  const app = await build(t)
  const token = await setUp(app)
  const full = Buffer.concat([png, Buffer.alloc(MAX_BYTES - png.length)])
  t.equal((await post(app, token, raw('image/png', full))).statusCode, 200)
  t.equal((await post(app, token, await makeForm([['file', full, 'image/png']]))).statusCode, 200)
  t.equal((await get(app, token)).rawPayload.length, MAX_BYTES)
})

t.test('concurrent uploads store one whole image, and too many are refused as busy', async (t) => {
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

t.test('no other route accepts a form or an image', async (t) => {
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

t.test('a refusal keeps the connection usable, and an aborted upload causes no fault', async (t) => {
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
  // A fault would be logged now, or a turn later.
  await quietFor(200)
  t.equal((await get(app, token)).statusCode, 404)
  t.same(faults, [])
})
