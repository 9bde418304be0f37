import { createHmac, timingSafeEqual } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import t from 'tap'
import { temporaryFolder } from '../support/app.ts'
import { missing, selfSigned } from '../support/certificates.ts'
import { answerWith, startReceiver } from './receiver.ts'
import { MINUTE, SECOND, SECRET, webhook, withAlerts } from './rig.ts'

const address = '203.0.113.7'
const BOT = '123456:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQ'
const kinds = ['token', 'second_factor', 'lockout']

/** One channel of each type that speaks HTTP, each with a server of its own. */
async function withEveryChannel(t: Parameters<typeof withAlerts>[0]) {
  const names = ['ntfy', 'gotify', 'discord', 'telegram', 'webhook'] as const
  const servers = Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await startReceiver(t)] as const))
  ) as Record<(typeof names)[number], Awaited<ReturnType<typeof startReceiver>>>
  const rig = await withAlerts(t, {
    alerts: { hosts: { discord: servers.discord.url, telegram: servers.telegram.url } }
  })
  const settings = {
    ntfy: { url: `${servers.ntfy.url}/push/`, topic: 'host-alerts', token: 'tk_abc' },
    gotify: { url: `${servers.gotify.url}/gotify`, token: 'A1b2C3' },
    discord: { url: 'https://discord.com/api/webhooks/11/tok-en' },
    telegram: { token: BOT, chat_id: '-10012' },
    webhook: { url: `${servers.webhook.url}/hook?a=b`, secret: SECRET }
  }
  const ids: string[] = []
  for (const type of names) ids.push((await rig.add({ name: type, type, settings: settings[type], kinds })).id)
  return { ...rig, ...servers, ids }
}

t.test('each service gets what its documentation asks for', async (t) => {
  const { app, pass, until, ntfy, gotify, discord, telegram, webhook, now } = await withEveryChannel(t)
  app.auditLog.secondFactorDisabled({ address, user: 'ad`a' })
  const at = now()
  await pass(31 * SECOND)
  for (const each of [ntfy, gotify, discord, telegram, webhook]) await until(() => each.received.length === 1)
  const title = /: Critical: Two-factor authentication turned off by ad`a from 203\.0\.113\.7$/
  const message = 'Critical: Two-factor authentication turned off by ad`a from 203.0.113.7'

  const [push] = ntfy.received
  t.match(push, {
    method: 'POST',
    path: '/push/',
    headers: { authorization: 'Bearer tk_abc', 'content-type': 'application/json' }
  })
  t.match(push!.body, { topic: 'host-alerts', title, message, priority: 5, tags: ['rotating_light'] })

  const [gotified] = gotify.received
  t.match(gotified, { path: '/gotify/message', headers: { 'x-gotify-key': 'A1b2C3' } })
  t.match(gotified!.body, { title, message, priority: 8 })

  const [said] = discord.received
  t.equal(said!.path, '/api/webhooks/11/tok-en')
  t.match(said!.body, { allowed_mentions: { parse: [] }, flags: 4 })
  t.match(said!.body.content, /^```\n[^`]+\n\n[^`]+\n```$/, 'no text leaves the code block')

  const [sent] = telegram.received
  t.equal(sent!.path, `/bot${BOT}/sendMessage`)
  t.match(sent!.body, { chat_id: '-10012', link_preview_options: { is_disabled: true } })
  t.match(sent!.body.text, `\n\n${message}`)
  t.notOk('parse_mode' in sent!.body)

  const [hooked] = webhook.received
  t.equal(hooked!.path, '/hook?a=b')
  t.match(hooked!.body, {
    type: 'alerts.message',
    timestamp: new Date(at + 31 * SECOND).toISOString(),
    data: {
      severity: 'critical',
      title,
      more: 0,
      events: [
        {
          time: new Date(at).toISOString(),
          kind: 'second_factor',
          severity: 'critical',
          state: 'event',
          check: null,
          text: message
        }
      ]
    }
  })
})

t.test('a webhook is signed by the Standard Webhooks convention, as docs/alerts.md verifies it', async (t) => {
  const { ask, webhook, ids, now } = await withEveryChannel(t)
  await ask('POST', `/channels/${ids[4]}/test`)
  const { headers, text } = webhook.received[0]!
  const id = headers['webhook-id'] as string
  const seconds = headers['webhook-timestamp'] as string
  t.equal(Number(seconds), Math.floor(now() / 1000))
  const key = Buffer.from(SECRET.slice('whsec_'.length), 'base64')
  const expected = createHmac('sha256', key).update(`${id}.${seconds}.${text}`).digest()
  const [version, signature] = (headers['webhook-signature'] as string).split(',')
  t.equal(version, 'v1')
  t.ok(timingSafeEqual(Buffer.from(signature!, 'base64'), expected))
  t.match(webhook.received[0]!.body, { type: 'alerts.test', data: { id } })

  // The example of the documentation accepts it, and nothing that was changed.
  const guide = readFileSync(resolve(import.meta.dirname, '../../docs/alerts.md'), 'utf8')
  const example = guide.match(/```js\n([\s\S]*?)```/)![1]!
  const body = `${example.replace(/^import .*\n/gm, '')}\nreturn verify`
  const verify = new Function('createHmac', 'timingSafeEqual', body)(createHmac, timingSafeEqual)
  t.equal(verify(SECRET, headers, text, now()), true)
  t.equal(verify(SECRET, headers, `${text} `, now()), false)
  t.equal(verify(SECRET, { ...headers, 'webhook-id': 'x' }, text, now()), false)
  t.equal(verify(SECRET, headers, text, now() + 10 * MINUTE), false)
  t.equal(verify(`whsec_${Buffer.alloc(32).toString('base64')}`, headers, text, now()), false)
})

t.test('the test button shows the status of the answer and nothing else of it', async (t) => {
  const { ask, ids, ntfy, gotify, discord, telegram, webhook, history, channel } = await withEveryChannel(t)
  const servers = [ntfy, gotify, discord, telegram, webhook]
  for (const [i, status] of [401, 404, 429, 500, 302].entries()) {
    servers[i]!.answer(answerWith(status, { location: `${servers[0]!.url}/elsewhere` }))
    const reply = await ask('POST', `/channels/${ids[i]}/test`)
    t.equal(reply.statusCode, 200)
    t.match(reply.json(), { is_delivered: false, status, message: `the server answered with status ${status}` })
    t.notMatch(reply.body, /secret answer|elsewhere/)
  }
  t.equal(ntfy.received.length, 1, 'the redirect was not followed')
  servers[1]!.answer(answerWith(204))
  t.match((await ask('POST', `/channels/${ids[1]}/test`)).json(), {
    is_delivered: true,
    status: 204,
    message: 'delivered'
  })
  t.match((await channel(ids[1]!)).state, { is_failing: false, last_success_at: /^2026/ })
  const [newest, ...older] = await history()
  t.match(newest, { channel: 'gotify', is_test: true, state: 'delivered', status: 204, attempts: 1 })
  t.equal(older.length, 5)
  t.notMatch(JSON.stringify(older), /secret answer|elsewhere/)
})

t.test('a test works for a channel that is off, and only one of a channel runs at a time', async (t) => {
  const { ask, add } = await withAlerts(t)
  const receiver = await startReceiver(t)
  let release = () => {}
  receiver.answer((response) => {
    release = () => response.writeHead(200).end()
  })
  const { id } = await add(webhook(receiver.url, { is_enabled: false }))
  const first = ask('POST', `/channels/${id}/test`)
  while (receiver.received.length === 0) await new Promise((resolve) => setImmediate(resolve))
  const second = await ask('POST', `/channels/${id}/test`)
  t.match(second.json(), { code: 'BUSY', message: 'a test of this channel is running' })
  release()
  t.match((await first).json(), { is_delivered: true })
})

t.test('HTTPS needs a trusted certificate with the right name', { skip: missing }, async (t) => {
  const { cert_path: cert, key_path: key } = selfSigned(await temporaryFolder(t), 'server', { names: 'DNS:localhost' })
  const tls = { cert: readFileSync(cert), key: readFileSync(key) }
  const receiver = await startReceiver(t, { tls })
  const trusting = await withAlerts(t, { alerts: { authorities: [readFileSync(cert, 'utf8')] } })
  const test = async ({ add, ask }: typeof trusting, url: string) => {
    const { id } = await add(webhook(url, { name: url }))
    return (await ask('POST', `/channels/${id}/test`)).json()
  }
  t.match(await test(trusting, `https://localhost:${receiver.port}`), { is_delivered: true, status: 200 })
  t.match(await test(trusting, receiver.url), {
    is_delivered: false,
    message: 'the certificate of the server is for another name'
  })
  const strict = await withAlerts(t)
  t.match(await test(strict, `https://localhost:${receiver.port}`), {
    is_delivered: false,
    message: /certificate of the server is not trusted/
  })
  t.equal(receiver.received.length, 1)
})
