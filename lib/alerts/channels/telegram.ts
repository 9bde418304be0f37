import type { ChannelSettings } from '../../../schemas/host/alerts.ts'
import type { FixedHosts } from '../channel-urls.ts'
import { postJson, type Transport } from '../post-json.ts'
import { textOf } from '../text.ts'
import type { Letter } from '../types.ts'

/** Telegram allows 4096 characters. */
const LIMIT = 3700

/** https://core.telegram.org/bots/api#sendmessage. Its API has the token in the path, so the address is never logged. */
export function sendToTelegram(
  { token, chat_id }: ChannelSettings,
  letter: Letter,
  transport: Transport,
  hosts: FixedHosts
) {
  const text = `${letter.title.slice(0, 250)}\n\n${textOf(letter, LIMIT)}`
  const body = { chat_id, text, link_preview_options: { is_disabled: true } }
  return postJson(new URL(`/bot${token}/sendMessage`, hosts.telegram), JSON.stringify(body), {}, transport)
}
