import { createHash, randomBytes } from 'node:crypto'
import t from 'tap'
import { bearer } from '../support/app.ts'
import { type Control, endTerminal, TerminalClient } from '../support/terminal-client.ts'
import { passTime, until } from '../support/waiting.ts'
import { openAtPrompt, PROMPT, type Served, serve } from './serve.ts'

const MIB = 1_048_576

/** A script that makes the terminal pass every byte on as it is, says so, and leaves it as it was. */
const rawly = (commands: string) => `stty raw -echo\nprintf 'now-%s' raw\n${commands}\nstty sane\n`

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

/** The size as the kernel has it: "rows cols". */
async function sizeOf(client: TerminalClient): Promise<string> {
  client.type('echo "size=$(stty size)."\r')
  return (await client.waitFor(/size=\d+ \d+\./)).match(/size=(\d+ \d+)/)![1]!
}

/** What the server answers to a control message that cannot be followed. */
async function refusalOf(client: TerminalClient, text: string): Promise<Control> {
  client.sendText(text)
  return client.waitForControl('error')
}

async function paste(client: TerminalClient, bytes: Buffer, size: number): Promise<void> {
  for (let at = 0; at < bytes.length; at += size) client.type(bytes.subarray(at, at + size))
}

t.test('JSON that looks like a command is typed into the shell, not executed', async (t) => {
  const client = await openAtPrompt(await serve(t))
  // What is typed before the shell has handed the terminal over is read raw, and its return makes no line.
  client.type("printf 'now-%s' cat; cat\r")
  await client.waitFor('now-cat')
  for (const text of ['{"type":"resize","cols":10,"rows":10}', '{"type":"end"}', '{"type":"ack","received":9e15}']) {
    client.type(`${text}\r`)
    await client.waitFor(`${text}\r\n${text}\r\n`)
  }
  client.type('\x04')
  await client.waitFor(PROMPT)
  t.equal(await sizeOf(client), '24 80')
})

t.test('a paste of 10 MB arrives complete', async (t) => {
  const served = await serve(t)
  const client = await openAtPrompt(served)
  const bytes = randomBytes(10_000_000)
  client.type(await served.script('hash.sh', rawly(`head -c ${bytes.length} | sha256sum`)))
  await client.waitFor('now-raw')
  // The largest message that is taken, and a last one that is smaller.
  await paste(client, bytes, MIB)
  t.match(await client.waitFor(/[0-9a-f]{64} /), sha256(bytes))
})

t.test('every byte is transferred in both directions, UTF-8 or not', async (t) => {
  const served = await serve(t)
  let received = Buffer.alloc(0)
  const client = await served.open({
    show: (bytes, taken) => {
      received = Buffer.concat([received, bytes])
      taken()
    }
  })
  await until(() => received.includes(PROMPT))
  const bytes = Buffer.from(Array.from({ length: 512 }, (_, i) => (i < 256 ? i : 255 - (i % 256))))
  client.type(await served.script('echo.sh', rawly(`head -c ${bytes.length}`)))
  await until(() => received.includes('now-raw'))
  for (const byte of bytes) client.type(Buffer.from([byte]))
  const begin = received.indexOf('now-raw') + 'now-raw'.length
  await until(() => received.length >= begin + bytes.length)
  t.ok(received.subarray(begin, begin + bytes.length).equals(bytes))
})

t.test('an invalid size is refused, and a thousand sizes a second are followed', async (t) => {
  const client = await openAtPrompt(await serve(t))
  const bad = ['0', '-1', '1001', '1e9', '1e400', '1.5', '"80"', 'null', 'true', '[80]', '{}']
  for (const value of bad) {
    const error = await refusalOf(client, `{"type":"resize","cols":${value},"rows":24}`)
    t.match(error, { code: 'VALIDATION', message: String }, `cols ${value}`)
    t.match(await refusalOf(client, `{"type":"resize","cols":80,"rows":${value}}`), { code: 'VALIDATION' })
  }
  t.match(await refusalOf(client, '{"type":"resize"}'), { code: 'VALIDATION' })
  t.equal(await sizeOf(client), '24 80')
  for (let i = 0; i < 1000; i++) {
    client.resize(1 + (i % 1000), 1 + ((i * 7) % 1000))
    if (i % 10 === 0) await passTime(10)
  }
  client.resize(1000, 1000)
  // The kernel is told of the last one, if not of each.
  let size = ''
  for (let tries = 0; tries < 20 && size !== '1000 1000'; tries++) size = await sizeOf(client)
  t.equal(size, '1000 1000')
})

t.test('an unknown or invalid control message is answered, and the terminal goes on', async (t) => {
  const client = await openAtPrompt(await serve(t))
  const wrong = [
    {},
    { type: 'format' },
    { type: '__proto__' },
    { type: 7 },
    { type: 'ack' },
    { type: 'ack', received: -1 }
  ]
  for (const control of wrong) {
    t.match(await refusalOf(client, JSON.stringify(control)), { code: 'VALIDATION' }, JSON.stringify(control))
  }
  client.sendControl({ type: 'ping', more: 'than needed' })
  await client.waitForControl('pong')
  client.type('echo on-$((1+1))\r')
  await client.waitFor('on-2')
})

t.test('a protocol violation closes the connection with its code, and the terminal can be resumed', async (t) => {
  const served = await serve(t)
  const breaking: [name: string, code: number, how: (client: TerminalClient) => void][] = [
    [
      'an acknowledgement of what was never sent',
      1008,
      ({ sendControl }) => sendControl({ type: 'ack', received: 1e9 })
    ],
    ['no JSON', 1003, ({ sendText }) => sendText('resize 80 24')],
    ['JSON, but no object', 1003, ({ sendText }) => sendText('[{"type":"ping"}]')],
    ['null', 1003, ({ sendText }) => sendText('null')],
    ['a second open', 1008, ({ sendControl }) => sendControl({ type: 'open', cols: 80, rows: 24 })],
    ['more than 1 MiB typed', 1009, ({ type }) => type(Buffer.alloc(MIB + 1, 'x'))],
    ['more than 1 MiB of control', 1009, ({ sendText }) => sendText(`{"type":"ping","x":"${'x'.repeat(MIB)}"}`)]
  ]
  for (const [name, code, how] of breaking) {
    const client = await openAtPrompt(served)
    how(client)
    const end = await client.waitForEnd()
    t.equal(end.code, code, name)
    if (code === 1008) t.not(end.reason, '', 'and says why')
    // Where `ws` itself found the fault, the connection is gone a moment later.
    await until(async () => !(await listOf(served))[0]!.attached)
    await client.resume()
    client.type('echo on-$((1+1))\r')
    await client.waitFor('on-2')
    const watcher = new TerminalClient(served.door)
    t.teardown(() => watcher.cut())
    await watcher.watch(client.id)
    if (code === 1003) {
      how(watcher)
      await watcher.waitForEnd()
    } else watcher.close(1001)
    await until(async () => (await listOf(served))[0]!.watchers === 0)
    await endTerminal(client)
  }
})

t.test('a client that floods requests and reads no answer is disconnected, and memory stays bounded', async (t) => {
  const served = await serve(t)
  const client = await openAtPrompt(served)
  client.stopReading()
  // Each is answered by some 100 bytes: more than the sockets' own buffers take.
  let isCut = false
  for (let i = 0; i < 400 && !isCut; i++) {
    for (let j = 0; j < 1000; j++) client.sendText('{"type":"resize"}')
    isCut = !(await listOf(served))[0]!.attached
  }
  t.ok(isCut, 'before 40 MB of answers')
  client.cut()
  await client.resume()
  client.type('echo on-$((1+1))\r')
  await client.waitFor('on-2')
})

async function listOf({ daemon, token }: Served) {
  const reply = await fetch(`${daemon.url}/api/terminal/sessions`, { headers: bearer(token) })
  return ((await reply.json()) as { sessions: { id: string; attached: boolean; watchers: number }[] }).sessions
}

t.test('the first message must open a terminal, within 10 s', async (t) => {
  const { door } = await serve(t)
  const refused = async (first: object, code: number) => {
    const client = new TerminalClient(door)
    t.teardown(() => client.cut())
    await t.rejects(client.connect(first), { code }, JSON.stringify(first))
  }
  await Promise.all([
    refused({ type: 'ping' }, 1008),
    refused({ type: 'ack', received: 0 }, 1008),
    refused({ type: 'resize', cols: 80, rows: 24 }, 1008),
    refused({ type: 'resume', id: 'none', token: 'none', received: 0, cols: 80, rows: 24 }, 4004),
    refused({ type: 'resume', id: '../../etc', cols: 80, rows: 24 }, 4004),
    refused({ type: 'watch', id: 'none' }, 4004),
    refused({ type: 'open', cols: 80, rows: 24, target: 'lxc:100;id' }, 4005)
  ])
})
