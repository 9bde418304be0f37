import type { ChannelSettings } from '../../../schemas/host/alerts.ts'
import { childUrl } from '../channel-urls.ts'
import { postJson, type Transport } from '../post-json.ts'
import { textOf } from '../text.ts'
import type { Letter } from '../types.ts'

/** ntfy turns longer messages into attachments. */
const LIMIT = 3500

/** https://docs.ntfy.sh/publish/#publish-as-json */
export function sendToNtfy({ url, topic, token }: ChannelSettings, letter: Letter, transport: Transport) {
  const body = {
    topic,
    title: letter.title,
    message: textOf(letter, LIMIT),
    priority: letter.severity === 'critical' && !letter.isTest ? 5 : 3,
    tags: [letter.isTest ? 'white_check_mark' : letter.severity === 'critical' ? 'rotating_light' : 'warning']
  }
  const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {}
  return postJson(childUrl(url!, ''), JSON.stringify(body), headers, transport)
}
