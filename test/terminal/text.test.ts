import t from 'tap'
import { connect, openTerminal, serve } from '../support/terminals.ts'
import { until } from '../support/waiting.ts'

t.test('the Monitor’s text protocol: text to the shell and back, resize and ping as JSON', async (t) => {
  const { app, headers } = await serve(t)
  const client = await connect(t, app, headers, [])
  client.socket.send('stty size; echo ü-$((6 * 7))\n')
  await client.shows(/24 80/)
  await client.shows(/ü-42/)
  client.socket.send('{"type":"resize","cols":100,"rows":30}')
  client.socket.send('{"type":"ping"}')
  await client.message('pong')
  client.socket.send('sleep 0.1; stty size\n')
  await client.shows(/30 100/)
  client.socket.send('exit\n')
  t.equal((await client.closed()).code, 1000)
})

t.test('the query selects a container, and an invalid target is refused', async (t) => {
  const { app, headers } = await serve(t)
  const client = await connect(t, app, headers, [], {}, '&target=lxc:101')
  const end = await client.closed()
  t.equal(end.code, 4005)
  t.match(end.reason, 'containers need Proxmox VE')
  await t.rejects(connect(t, app, headers, [], {}, '&target=lxc:1;id'), { message: /400 .*VALIDATION/ })
})

t.test('JSON that only looks like a command is typed, in both protocols', async (t) => {
  const { app, headers } = await serve(t)
  const texts = ['{"type":"end"}', '{"type":"resize"} ', '[{"type":"ping"}]', '{"type":"ping"', '{"kind":"ping"}']
  const text = await connect(t, app, headers, [])
  text.socket.send('cat\n')
  for (const line of [texts[0]!, ...texts.slice(2)]) {
    text.socket.send(line)
    text.socket.send('\n')
    await text.shows(line)
  }
  text.socket.send('{"type":"resize","cols":0,"rows":-4}')
  text.socket.send('after\n')
  await text.shows('after')
  t.notMatch(text.text(), '"cols"', 'an invalid size is not typed either')
  const binary = await openTerminal(t, app, headers)
  binary.type('cat\n')
  for (const line of texts) {
    binary.type(`${line}\n`)
    await binary.shows(line.trim())
  }
  t.notOk(binary.messages.some(({ type }) => type === 'pong' || type === 'error'))
})

t.test('invalid UTF-8 becomes U+FFFD in text, and stays unchanged in binary', async (t) => {
  const { app, headers } = await serve(t)
  // The first half of ü waits for the second.
  const command = "printf '<\\303'; sleep 0.2; printf '\\274\\377>\\n'\n"
  const text = await connect(t, app, headers, [])
  text.socket.send(command)
  await text.shows('<ü\uFFFD>')
  const binary = await openTerminal(t, app, headers)
  binary.type(command)
  await binary.shows('<ü\uFFFD>')
  t.ok(binary.bytes().includes(Buffer.from([0x3c, 0xc3, 0xbc, 0xff, 0x3e])))
  binary.type('\xff')
  binary.socket.send(Buffer.from([0xff, 0xfe, 0x0a]))
  binary.type('echo on-$((1 + 1))\n')
  await binary.shows('on-2')
})

t.test('a paste of 10 MB arrives, also if it is read late', async (t) => {
  const { app, headers } = await serve(t)
  const size = 10 * 1024 * 1024
  const line = Buffer.from(`${'x'.repeat(63)}\n`)
  const paste = Buffer.alloc(size, line)
  for (const wait of ['', 'sleep 2; ']) {
    const client = await openTerminal(t, app, headers)
    client.type(`stty -echo raw; echo ready; ${wait}head -c ${size} | sha256sum; stty sane; echo do''ne\n`)
    await client.shows(/ready/)
    for (let sent = 0; sent < size; sent += 65536) client.socket.send(paste.subarray(sent, sent + 65536))
    await client.shows(/done/)
    const { createHash } = await import('node:crypto')
    t.match(client.text(), createHash('sha256').update(paste).digest('hex'), `${wait || 'at once'}: to the byte`)
  }
})

t.test('the shell ends with its text connection, however that ends', async (t) => {
  const { app, headers } = await serve(t)
  for (const end of ['close', 'terminate'] as const) {
    const client = await connect(t, app, headers, [])
    client.socket.send('echo pid=$$; trap "" HUP\n')
    const pid = Number((await client.shows(/pid=(\d+)/))[1])
    client.socket[end]()
    await until(() => !isThere(pid))
    t.pass(end)
  }
})

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
