import type { ChannelSettings } from '../../../schemas/host/alerts.ts'
import { type FixedHosts, onFixedHost } from '../channel-urls.ts'
import { postJson, type Transport } from '../post-json.ts'
import { textOf } from '../text.ts'
import type { Letter } from '../types.ts'

/** Discord allows 2000 characters. */
const LIMIT = 1700
/** Shows no previews of links. */
const SUPPRESS_EMBEDS = 4

/**
 * https://discord.com/developers/docs/resources/webhook#execute-webhook. The text can hold names that a client chose: a
 * code block has no links and no formatting, and nobody is mentioned.
 */
export function sendToDiscord({ url }: ChannelSettings, letter: Letter, transport: Transport, hosts: FixedHosts) {
  const plain = (text: string) => text.replaceAll('`', '’')
  const title = plain(letter.title).slice(0, 250)
  const content = `\`\`\`\n${title}\n\n${plain(textOf(letter, LIMIT))}\n\`\`\``
  const body = { content, allowed_mentions: { parse: [] }, flags: SUPPRESS_EMBEDS }
  return postJson(onFixedHost(url!, hosts.discord), JSON.stringify(body), {}, transport)
}
