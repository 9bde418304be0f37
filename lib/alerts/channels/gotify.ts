import type { ChannelSettings } from '../../../schemas/host/alerts.ts'
import { childUrl } from '../channel-urls.ts'
import { postJson, type Transport } from '../post-json.ts'
import { textOf } from '../text.ts'
import type { Letter } from '../types.ts'

const LIMIT = 8000

/** https://gotify.net/docs/pushmsg. The token is sent as a header, not in the address. */
export function sendToGotify({ url, token }: ChannelSettings, letter: Letter, transport: Transport) {
  const priority = letter.severity === 'critical' && !letter.isTest ? 8 : 5
  const body = { title: letter.title, message: textOf(letter, LIMIT), priority }
  return postJson(childUrl(url!, 'message'), JSON.stringify(body), { 'x-gotify-key': token! }, transport)
}
