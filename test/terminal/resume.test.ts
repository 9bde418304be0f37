import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import t from 'tap'
import { openSession } from '../support/sessions.ts'
import { connect, openTerminal, serve } from '../support/terminals.ts'
import { until } from '../support/waiting.ts'

const SIZE = { cols: 80, rows: 24 }
const unknown = { code: 4004, reason: 'no such terminal, or the resume token is wrong' }

t.test('a stream that is interrupted repeatedly arrives byte for byte', async (t) => {
  const { app, headers } = await serve(t)
  const first = await openTerminal(t, app, headers)
  const { id } = first.opened
  let token = first.opened.token as string
  first.type('stty -echo -onlcr; echo; echo be""gin; seq 300000; echo e""nd; sleep 600\n')
  await first.shows(/begin/)
  first.socket.terminate()
  let received = first.bytes()

  for (let round = 0; !received.includes('end\n'); round++) {
    const client = await connect(t, app, headers)
    client.socket.on('message', (_data, isBinary) => {
      if (isBinary) client.say({ type: 'ack', received: received.length + client.bytes().length })
    })
    client.say({ type: 'resume', id, token, received: received.length, ...SIZE })
    const resumed = await client.message('resumed')
    t.equal(resumed.position, received.length, `round ${round}`)
    t.not(resumed.token, token, 'the token is a new one')
    token = resumed.token as string
    await Promise.race([client.has(300_000 + round * 10_000), client.shows(/end\n/)])
    client.socket.terminate()
    received = Buffer.concat([received, client.bytes()])
  }
  const numbers = received.subarray(received.indexOf('begin\n') + 6, received.lastIndexOf('end\n'))
  const expected = Array.from({ length: 300_000 }, (_, i) => `${i + 1}\n`).join('')
  const hash = (data: string | Buffer) => createHash('sha256').update(data).digest('hex')
  t.equal(hash(numbers), hash(expected))
})

t.test('a resume with a wrong or used token, or of an unknown terminal, is 4004', async (t) => {
  const { app, headers } = await serve(t)
  const first = await openTerminal(t, app, headers)
  const { id, token } = first.opened
  const attempt = async (message: object) => {
    const client = await connect(t, app, headers)
    client.say({ type: 'resume', ...SIZE, ...message })
    return client
  }
  t.same(await (await attempt({ id, token: 'x'.repeat(43), received: 0 })).closed(), unknown)
  t.same(await (await attempt({ id: 'nothing', token, received: 0 })).closed(), unknown)
  t.equal((await (await attempt({ id, token, received: 1e9 })).closed()).code, 1008)
  // Its answer is lost on the way: the token is good still.
  const lost = await attempt({ id, token, received: 0 })
  await lost.message('resumed')
  const good = await attempt({ id, token, received: 0 })
  await good.message('resumed')
  good.say({ type: 'ping' })
  await good.message('pong')
  t.same(await (await attempt({ id, token, received: 0 })).closed(), unknown)
  good.type('echo on-$((1 + 1))\n')
  await good.shows(/on-2/)
})

t.test('after an exit without a client, a resume gets the rest of the output and the exit code', async (t) => {
  const { app, headers } = await serve(t)
  const first = await openTerminal(t, app, headers)
  const { id, token } = first.opened
  first.type('echo pid=$$.; sleep 0.5; echo last""words; exit 3\n')
  const [, pid] = await first.shows(/pid=(\d+)\./)
  first.socket.terminate()
  // Nothing of it is left once the daemon has taken its exit.
  await until(() => !existsSync(`/proc/${pid}`))
  const second = await connect(t, app, headers)
  second.say({ type: 'resume', id, token, received: first.bytes().length, ...SIZE })
  t.match(await second.message('exit'), { code: 3, signal: null })
  t.match(second.text(), /lastwords/)
  t.equal((await second.closed()).code, 1000)
})

t.test('another tab takes over: the first is told, and the new one gets the previous output', async (t) => {
  const { app, headers } = await serve(t)
  const first = await openTerminal(t, app, headers)
  first.type('echo before-$((1 + 1))\n')
  await first.shows(/before-2/)
  const second = await connect(t, app, (await openSession(app)).headers)
  second.say({ type: 'resume', id: first.opened.id, cols: 132, rows: 43 })
  t.equal((await first.closed()).code, 4001)
  t.match(await second.message('resumed'), { position: 0, id: first.opened.id })
  await second.shows(/before-2/)
  second.type('stty size\n')
  await second.shows(/43 132/)
})

t.test('a clean close ends the terminal, and a lost connection does not', async (t) => {
  const { app, headers } = await serve(t)
  const listed = async () => {
    const reply = await app.inject({ url: '/api/terminal/sessions', headers })
    return reply.json().sessions.map(({ id, attached }: { id: string; attached: boolean }) => [id, attached])
  }
  const settled = async (wanted: unknown) => {
    const text = JSON.stringify(wanted)
    await until(async () => JSON.stringify(await listed()) === text)
    t.pass(text)
  }
  const left = await openTerminal(t, app, headers)
  left.socket.close(1001)
  await settled([[left.opened.id, false]])
  const ended = await openTerminal(t, app, headers)
  ended.socket.close(1000)
  await settled([[left.opened.id, false]])
  const gone = await openTerminal(t, app, headers)
  gone.say({ type: 'end' })
  t.equal((await gone.closed()).code, 1000)
  await settled([[left.opened.id, false]])
})

t.test(
  'a session has at most four terminals, detached ones included; a take-over counts for the new session',
  async (t) => {
    const { app, headers } = await serve(t)
    const clients = []
    for (let i = 0; i < 4; i++) clients.push(await openTerminal(t, app, headers))
    clients[0]!.socket.terminate()
    const refused = await connect(t, app, headers)
    refused.say({ type: 'open', ...SIZE })
    t.same(await refused.closed(), { code: 1013, reason: 'this session already has 4 terminals, the limit' })
    const other = await openSession(app)
    const fifth = await openTerminal(t, app, other.headers)
    const taking = await connect(t, app, headers)
    taking.say({ type: 'resume', id: fifth.opened.id, ...SIZE })
    t.equal((await taking.closed()).code, 1013)
    const moved = await connect(t, app, other.headers)
    moved.say({ type: 'resume', id: clients[1]!.opened.id, ...SIZE })
    await moved.message('resumed')
    await openTerminal(t, app, headers)
  }
)

t.test('of concurrent opens for the last place one succeeds', async (t) => {
  const { app, headers } = await serve(t)
  for (let i = 0; i < 3; i++) await openTerminal(t, app, headers)
  const racers = await Promise.all(Array.from({ length: 5 }, () => connect(t, app, headers)))
  for (const racer of racers) racer.say({ type: 'open', ...SIZE })
  const outcomes = await Promise.all(
    racers.map((racer) =>
      Promise.race([racer.message('opened').then(() => 'opened'), racer.closed().then(({ code }) => code)])
    )
  )
  t.same(outcomes.toSorted(), [1013, 1013, 1013, 1013, 'opened'])
})
