import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import t from 'tap'
import { anonymous } from '../../lib/auth/authenticate.ts'
import { connect, openTerminal, serve } from '../support/terminals.ts'
import { passTime, quietFor } from '../support/waiting.ts'

t.test('a shell over terminal.v1 runs its input and returns its output and exit code', async (t) => {
  const { app, headers } = await serve(t)
  const client = await openTerminal(t, app, headers)
  t.match(client.opened, { position: 0, cols: 80, rows: 24, replay_bytes: 262144, resume_seconds: 60 })
  client.type('stty size; echo a-$((6 * 7))\n')
  await client.shows(/24 80/)
  await client.shows(/a-42/)
  client.say({ type: 'resize', cols: 100, rows: 30 })
  client.type('sleep 0.1; stty size\n')
  await client.shows(/30 100/)
  client.say({ type: 'ping' })
  await client.message('pong')
  client.type('exit 7\n')
  t.match(await client.message('exit'), { code: 7, signal: null })
  t.equal((await client.closed()).code, 1000)
  t.same(app.terminal.list({ principal: anonymous, session: null, userId: 1, username: '', address: '127.0.0.1' }), [])
})

t.test('all output comes before the exit, also to a slow client', async (t) => {
  const { app, headers } = await serve(t)
  const client = await connect(t, app, headers)
  client.say({ type: 'open', cols: 80, rows: 24 })
  await client.message('opened')
  client.type('stty -onlcr; exec seq 200000\n')
  await client.has(192 * 1024)
  // Longer than anything waits that could lose patience; the PTY stands still meanwhile.
  await quietFor(1500)
  t.equal(client.bytes().length, 192 * 1024, 'not a byte beyond what was agreed')
  t.notOk(client.messages.some(({ type }) => type === 'exit'))
  client.socket.on('message', () => client.say({ type: 'ack', received: client.bytes().length }))
  client.say({ type: 'ack', received: client.bytes().length })
  t.match(await client.message('exit'), { code: 0, signal: null })
  const expected = execFileSync('seq', ['200000'], { encoding: 'utf8', maxBuffer: 1e7 })
  t.ok(client.text().endsWith(expected.slice(4)), 'every line, in order')
})

t.test('the shell is a login shell in its own session, without the daemon’s environment', async (t) => {
  process.env.MONITOR_SETUP_CODE_OF_THIS_TEST = 'secret'
  t.teardown(() => delete process.env.MONITOR_SETUP_CODE_OF_THIS_TEST)
  const { app, headers } = await serve(t)
  const client = await openTerminal(t, app, headers)
  client.type("shopt login_shell; tr '\\0' '\\n' </proc/$$/environ; ps -o sid= -p $$; echo pid=$$; echo do''ne\n")
  await client.shows(/done/)
  const text = client.text()
  t.match(text, /login_shell\s+on/)
  for (const line of ['TERM=xterm-256color', 'COLORTERM=truecolor', 'PROXMENUX_TERMINAL=monitor'])
    t.match(text, `\n${line}\r\n`, line)
  t.match(text, `PROXMENUX_TERMINAL_ID=${client.opened.id}`)
  t.match(text, /\nLANG=\S*utf-?8\r\n/i)
  t.notMatch(text, /MONITOR_|NODE_|TAP_/)
  t.equal(/^\s*(\d+)\r$/m.exec(text)?.[1], /pid=(\d+)/.exec(text)?.[1], 'it leads its session')
})

t.test('invalid messages are answered and change nothing', async (t) => {
  const { app, headers } = await serve(t)
  const client = await openTerminal(t, app, headers)
  const hostile = [0, -1, 1001, 1e9, 1.5, '80', null, [80], { cols: 1 }]
  for (const cols of hostile) client.say({ type: 'resize', cols, rows: 24 })
  client.say({ type: 'format-disk' })
  client.say({ type: 'constructor' })
  client.say({ type: 'ack', received: -1 })
  client.say({})
  client.say({ type: 'ping' })
  await client.message('pong')
  t.equal(client.messages.filter(({ type, code }) => type === 'error' && code === 'VALIDATION').length, 13)
  for (let i = 0; i < 2000; i++) client.say({ type: 'resize', cols: 1 + (i % 500), rows: 50 })
  client.say({ type: 'resize', cols: 91, rows: 31 })
  client.type('sleep 0.2; stty size\n')
  await client.shows(/31 91/)
})

t.test('a protocol violation closes the connection with its code', async (t) => {
  const { app, headers } = await serve(t)
  const broken = async (send: (client: Awaited<ReturnType<typeof connect>>) => void) => {
    const client = await connect(t, app, headers)
    send(client)
    return (await client.closed()).code
  }
  t.equal(await broken(({ type }) => type('ls\n')), 1008, 'bytes before a terminal')
  t.equal(await broken(({ say }) => say({ type: 'ping' })), 1008)
  t.equal(await broken(({ say }) => say({ type: 'open', cols: 0, rows: 24 })), 1008)
  t.equal(await broken(({ socket }) => socket.send('ls\n')), 1003)
  t.equal(await broken(({ socket }) => socket.send('[1]')), 1003)
  t.equal(await broken(({ socket }) => socket.send('null')), 1003)
  t.equal(await broken(({ socket }) => socket.send(Buffer.alloc(1024 * 1024 + 1))), 1009)
  const size = { cols: 80, rows: 24 }
  t.equal(await broken(({ say }) => say({ type: 'open', target: 'lxc:1; reboot', ...size })), 4005)
  t.equal(await broken(({ say }) => say({ type: 'open', target: 'lxc:99', ...size })), 4005)
  const early = await openTerminal(t, app, headers)
  early.say({ type: 'ack', received: 1e9 })
  t.equal((await early.closed()).code, 1008)
  const twice = await openTerminal(t, app, headers)
  twice.say({ type: 'open', cols: 80, rows: 24 })
  t.equal((await twice.closed()).code, 1008)
})

t.test('without Proxmox VE a container is refused, with the reason', async (t) => {
  const { app, headers } = await serve(t)
  const client = await connect(t, app, headers)
  client.say({ type: 'open', cols: 80, rows: 24, target: 'lxc:101' })
  t.same(await client.closed(), {
    code: 4005,
    reason: 'containers need Proxmox VE; its program pct was not found on this host'
  })
  t.same(app.terminal.list({ principal: anonymous, session: null, userId: 1, username: '', address: '127.0.0.1' }), [])
})

t.test('Ctrl-C interrupts a flood of output', async (t) => {
  const { app, headers } = await serve(t)
  const client = await openTerminal(t, app, headers)
  client.type('yes\n')
  await client.has(500_000)
  client.type('\x03')
  client.type('echo still-$((1 + 1))\n')
  await client.shows(/still-2/)
})

t.test('a client that acknowledges without reading stops the PTY and costs no memory', async (t) => {
  const { app, headers } = await serve(t)
  const deaf = await openTerminal(t, app, headers)
  const other = await openTerminal(t, app, headers)
  deaf.type('echo pid=$$; exec yes\n')
  const pid = Number((await deaf.shows(/pid=(\d+)/))[1])
  await deaf.has(100_000)
  deaf.socket.pause()
  // Acknowledges what it cannot have seen: each position is right, or soon will be.
  for (let position = 0; position < 192 * 1024; position += 8192) deaf.say({ type: 'ack', received: position })
  const written = () => Number(/wchar: (\d+)/.exec(readFileSync(`/proc/${pid}/io`, 'utf8'))![1])
  let before = -1
  while (written() !== before) {
    before = written()
    await passTime(500)
  }
  t.ok(before < 64 * 1024 * 1024, 'it stands still')
  other.type('echo free-$((2 + 2))\n')
  await other.shows(/free-4/)
})
