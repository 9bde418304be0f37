import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { doorOf, TerminalClient } from '../support/terminal-client.ts'
import { breakNetwork, seeded } from '../terminal/broken-network.ts'
import { PROMPT, serve } from '../terminal/serve.ts'
import { startNetwork } from './network.ts'
import { createPageTerminal } from './page-terminal.ts'

const sha = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('hex')

t.test('every byte comes once over a network that breaks again and again', async (t) => {
  const { daemon, token, script } = await serve(t)
  const { url: socketUrl, cuts } = await breakNetwork(t, daemon.port, {
    everyMs: 60_000,
    everyBytes: 500_000,
    random: seeded(7)
  })
  const terminal = createPageTerminal(t, { url: daemon.url, socketUrl, token })
  await terminal.shows(PROMPT)
  terminal.client.input(
    await script('numbers', 'stty -echo -onlcr; echo begin; seq 1 400000; printf "the%s\\n" -end; exit 7\n')
  )
  await terminal.becomes('exited')
  await terminal.shows('the-end')
  t.same(terminal.client.state, { kind: 'exited', code: 7, signal: null })
  const text = terminal.text()
  const numbers = text.slice(text.indexOf('begin\n') + 6, text.lastIndexOf('the-end'))
  t.equal(sha(numbers), sha(`${Array.from({ length: 400_000 }, (_, i) => i + 1).join('\n')}\n`))
  t.ok(cuts.count >= 3, `${cuts.count} cuts`)
  t.ok(terminal.reconnections.length >= 3)
  t.same(
    new Set(terminal.reconnections.map(({ lostBytes }) => lostBytes)),
    new Set([0]),
    'and nothing is said to be lost'
  )
})

t.test('a paste of 3 MB waits for a program that reads slowly, and comes whole', async (t) => {
  const { daemon, token, folder, script } = await serve(t)
  const terminal = createPageTerminal(t, { url: daemon.url, token })
  await terminal.shows(PROMPT)
  const target = join(folder, 'pasted')
  const bytes = 3_000_000
  const text = Buffer.alloc(bytes, 'pasted words, ').toString()
  terminal.client.input(
    await script(
      'slow',
      `stty raw -echo; printf "re%s" ady-1; sleep 1; head -c ${bytes} >${target}; stty sane; printf "do%s" ne-1`
    )
  )
  await terminal.shows('ready-1')
  terminal.client.input(text)
  t.match(terminal.client.paste, { bytes })
  await terminal.shows('done-1')
  t.equal(sha(await readFile(target)), sha(text))
  t.equal(terminal.client.paste, null)
})

t.test('Ctrl+C lets the rest of a paste go, and ends what the program was told had begun', async (t) => {
  const { daemon, token, folder, script } = await serve(t)
  const terminal = createPageTerminal(t, { url: daemon.url, token })
  await terminal.shows(PROMPT)
  const target = join(folder, 'pasted')
  const readUntilInterrupt = `perl -e 'while (sysread STDIN, $b, 65536) { print $b; last if $b =~ /\\x03/ }' >${target}`
  const wait = 'printf "re%s" ady-2; read -r -n 1 go <>/dev/tty'
  terminal.client.input(
    await script('late', `stty raw -echo; ${wait}; sleep 1; ${readUntilInterrupt}; stty sane; printf "do%s" ne-2`)
  )
  await terminal.shows('ready-2')
  terminal.client.input('g')
  terminal.client.input(`\x1b[200~${'x'.repeat(4_000_000)}\x1b[201~`)
  await terminal.until('a paste that is held', () => (terminal.client.paste?.sent ?? 0) > 900_000)
  terminal.client.input('\x03')
  t.equal(terminal.client.paste, null)
  await terminal.shows('done-2')
  const pasted = await readFile(target, 'latin1')
  t.ok(pasted.length < 3_000_000, `${pasted.length} bytes came`)
  t.match(pasted.slice(-10), 'x\x1b[201~\x03')
})

t.test('taken over by another tab, and taken back: nothing is shown twice or missing', async (t) => {
  const { daemon, token } = await serve(t)
  const way = { url: daemon.url, token }
  const first = createPageTerminal(t, way)
  await first.shows(PROMPT)
  first.client.input('echo one-$((1+1))\r')
  await first.shows('one-2')
  await first.shows(PROMPT)
  const second = createPageTerminal(t, way, { kind: 'resume', id: first.client.id })
  await second.shows('one-2')
  await first.becomes('taken')
  second.client.input('echo two-$((1+1))\r')
  await second.shows('two-2')
  await second.shows(PROMPT)
  first.client.input('echo nothing\r')
  first.client.retry()
  await first.shows('two-2')
  await second.becomes('taken')
  first.client.input('echo three-$((1+2))\r')
  await first.shows('three-3')
  t.equal(first.text().split('one-2').length, 2)
  t.equal(first.text().split('two-2').length, 2)
  t.notMatch(first.text(), 'nothing', 'what was typed into a terminal that is elsewhere goes nowhere')
  t.same(first.reconnections, [{ lostBytes: 0, isFresh: false, isPasteCut: false }])
  t.match(second.reconnections, [{ lostBytes: 0, isFresh: true }])
})

t.test('what a program asked in the past is not answered again', async (t) => {
  const { daemon, token } = await serve(t)
  const way = { url: daemon.url, token }
  const first = createPageTerminal(t, way)
  await first.shows(PROMPT)
  first.client.input('stty -echo; printf "\\033[6n"; read -r -d R answer; printf "got %q\\n" "$answer"\r')
  await first.shows("got $'\\E[7;7'")
  await first.shows(PROMPT)
  first.client.flush()
  const second = createPageTerminal(t, way, { kind: 'resume', id: first.client.id })
  await second.shows('got ')
  await second.shows(PROMPT)
  second.client.input('read -t 1 -r rest; printf "rest %q." "$rest"\r')
  await second.shows("rest ''.")
})

t.test('lost while another tab takes it over: it is there, and not gone', async (t) => {
  const { daemon, token } = await serve(t)
  const network = await startNetwork(t, daemon.port)
  const first = createPageTerminal(t, { url: daemon.url, socketUrl: network.url, token })
  await first.shows(PROMPT)
  network.cut()
  await first.becomes('lost')
  const second = createPageTerminal(t, { url: daemon.url, token }, { kind: 'resume', id: first.client.id })
  await second.shows(PROMPT)
  network.mend()
  await first.becomes('taken')
})

t.test('a watcher follows size and output, and types nothing', async (t) => {
  const { daemon, token } = await serve(t)
  const way = { url: daemon.url, token }
  const first = createPageTerminal(t, way)
  await first.shows(PROMPT)
  const watcher = createPageTerminal(t, way, { kind: 'watch', id: first.client.id })
  await watcher.shows(PROMPT)
  watcher.client.input('echo typed-by-a-watcher\r')
  first.resize(101, 31)
  await watcher.until('a size', () => watcher.followed.at(-1)?.join() === '101,31')
  first.client.input('echo $((6*7)) $COLUMNS; exit 3\r')
  await watcher.shows('42 101')
  await watcher.becomes('exited')
  t.notMatch(first.text(), 'typed-by-a-watcher')
  await first.becomes('exited')
  t.match(first.client.state, { code: 3 })
})

t.test('it says why there is no terminal', async (t) => {
  const { daemon, token, open } = await serve(t)
  const way = { url: daemon.url, token }
  const gone = createPageTerminal(t, way, { kind: 'resume', id: 'no-such-terminal' })
  await gone.becomes('ended')
  t.match(gone.client.state, { why: 'gone' })
  const target = createPageTerminal(t, way, { kind: 'open', target: 'lxc:1' })
  await target.becomes('ended')
  t.match(target.client.state, { why: 'target', detail: /the target must be/ })
  const refused = createPageTerminal(t, { ...way, token: 'none' })
  await refused.becomes('ended')
  t.match(refused.client.state, { why: 'refused', error: /401/ })
  const closed = createPageTerminal(t, { ...way, socketUrl: 'http://127.0.0.1:9' })
  await closed.becomes('ended')
  t.match(closed.client.state, { why: 'no-socket' })
  for (let i = 0; i < 4; i++) await open()
  const fifth = createPageTerminal(t, way)
  await fifth.becomes('ended')
  t.match(fifth.client.state, { why: 'limit' })
})

t.test('ended from elsewhere, and with the daemon', async (t) => {
  const { daemon, token } = await serve(t)
  const way = { url: daemon.url, token }
  const first = createPageTerminal(t, way)
  const second = createPageTerminal(t, way)
  await first.shows(PROMPT)
  await second.shows(PROMPT)
  const reply = await fetch(`${daemon.url}/api/terminal/sessions/${first.client.id}`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${token}` }
  })
  t.equal(reply.status, 200)
  await first.becomes('ended')
  t.match(first.client.state, { why: 'ended' })
  daemon.signal('SIGTERM')
  await second.becomes('ended')
  t.match(second.client.state, { why: 'shutdown' })
})

t.test('leaving keeps the shell, ending does not', async (t) => {
  const { daemon, token } = await serve(t)
  const way = { url: daemon.url, token }
  const first = createPageTerminal(t, way)
  await first.shows(PROMPT)
  const { id } = first.client
  first.client.leave()
  const again = new TerminalClient(doorOf(daemon.url, token))
  t.teardown(() => again.cut())
  await again.takeOver(id)
  await again.waitFor(PROMPT)
  const back = createPageTerminal(t, way, { kind: 'resume', id })
  await back.shows(PROMPT)
  t.ok(back.client.end())
  await back.becomes('ended')
  await t.rejects(again.takeOver(id), /closed with 4004/)
})
