import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { type Daemon, startDaemon } from '../attack/harness.ts'
import { PASSWORD, temporaryFolder } from '../support/app.ts'
import { passTime, quietFor, until } from '../support/waiting.ts'
import { answerWith, startReceiver } from './receiver.ts'
import { webhook } from './rig.ts'

// Two waits of half a minute: the group, and the first gap.
t.setTimeout(300_000)

async function call({ url }: Daemon, token: string, method: string, path: string, body?: object) {
  const headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) }
  const reply = await fetch(`${url}/api${path}`, { method, headers, body: body ? JSON.stringify(body) : null })
  // biome-ignore lint/suspicious/noExplicitAny: answers of several routes.
  return (await reply.json()) as any
}

t.test('a message survives kill -9 and a restart, and is delivered once', async (t) => {
  const folder = await temporaryFolder(t)
  const receiver = await startReceiver(t)
  receiver.answer(answerWith(500))
  const first = await startDaemon(t, folder)
  const { token } = await call(first, '', 'POST', '/auth/setup', { username: 'admin', password: PASSWORD })
  const { channel } = await call(
    first,
    token,
    'POST',
    '/alerts/channels',
    webhook(`${receiver.url}/path-secret`, { kinds: ['token'] })
  )
  await call(first, token, 'POST', '/auth/generate-api-token', { password: PASSWORD, token_name: 'ci' })
  const since = performance.now()
  // What happened is on disk within a second.
  await passTime(2500)
  first.signal('SIGKILL')
  await first.exited

  const second = await startDaemon(t, folder)
  await until(() => receiver.received.length === 1, { withinMs: 60_000 })
  t.ok(performance.now() - since > 29_000, 'thirty seconds after the event, not after the start')
  await until(
    async () => (await call(second, token, 'GET', '/alerts/channels')).channels[0].state.last_failure !== null
  )
  second.signal('SIGTERM')
  t.match(await second.exited, { code: 0 })

  receiver.answer((response) => response.writeHead(200).end())
  const third = await startDaemon(t, folder)
  await until(() => receiver.received.length === 2, { withinMs: 60_000 })
  await until(async () => (await call(third, token, 'GET', '/alerts/history')).messages[0].state === 'delivered')
  third.signal('SIGKILL')
  await third.exited
  const fourth = await startDaemon(t, folder)
  await quietFor(4000)
  t.equal(receiver.received.length, 2)
  t.equal(receiver.received[0]!.headers['webhook-id'], receiver.received[1]!.headers['webhook-id'])
  const { messages } = await call(fourth, token, 'GET', '/alerts/history')
  t.match(messages, [{ state: 'delivered', attempts: 2, status: 200, channel_id: channel.id }])
  t.equal(messages.length, 1)

  const log = [first, second, third, fourth].map((daemon) => daemon.output()).join('')
  const audit = await readFile(join(folder, 'auth.log'), 'utf8')
  t.match(log, /Server listening/)
  t.notMatch(log + audit, /whsec_|path-secret|secret answer/)
})
