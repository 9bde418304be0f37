import t from 'tap'
import { temporaryFolder } from '../support/app.ts'
import { envelopeFault, exchange, startDaemon, statusesOf } from './harness.ts'

// Time-outs of slow clients take a while.
t.setTimeout(300_000)

const HEAD = 'Host: localhost\r\n'
const status = `GET /api/auth/status HTTP/1.1\r\n${HEAD}\r\n`

const last = `GET /api/auth/status HTTP/1.1\r\n${HEAD}Connection: close\r\n\r\n`
const stillAnswers = async (port: number) => statusesOf((await exchange(port, [last], 10_000)).text)

/** Whether a text ends as a JSON answer does. */
const isAnswer = (text: string) => text.endsWith('}')

/** Header and body of the only answer in a text. */
function only(text: string): { head: string; body: string } {
  const end = text.indexOf('\r\n\r\n')
  return { head: text.slice(0, end).toLowerCase(), body: text.slice(end + 4) }
}

/** What is wrong with the one failure in a text, or null. */
function faultOf(text: string, expected: number): string | null {
  if (statusesOf(text).join() !== String(expected)) return `answers ${statusesOf(text)}: ${text.slice(0, 200)}`
  const { head, body } = only(text)
  if (!new RegExp(`\r\ncontent-length: ${Buffer.byteLength(body, 'latin1')}(\r\n|$)`).test(head))
    return `length: ${head}`
  return envelopeFault(/content-type: (.*)/.exec(head)?.[1], body)
}

t.test('malformed HTTP is answered 400 with the envelope, and the connection is closed', async (t) => {
  const { port } = await startDaemon(t, await temporaryFolder(t))
  for (const [name, bytes] of Object.entries({
    'a TLS hello': Buffer.from('16030100c8010000c40303000102030405060708090a0b0c0d0e0f1011121314', 'hex'),
    'an SSH client': 'SSH-2.0-OpenSSH_9.9\r\n',
    'HTTP/2': 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    zeros: Buffer.alloc(100),
    'random bytes': Buffer.from('8f3c9d0a6e5b417c', 'hex'),
    'an unknown method': `BREW /pot HTTP/1.1\r\n${HEAD}\r\n`,
    'an unknown version': `GET / HTTP/9.9\r\n${HEAD}\r\n`,
    'a NUL in a header': `GET / HTTP/1.1\r\n${HEAD}X: a\0b\r\n\r\n`,
    'a header without a colon': `GET / HTTP/1.1\r\n${HEAD}X\r\n\r\n`,
    'a space in a header name': `GET / HTTP/1.1\r\n${HEAD}X y: 1\r\n\r\n`,
    'a path with a space': `GET /a b HTTP/1.1\r\n${HEAD}\r\n`
  })) {
    const { text, closedAfter } = await exchange(port, [bytes], 20_000)
    t.equal(faultOf(text, 400), null, name)
    t.not(closedAfter, null, `${name}: closed`)
  }
  t.same(await stillAnswers(port), [200], 'and it still answers')
})

t.test('headers, targets and bodies over their limits are refused with the envelope', async (t) => {
  const { port } = await startDaemon(t, await temporaryFolder(t))
  const big = 'x'.repeat(20_000)
  const post = `POST /api/auth/login HTTP/1.1\r\n${HEAD}Content-Type: application/json\r\n`
  const chunks = `4000\r\n${'x'.repeat(0x4000)}\r\n`.repeat(5)
  for (const [name, bytes, expected] of [
    ['one header too long', `GET /api/auth/status HTTP/1.1\r\n${HEAD}X: ${big}\r\n\r\n`, 431],
    ['headers too many', `GET /api/auth/status HTTP/1.1\r\n${HEAD}${'X: y\r\n'.repeat(5000)}\r\n`, 431],
    ['a target too long', `GET /${big} HTTP/1.1\r\n${HEAD}\r\n`, 431],
    ['a token too long', `GET /api/system HTTP/1.1\r\n${HEAD}Authorization: Bearer ${big}\r\n\r\n`, 431],
    ['a body said to be large', `${post}Content-Length: 70000\r\n\r\n${'x'.repeat(70_000)}`, 413],
    ['a body said to be larger than all disks', `${post}Content-Length: 9007199254740991\r\n\r\nx`, 413],
    ['a body that does not say so', `${post}Transfer-Encoding: chunked\r\n\r\n${chunks}0\r\n\r\n`, 413]
  ] as const) {
    t.equal(faultOf((await exchange(port, [bytes], 20_000, isAnswer)).text, expected), null, name)
  }
  t.same(await stillAnswers(port), [200], 'and it still answers')
})

t.test('two pipelined requests get two answers, in order', async (t) => {
  const { port } = await startDaemon(t, await temporaryFolder(t))
  const { text } = await exchange(port, [status + last.replace('/api/auth/status', '/api/no-such-thing')], 20_000)
  t.same(statusesOf(text), [200, 403])
})

t.test('a request with an ambiguous length is never read as two', async (t) => {
  const { port } = await startDaemon(t, await temporaryFolder(t))
  const inner = `GET /api/system-info HTTP/1.1\r\n${HEAD}\r\n`
  const chunked = `0\r\n\r\n${inner}`
  const post = `POST /api/auth/status HTTP/1.1\r\n${HEAD}Content-Type: application/json\r\n`
  for (const [name, bytes] of Object.entries({
    'length and chunks': `${post}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n${chunked}`,
    'chunks and length': `${post}Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n${chunked}`,
    'chunks in a second spelling': `${post}Content-Length: 4\r\nTransfer-Encoding: xchunked\r\n\r\n${chunked}`,
    'chunks, then identity': `${post}Transfer-Encoding: chunked, identity\r\n\r\n${chunked}`,
    'chunks twice': `${post}Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n${chunked}`,
    'a space before the colon': `${post}Content-Length: 4\r\nTransfer-Encoding : chunked\r\n\r\n${chunked}`,
    'a tab before chunked': `${post}Content-Length: 4\r\nTransfer-Encoding:\tchunked\r\n\r\n${chunked}`,
    'a vertical tab before chunked': `${post}Content-Length: 4\r\nTransfer-Encoding: \x0bchunked\r\n\r\n${chunked}`,
    'two lengths': `${post}Content-Length: 0\r\nContent-Length: ${inner.length}\r\n\r\n${inner}`,
    'the same length twice': `${post}Content-Length: 0\r\nContent-Length: 0\r\n\r\n${inner}`,
    'a list of lengths': `${post}Content-Length: 0, ${inner.length}\r\n\r\n${inner}`,
    'a length with a sign': `${post}Content-Length: +0\r\n\r\n${inner}`,
    'a length in hex': `${post}Content-Length: 0x0\r\n\r\n${inner}`,
    'a length below nothing': `${post}Content-Length: -1\r\n\r\n${inner}`,
    'a length of two words': `${post}Content-Length: 0 0\r\n\r\n${inner}`,
    'a folded length': `${post}X: y\r\n Content-Length: 0\r\n\r\n${inner}`.replace(
      'Content-Type',
      'Content-Length: 200\r\nX'
    ),
    'a folded encoding': `${post}Content-Length: 4\r\nTransfer-Encoding:\r\n chunked\r\n\r\n${chunked}`,
    'a fold before any header': `POST /api/auth/status HTTP/1.1\r\n Host: x\r\n${HEAD}\r\n${inner}`,
    'bare line feeds': `${post}Content-Length: 4\r\nX: y\nTransfer-Encoding: chunked\r\n\r\n${chunked}`,
    'bare line feeds at the end': `${post}Content-Length: 4\n\n${chunked}`,
    'bare carriage returns': `${post}X: y\rTransfer-Encoding: chunked\r\n\r\n${chunked}`,
    'a chunk size in hex': `${post}Transfer-Encoding: chunked\r\n\r\n0x0\r\n\r\n${inner}`,
    'a chunk size beyond 64 bits': `${post}Transfer-Encoding: chunked\r\n\r\n10000000000000000\r\n\r\n${inner}`,
    'a chunk size with a line feed': `${post}Transfer-Encoding: chunked\r\n\r\n0;\n\r\n${inner}`,
    'a chunk that is longer than it says': `${post}Transfer-Encoding: chunked\r\n\r\n1\r\nxx0\r\n\r\n${inner}`
  })) {
    const { text } = await exchange(port, [bytes], 400)
    t.ok(statusesOf(text).length <= 1, `${name}: ${statusesOf(text)}`)
    t.notMatch(text, /"hostname"/, `${name}: the inner request was not run`)
  }
  t.same(await stillAnswers(port), [200], 'and it still answers')
})

t.test('a client that never finishes its request is disconnected and delays no other client', async (t) => {
  t.setTimeout(300_000)
  const { port } = await startDaemon(t, await temporaryFolder(t))
  const half = `GET /api/auth/status HTTP/1.1\r\n${HEAD}X: `
  const slowly = async () => {
    // One byte a second: the time counts from the first byte, whatever comes after it.
    const { connect } = await import('node:net')
    const socket = connect(port, '127.0.0.1').on('error', () => {})
    const started = performance.now()
    socket.write(half)
    const timer = setInterval(() => socket.write('x'), 1000)
    await new Promise((done) => socket.resume().once('close', done))
    clearInterval(timer)
    return performance.now() - started
  }
  const body = `POST /api/auth/login HTTP/1.1\r\n${HEAD}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{`
  const many = Array.from({ length: 300 }, () => exchange(port, [half], 20_000))
  const [headers, slow, unfinished, ...crowd] = await Promise.all([
    exchange(port, [half], 20_000),
    slowly(),
    exchange(port, [body], 40_000),
    ...many,
    exchange(port, [last], 20_000).then(({ text }) => {
      t.same(statusesOf(text), [200], 'other clients are served meanwhile')
      return { text: '', closedAfter: 0 }
    })
  ])
  t.equal(faultOf(headers.text, 408), null)
  t.ok(headers.closedAfter !== null && headers.closedAfter < 17_000, `headers: closed after ${headers.closedAfter} ms`)
  t.ok(slow < 17_000, `one byte a second: closed after ${slow} ms`)
  t.ok(unfinished.closedAfter !== null && unfinished.closedAfter < 37_000, `body: ${unfinished.closedAfter} ms`)
  t.ok(crowd.every(({ closedAfter }) => closedAfter !== null))
})
