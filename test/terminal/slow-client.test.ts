import { createHash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import t, { type Test } from 'tap'
import { endTerminal } from '../support/terminal-client.ts'
import { passTime, until } from '../support/waiting.ts'
import { openAtPrompt, PROMPT, serve } from './serve.ts'

const WINDOW = 196_608
const MAX_GROWTH_MB = 30

const residentMb = (pid: number) =>
  Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024

/** Asks the daemon for something else ten times a second; how often it answered, and its largest size meanwhile. */
async function observe(daemon: { url: string; pid: number }, forMs: number) {
  let answers = 0
  let mb = 0
  for (const end = performance.now() + forMs; performance.now() < end; await passTime(100)) {
    if ((await fetch(`${daemon.url}/api/auth/status`)).status === 200) answers++
    mb = Math.max(mb, residentMb(daemon.pid))
  }
  return { answers, mb }
}

/** A daemon that has had a flooding terminal before, so that what it grows by then is not counted. */
async function serveWarm(t: Test) {
  const served = await serve(t)
  const client = await openAtPrompt(served)
  client.type('yes | head -c 20000000\r')
  await client.waitFor(PROMPT, 60_000)
  await endTerminal(client)
  return { ...served, before: residentMb(served.daemon.pid) }
}

t.test('a client that does not read costs no memory and delays no other client', async (t) => {
  const served = await serveWarm(t)
  const client = await openAtPrompt(served)
  client.type('yes\r')
  client.stopReading()
  const { answers, mb } = await observe(served.daemon, 5000)
  t.ok(mb - served.before < MAX_GROWTH_MB, `${served.before} MB before, at most ${mb} MB`)
  t.ok(answers >= 10, `${answers} other requests were answered`)
  client.type('\x03')
  client.goOnReading()
  await client.waitFor(PROMPT)
})

t.test('a client that does not acknowledge gets 192 KiB, and the rest after it does', async (t) => {
  const served = await serveWarm(t)
  const client = await served.open({ acknowledge: false })
  await client.waitFor(PROMPT)
  client.type('yes\r')
  const { answers, mb } = await observe(served.daemon, 3000)
  t.ok(mb - served.before < MAX_GROWTH_MB, `${served.before} MB before, at most ${mb} MB`)
  t.ok(answers >= 10, `${answers} other requests were answered`)
  t.ok(client.received <= WINDOW, `${client.received} bytes were sent`)
  t.ok(client.received > WINDOW / 2, 'and not much fewer')
  for (let i = 0; i < 5; i++) {
    const { received } = client
    client.sendControl({ type: 'ack', received })
    await until(() => client.received >= received + WINDOW / 2)
    t.ok(client.received <= received + WINDOW, 'again no more than is allowed')
  }
  client.type('\x03')
  client.sendControl({ type: 'ack', received: client.received })
  await client.waitFor(PROMPT)
})

t.test('a program that floods without a client is paused, and its output is complete after a resume', async (t) => {
  const served = await serveWarm(t)
  const client = await openAtPrompt(served)
  client.type('seq 1000000; echo done-$((1+1))\r')
  await client.waitFor('1\r\n2\r\n3\r\n')
  client.cut()
  const { mb } = await observe(served.daemon, 3000)
  t.ok(mb - served.before < MAX_GROWTH_MB, `${served.before} MB before, at most ${mb} MB`)
  await client.resume()
  await client.waitFor('\r\n1000000\r\ndone-2', 60_000)
  t.same(client.jumps, [0, 0])
})

t.test('a paste for a program that does not read waits at its sender', async (t) => {
  const served = await serveWarm(t)
  const client = await openAtPrompt(served)
  const bytes = randomBytes(48_000_000)
  const waiting = `stty raw -echo; printf now-%s raw; sleep 4; head -c ${bytes.length} | sha256sum; stty sane\n`
  client.type(await served.script('late.sh', waiting))
  await client.waitFor('now-raw')
  const pasted = client.paste(bytes)
  const { answers, mb } = await observe(served.daemon, 3000)
  t.ok(mb - served.before < MAX_GROWTH_MB, `${served.before} MB before, at most ${mb} MB`)
  t.ok(answers >= 10, `${answers} other requests were answered`)
  await pasted
  const expected = createHash('sha256').update(bytes).digest('hex')
  t.match(await client.waitFor(/[0-9a-f]{64} /, 60_000), expected)
})

t.test('output, control messages and the end work while a paste waits; input over the limit is refused', async (t) => {
  const served = await serve(t)
  const client = await openAtPrompt(served)
  // Raw: in canonical mode the kernel throws away what goes beyond a line of 4,095 bytes, and nothing waits.
  client.type('stty raw -echo; yes\r')
  await client.waitFor('y\ny\n')
  for (let i = 0; i < 3; i++) client.type(Buffer.alloc(1_000_000, 'paste '))
  t.match(await client.waitForControl('input'), { full: true })
  const { received } = client
  await until(() => client.received >= received + 4 * WINDOW)
  client.sendControl({ type: 'ping' })
  await client.waitForControl('pong')
  client.cut()
  await client.resume()
  t.match(await client.waitForControl('input'), { full: true }, 'who comes back is told')
  for (let i = 0; i < 20; i++) client.type(Buffer.alloc(1_000_000, 'paste '))
  t.match(await client.waitForEnd(), { code: 1008 })
  await client.resume()
  await endTerminal(client)
})
