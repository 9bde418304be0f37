import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { connect as connectTls } from 'node:tls'
import t, { type Test } from 'tap'
import type { App } from '../support/app.ts'
import { type Files, missing, selfSigned } from '../support/certificates.ts'
import { follow, plainShell, terminalTicket } from '../support/terminals.ts'
import { passTime, until } from '../support/waiting.ts'
import { handshake } from '../support/web-sockets.ts'
import { ask, keepAlive, type Scheme } from './clients.ts'
import { listen, tlsDaemon } from './daemon.ts'

t.setTimeout(300_000)

const IN_FLIGHT = 1000
const CLIENTS = 8
const LAST = ' and closed'

/** A route that answers when it is told to, and says how much it was sent. */
function holdRequests(app: App) {
  let waiting: (() => void)[] = []
  let underWay = 0
  app.route({
    method: ['GET', 'POST'],
    url: '/api/hold',
    config: { access: 'open' },
    onRequest: async () => {
      underWay++
    },
    onResponse: async () => {
      underWay--
    },
    async handler(request) {
      if (request.method === 'GET') await new Promise<void>((done) => waiting.push(done))
      return { sent: JSON.stringify(request.body ?? null).length }
    }
  })
  return {
    underWay: () => underWay,
    release() {
      for (const done of waiting) done()
      waiting = []
    }
  }
}

const BODY = JSON.stringify('x'.repeat(2000))

/** A thousand requests under way: half wait for their answer, half have sent half of their body. */
async function start(scheme: Scheme, port: number, held: { underWay(): number }) {
  const finish: (() => void)[] = []
  const answers = Array.from({ length: IN_FLIGHT }, (_, i) => {
    const isPost = i % 2 === 1
    const headers = isPost ? { 'content-type': 'application/json', 'content-length': BODY.length } : {}
    const method = isPost ? 'POST' : 'GET'
    const target = { host: '127.0.0.1', port, path: '/api/hold', method, headers, agent: false }
    const sent = scheme === 'https' ? httpsRequest({ ...target, rejectUnauthorized: false }) : httpRequest(target)
    if (isPost) {
      sent.write(BODY.slice(0, 1000))
      finish.push(() => sent.end(BODY.slice(1000)))
    } else sent.end()
    return new Promise<string>((done) => {
      sent.on('error', (error) => done(error.message))
      sent.on('response', (reply) => reply.resume().on('end', () => done(String(reply.statusCode))))
    })
  })
  await until(() => held.underWay() === IN_FLIGHT)
  return {
    async answers() {
      for (const end of finish) end()
      const counts: Record<string, number> = {}
      for (const answer of await Promise.all(answers)) counts[answer] = (counts[answer] ?? 0) + 1
      return counts
    }
  }
}

/**
 * Clients that ask again and again; what came of it, by what the port spoke from before to after. Over a connection
 * from before the switch one more request may be answered, by a reply that closes it.
 */
function askOn(t: Test, scheme: Scheme, port: number, phase: () => string) {
  const outcomes = new Map<string, number>()
  let going = true
  const loops = Array.from({ length: CLIENTS }, async () => {
    const agent = keepAlive(t, scheme)
    while (going) {
      const before = phase()
      const outcome = await ask({ scheme, port, path: '/api/system-info', agent }).then(
        ({ status, headers }) => `${status}${headers.connection === 'close' ? LAST : ''}`,
        (error) => (error.begun ? error.message : 'refused')
      )
      const after = phase()
      const during = [before, after].find((name) => name.startsWith('between')) ?? `between ${before} and ${after}`
      const key = `${before === after ? before : during} ${outcome}`
      outcomes.set(key, (outcomes.get(key) ?? 0) + 1)
      await passTime(5)
    }
  })
  return async () => {
    going = false
    await Promise.all(loops)
    return outcomes
  }
}

const fingerprintOf = (port: number): Promise<string> =>
  new Promise((done, fail) => {
    const socket = connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false }, () => {
      done(socket.getPeerX509Certificate()!.fingerprint256)
      socket.destroy()
    }).on('error', fail)
  })

t.test(
  '1,000 running requests and 4 open terminals go on while HTTPS is enabled, renewed and disabled',
  { skip: missing },
  async (t) => {
    let held!: ReturnType<typeof holdRequests>
    const prepare = (app: App) => {
      held = holdRequests(app)
    }
    const { app, folder, headers, secure } = await tlsDaemon(t, { prepare }, { shell: await plainShell(t) })
    const port = await listen(app)
    let phase = 'http'
    const change = (scheme: Scheme, action: string, payload: object) =>
      ask({ scheme, port, path: `/api/ssl/${action}`, method: 'POST', headers, payload })
    const terminals: { type(text: string): void; shows: ReturnType<typeof follow>['shows'] }[] = []
    const openTerminal = async (scheme: 'ws' | 'wss') => {
      const url = `${scheme}://127.0.0.1:${port}/ws/terminal?ticket=${await terminalTicket(app, secure)}`
      const result = await handshake(url, [], { rejectUnauthorized: false })
      if (!('socket' in result)) throw new Error(`refused with ${result.status} ${result.body}`)
      const { socket } = result
      t.teardown(() => socket.terminate())
      terminals.push({ type: (text) => socket.send(text), shows: follow(socket).shows })
    }
    const allAnswer = async (when: string) => {
      for (const { type } of terminals) type(`echo ${when}-$((40 + 2))\n`)
      await Promise.all(terminals.map(({ shows }) => shows(`${when}-42`)))
      t.pass(`${terminals.length} shells answer: ${when}`)
    }

    await openTerminal('ws')
    await openTerminal('ws')
    const plain = askOn(t, 'http', port, () => phase)
    const secret = askOn(t, 'https', port, () => phase)
    const before = await start('http', port, held)

    const files: Files = selfSigned(folder, 'first')
    phase = 'between, on'
    t.equal((await change('http', 'configure', files)).status, 200)
    phase = 'https'
    await allAnswer('on')
    held.release()
    t.same(await before.answers(), { 200: IN_FLIGHT }, 'each request from before is answered')

    await openTerminal('wss')
    await openTerminal('wss')
    const during = await start('https', port, held)
    const first = await fingerprintOf(port)
    selfSigned(folder, 'first', { kind: 'rsa' })
    await until(async () => (await fingerprintOf(port)) !== first)
    await allAnswer('renewed')

    phase = 'between, off'
    t.equal((await change('https', 'disable', {})).status, 200)
    phase = 'http'
    await allAnswer('off')
    held.release()
    t.same(await during.answers(), { 200: IN_FLIGHT }, 'over each switch')
    // The clients go on for a while after it.
    await passTime(200)

    const seen = { plain: await plain(), secret: await secret() }
    const kinds = (outcomes: Map<string, number>) =>
      [...outcomes.keys()].filter((key) => !key.startsWith('between')).toSorted()
    t.comment(Object.fromEntries(seen.plain), Object.fromEntries(seen.secret))
    const lasting = (outcomes: Map<string, number>) => kinds(outcomes).filter((key) => !key.endsWith(LAST))
    t.same(lasting(seen.plain), ['http 200', 'https 426'])
    t.same(lasting(seen.secret), ['http refused', 'https 200'])
    for (const [key, count] of [...seen.plain, ...seen.secret].filter(([key]) => key.endsWith(LAST)))
      t.ok(count <= CLIENTS, `${key}: one at most per connection`, { count })
    const odd = [...seen.plain.keys(), ...seen.secret.keys()].filter(
      (key) => !/ (200|426|refused)( and closed)?$/.test(key)
    )
    t.same(odd, [], 'and in between nothing else')
  }
)
