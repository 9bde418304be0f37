import { createHmac } from 'node:crypto'
import type { ChannelSettings } from '../../../schemas/host/alerts.ts'
import { SECRET_PREFIX } from '../channel-settings.ts'
import { postJson, type Transport } from '../post-json.ts'
import type { Letter } from '../types.ts'

/** https://www.standardwebhooks.com: HMAC-SHA256 of id, time and body, keyed with the decoded secret. */
export function sign(secret: string, id: string, seconds: number, body: string): string {
  const key = Buffer.from(secret.slice(SECRET_PREFIX.length), 'base64')
  return `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`
}

export function sendToWebhook({ url, secret }: ChannelSettings, letter: Letter, transport: Transport) {
  const isoTime = (at: number) => new Date(at).toISOString()
  const body = JSON.stringify({
    type: letter.isTest ? 'alerts.test' : 'alerts.message',
    timestamp: isoTime(letter.at),
    data: {
      id: letter.uuid,
      host: letter.host,
      severity: letter.severity,
      title: letter.title,
      events: letter.lines.map(({ at, ...line }) => ({ time: isoTime(at), ...line })),
      more: letter.more
    }
  })
  const seconds = Math.floor(transport.now() / 1000)
  const headers = {
    'webhook-id': letter.uuid,
    'webhook-timestamp': String(seconds),
    'webhook-signature': sign(secret!, letter.uuid, seconds, body)
  }
  return postJson(new URL(url!), body, headers, transport)
}
