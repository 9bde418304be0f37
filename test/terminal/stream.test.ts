import { createCipheriv, createHash } from 'node:crypto'
import t from 'tap'
import { Closed, doorOf, TerminalClient } from '../support/terminal-client.ts'
import { until } from '../support/waiting.ts'
import { breakNetwork, seeded } from './broken-network.ts'
import { PROMPT, type Served, serve } from './serve.ts'

const LENGTH = 100_000_000
const KEY = '000102030405060708090a0b0c0d0e0f'
const IV = '0f0e0d0c0b0a09080706050403020100'
const START = 'the-stream-begins'
const END = 'the-stream-has-ended'

// Bytes of every kind, the same each time: AES in counter mode over zeros. Raw, so that the PTY translates nothing.
const SCRIPT = `stty raw -echo
printf ${START}
head -c ${LENGTH} /dev/zero | openssl enc -aes-128-ctr -K ${KEY} -iv ${IV}
printf ${END}
exit 7
`

function expectedHash(): string {
  const cipher = createCipheriv('aes-128-ctr', Buffer.from(KEY, 'hex'), Buffer.from(IV, 'hex'))
  const hash = createHash('sha256')
  const zeros = Buffer.alloc(1_000_000)
  for (let left = LENGTH; left > 0; left -= zeros.length) hash.update(cipher.update(zeros))
  return hash.digest('hex')
}

/** Hashes what comes between the marks, as it comes. */
function createReceiver() {
  const hash = createHash('sha256')
  let begun = false
  let head: Buffer = Buffer.alloc(0)
  let tail: Buffer = Buffer.alloc(0)
  let length = 0
  return {
    take(bytes: Buffer): void {
      let rest = bytes
      if (!begun) {
        head = Buffer.concat([head, bytes])
        const index = head.indexOf(START)
        if (index === -1) return
        begun = true
        rest = head.subarray(index + START.length)
      }
      const inside = rest.subarray(0, Math.max(0, LENGTH - length))
      hash.update(inside)
      length += inside.length
      tail = Buffer.concat([tail, rest.subarray(inside.length)])
    },
    result: () => ({ length, hash: hash.digest('hex'), tail: tail.toString('latin1') })
  }
}

/** A terminal whose bytes go to `take`, at its prompt. */
async function openAt({ open }: Served, door: ReturnType<typeof doorOf>, take: (bytes: Buffer) => void) {
  let text = ''
  const show = (bytes: Buffer, taken: () => void) => {
    if (text.length < 4096) text += bytes
    take(bytes)
    taken()
  }
  const client = await open({ show }, door)
  await until(() => text.includes(PROMPT))
  return client
}

/** Whether it goes on. The network may break before there is an answer; what the daemon itself says is final. */
const goesOn = (client: TerminalClient): Promise<boolean> =>
  client.resume().then(
    () => true,
    (error) => {
      if (error instanceof Closed && error.code !== 1006) throw error
      return false
    }
  )

t.test('100 MB arrive byte for byte over a network that breaks every second', { timeout: 110_000 }, async (t) => {
  const served = await serve(t)
  const { daemon, token, script } = served
  // The bytes bound a connection too, so that there are ten cuts however fast the machine is.
  const cutting = { everyMs: 1000, everyBytes: 8_500_000, random: seeded(7) }
  const { url, cuts } = await breakNetwork(t, daemon.port, cutting)
  const receiver = createReceiver()
  const client = await openAt(served, doorOf(daemon.url, token, url), receiver.take)
  client.type(await script('stream.sh', SCRIPT))

  let resumes = 0
  for (;;) {
    const end = await client.waitForEnd(60_000)
    if (end.code === 1000) break
    t.equal(end.code, 1006, 'the connection broke')
    await until(() => goesOn(client))
    resumes++
  }
  const result = receiver.result()
  t.equal(result.length, LENGTH)
  t.equal(result.hash, expectedHash(), 'the bytes are the same')
  t.equal(result.tail, END, 'and nothing else was received')
  t.same(await client.waitForControl('exit'), { type: 'exit', code: 7, signal: null }, 'the exit came last')
  t.same([...new Set(client.jumps)], [0], 'no byte was lost or sent twice')
  t.ok(resumes >= 10, `resumed ${resumes} times`)
  t.ok(cuts.lost > 0, `${cuts.lost} bytes were under way at a cut`)
})

t.test('a client that resumes from a dropped position gets the position where the output goes on', async (t) => {
  const served = await serve(t)
  let bytes = Buffer.alloc(0)
  const { daemon, token } = served
  const client = await openAt(served, doorOf(daemon.url, token), (chunk) => {
    bytes = Buffer.concat([bytes, chunk])
  })
  client.type(await served.script('count.sh', 'seq 100000; echo done-$((1+1))\n'))
  await until(() => bytes.includes('done-2'))
  const whole = bytes
  bytes = Buffer.alloc(0)
  client.cut()
  await client.waitForEnd()
  const { position, replay_bytes: size } = await client.resume({ received: 0 })
  t.ok(Number(position) > 0 && Number(position) <= whole.length - Number(size) + 65_536, `goes on at ${position}`)
  await until(() => client.received >= whole.length)
  t.ok(bytes.equals(whole.subarray(Number(position))), 'what came again is what had come')
  t.ok(bytes.length >= 196_608, `${bytes.length} bytes were remembered`)
})

t.test('after a lost answer to a resume the previous token is still valid', async (t) => {
  const served = await serve(t)
  const client = await served.open()
  await client.waitFor(PROMPT)
  const { id, token, received } = client
  client.cut()
  const claim = { type: 'resume', id, token, received, cols: 80, rows: 24 }
  const lost = new TerminalClient(served.door)
  await lost.connect(claim)
  lost.cut()
  t.same(await client.resume().then(({ type, position }) => [type, position]), ['resumed', received])
  client.type('echo still-$((40+2))\r')
  await client.waitFor('still-42')

  const late = new TerminalClient(served.door)
  t.teardown(() => late.cut())
  await t.rejects(late.connect(claim), { code: 4004 }, 'not after the new one was seen')
  client.type('echo still-$((40+3))\r')
  await client.waitFor('still-43')
})
