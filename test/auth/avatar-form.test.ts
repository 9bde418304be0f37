import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import t, { type Test } from 'tap'
import { acceptedTypes, type ImageType, imageTypes } from '../../lib/avatar/image-type.ts'
import { MAX_BYTES } from '../../lib/avatar/store.ts'
import { bearer, build, setUp } from '../support/app.ts'
import { makeForm, makeImage } from '../support/images.ts'

const url = '/api/auth/profile/avatar'
const png = await makeImage('image/png')

async function listen(t: Test) {
  const app = await build(t)
  const token = await setUp(app)
  const { port } = new URL(await app.listen({ host: '127.0.0.1', port: 0 }))
  const open = async (): Promise<Socket> => {
    const socket = connect(Number(port), '127.0.0.1')
    t.teardown(() => socket.destroy())
    await once(socket, 'connect')
    return socket
  }
  const head = (length: number | 'chunked', type = 'multipart/form-data; boundary=x') =>
    `POST ${url} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\nContent-Type: ${type}\r\n` +
    `${length === 'chunked' ? 'Transfer-Encoding: chunked' : `Content-Length: ${length}`}\r\n\r\n`
  return { app, token, open, head }
}

/** The first answer on a connection. */
async function answerOf(socket: Socket): Promise<{ status: number; body: { code?: string; message?: string } }> {
  let text = ''
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    text += chunk
    const start = text.indexOf('\r\n\r\n') + 4
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(text)?.[1])
    if (start > 3 && text.length >= start + length)
      return { status: Number(text.slice(9, 12)), body: JSON.parse(text.slice(start, start + length)) }
  }
  throw new Error(`the connection ended: ${text.slice(0, 300)}`)
}

const part = (name: string, more = '') => `--x\r\nContent-Disposition: form-data; name="${name}"${more}\r\n`
const filePart = (name = 'file', type = 'image/png') =>
  `${part(name, '; filename="a.png"')}Content-Type: ${type}\r\n\r\n`
const END = '\r\n--x--\r\n'

const endless: Record<string, string> = {
  fields: `${part('a')}\r\nb\r\n`.repeat(35_000),
  'parts without a name': '--x\r\nA: b\r\n\r\n\r\n'.repeat(50_000),
  'parts without a header': '--x\r\n\r\n\r\n'.repeat(50_000),
  files: `${part('a', '; filename="b"')}\r\nc\r\n`.repeat(20_000)
}

for (const [name, form] of Object.entries(endless)) {
  t.test(`a form of tens of thousands of ${name} is refused after its first`, async (t) => {
    const { open, head } = await listen(t)
    const socket = await open()
    // The rest is never sent: the answer can only come from what was parsed of the first 64 KiB.
    socket.write(head(form.length + END.length))
    socket.write(form.slice(0, 64 * 1024))
    const { status, body } = await answerOf(socket)
    t.equal(status, 400)
    t.match(body, { success: false, code: 'VALIDATION', message: /form/ })
  })
}

t.test('a refused form is read to its end, and the connection serves the next request', async (t) => {
  const { open, head, token } = await listen(t)
  const socket = await open()
  const form = endless.fields!
  socket.write(head(form.length))
  socket.write(form)
  t.equal((await answerOf(socket)).status, 400)
  socket.write(`GET /api/auth/profile HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\n\r\n`)
  t.match((await answerOf(socket)).body, { success: true, has_avatar: false })
})

t.test('tens of thousands of header lines in one part cost a bounded time', async (t) => {
  const { open, head } = await listen(t)
  const lines = 'a: b\r\n'.repeat(50_000)
  const disposition = 'Content-Disposition: form-data; name="file"; filename="a"\r\nContent-Type: image/png\r\n'
  const send = async (headers: string) => {
    const form = Buffer.concat([Buffer.from(`--x\r\n${headers}\r\n`), png, Buffer.from(END)])
    const socket = await open()
    socket.write(head(form.length))
    socket.write(form)
    return answerOf(socket)
  }
  t.match(await send(lines + disposition), { status: 400, body: { code: 'VALIDATION' } }, 'they hide what the part is')
  t.equal((await send(disposition + lines)).status, 200, 'those behind what counts are skipped')
})

t.test('an endless body is refused at the limit, in any part of the form', async (t) => {
  const { open, head } = await listen(t)
  const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`
  const asChunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`
  for (const [name, start] of Object.entries({
    'in the image': filePart(),
    'in another file': filePart('other'),
    'in a field': `${part('a')}\r\n`,
    'before the first part': 'x',
    'in a header': '--x\r\nA: '
  })) {
    const socket = await open()
    socket.write(head('chunked') + asChunk(start) + chunk.repeat(40))
    t.match(await answerOf(socket), { status: 413, body: { code: 'TOO_LARGE', message: /2 MB/ } }, name)
  }
})

t.test('a form with 2 MiB is accepted in chunks of any size; one more byte is refused', async (t) => {
  const { open, head } = await listen(t)
  for (const [size, status] of [
    [MAX_BYTES, 200],
    [MAX_BYTES + 1, 413]
  ] as const) {
    const image = Buffer.concat([png, Buffer.alloc(size - png.length)])
    const form = Buffer.concat([Buffer.from(filePart()), image, Buffer.from(END)])
    for (const pieces of [1, 7]) {
      const socket = await open()
      socket.write(head(form.length))
      const step = Math.ceil(form.length / pieces)
      for (let at = 0; at < form.length; at += step) socket.write(form.subarray(at, at + step))
      t.equal((await answerOf(socket)).status, status, `${size} bytes in ${pieces} pieces`)
    }
  }
})

t.test('fields beside the image are ignored, with any content', async (t) => {
  const { app, token } = await listen(t)
  const post = (before: string, after = '') => {
    const payload = Buffer.concat([Buffer.from(before + filePart()), png, Buffer.from(`\r\n${after}--x--\r\n`)])
    const headers = { ...bearer(token), 'content-type': 'multipart/form-data; boundary=x' }
    return app.inject({ method: 'POST', url, headers, payload })
  }
  const others = {
    text: `${part('note')}\r\nx\r\n`,
    'broken JSON': `${part('json')}Content-Type: application/json\r\n\r\n{\r\n`,
    'names of a prototype': `${part('__proto__')}\r\nx\r\n${part('constructor')}\r\nx\r\n`,
    'a file by the name of a prototype': `${filePart('toString')}x\r\n`,
    'another file': `${filePart('cover')}x\r\n`,
    'a large text': `${part('note')}\r\n${'x'.repeat(60_000)}\r\n`,
    'a part without a name': '--x\r\nContent-Disposition: form-data\r\n\r\nx\r\n'
  }
  for (const [name, other] of Object.entries(others)) {
    t.equal((await post(other)).statusCode, 200, `${name} before it`)
    t.equal((await post('', other)).statusCode, 200, `${name} after it`)
  }
  t.equal((await post(`${part('file')}\r\nx\r\n`)).statusCode, 400, 'but not a second value of its own name')
})

t.test('every malformed form is a 400 with the envelope', async (t) => {
  const { app, token } = await listen(t)
  const form = Buffer.concat([Buffer.from(filePart()), png, Buffer.from(END)])
  const types = {
    'no boundary': 'multipart/form-data',
    'an empty boundary': 'multipart/form-data; boundary=',
    'another boundary': 'multipart/form-data; boundary=y',
    'a boundary of 200 characters': `multipart/form-data; boundary=${'y'.repeat(200)}`
  }
  const send = (type: string, payload: Buffer) =>
    app.inject({ method: 'POST', url, headers: { ...bearer(token), 'content-type': type }, payload })
  for (const [name, type] of Object.entries(types)) {
    const reply = await send(type, form)
    t.match(reply.json(), { success: false, code: 'VALIDATION', message: String }, name)
  }
  for (const length of [0, 1, 3, 40, 90, 200, form.length - 3, form.length - 5, form.length - 9]) {
    const reply = await send('multipart/form-data; boundary=x', form.subarray(0, length))
    t.match(reply.json(), { success: false, code: 'VALIDATION', message: String }, `cut after ${length} bytes`)
  }
  t.equal((await send('multipart/mixed; boundary=x', form)).json().code, 'UNSUPPORTED_TYPE')
})

t.test('every image type that browsers send is accepted and served under its standard name', async (t) => {
  const app = await build(t)
  const token = await setUp(app)
  const send = (body: { headers: Record<string, string>; payload: Buffer }) =>
    app.inject({ method: 'POST', url, ...body, headers: { ...bearer(token), ...body.headers } })
  const images = new Map<ImageType, Buffer>()
  for (const type of Object.keys(imageTypes) as ImageType[]) images.set(type, await makeImage(type))
  const typeOf = (declared: string) =>
    [...images.keys()].find((type) => declared.includes(type.slice('image/'.length))) ??
    (declared.includes('png') ? 'image/png' : 'image/jpeg')
  for (const declared of [...acceptedTypes, 'IMAGE/PJPEG', 'image/jpg; charset=binary']) {
    const type = typeOf(declared)
    const payload = images.get(type)!
    for (const body of [
      { headers: { 'content-type': declared }, payload },
      await makeForm([['file', payload, declared]])
    ])
      t.match((await send(body)).json(), { success: true, avatar_content_type: type }, declared)
    t.equal((await app.inject({ url, headers: bearer(token) })).headers['content-type'], type)
  }
  const headers = { 'content-type': 'multipart/form-data; boundary=x' }
  for (const [type, image] of images) {
    for (const declared of ['application/octet-stream', 'binary/octet-stream'])
      t.match((await send(await makeForm([['file', image, declared]]))).json(), { avatar_content_type: type }, declared)
    const bare = Buffer.concat([Buffer.from(`${part('file', '; filename="a.jfif"')}\r\n`), image, Buffer.from(END)])
    t.match((await send({ headers, payload: bare })).json(), { avatar_content_type: type }, 'no type at all')
  }
})
