import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls'
import type { Channel } from '../../schemas/host/alerts.ts'
import { type FixedHosts, fixedHosts } from './channel-urls.ts'
import { sendToDiscord } from './channels/discord.ts'
import { sendToGotify } from './channels/gotify.ts'
import { sendToNtfy } from './channels/ntfy.ts'
import { sendToTelegram } from './channels/telegram.ts'
import { sendToWebhook } from './channels/webhook.ts'
import { outcomeOfError } from './outcome.ts'
import type { Transport } from './post-json.ts'
import type { Letter, Outcome } from './types.ts'

export interface SenderOptions {
  /** Milliseconds since the epoch. */
  now: () => number
  /** Milliseconds that one delivery may take. */
  timeoutMs?: number
  hosts?: FixedHosts
  /** PEM; in place of the system's certificate authorities. */
  authorities?: string[]
}

/** Sends a message. Never rejects, unless `signal` is aborted: then with its reason. */
export type Send = (channel: Channel, letter: Letter, signal: AbortSignal) => Promise<Outcome>

const TIMEOUT_MS = 20_000

/** Those of the system include private authorities that the operator has added; Node's own are the fallback. */
function systemAuthorities(): string[] {
  const system = getCACertificates('system')
  return system.length > 0 ? system : getCACertificates('default')
}

export function createSender({ now, timeoutMs = TIMEOUT_MS, hosts = fixedHosts, authorities }: SenderOptions): Send {
  let context: SecureContext | undefined
  const secureContext = () => {
    context ??= createSecureContext({ ca: authorities ?? systemAuthorities() })
    return context
  }

  const deliver = async ({ type, settings }: Channel, letter: Letter, transport: Transport): Promise<Outcome> => {
    switch (type) {
      case 'smtp': {
        const { sendBySmtp } = await import('./channels/smtp.ts')
        return sendBySmtp(settings, letter, transport)
      }
      case 'ntfy':
        return sendToNtfy(settings, letter, transport)
      case 'gotify':
        return sendToGotify(settings, letter, transport)
      case 'discord':
        return sendToDiscord(settings, letter, transport, hosts)
      case 'telegram':
        return sendToTelegram(settings, letter, transport, hosts)
      case 'webhook':
        return sendToWebhook(settings, letter, transport)
    }
  }

  return async (channel, letter, signal) => {
    const deadline = new AbortController()
    const timer = setTimeout(() => deadline.abort(new DOMException('', 'TimeoutError')), timeoutMs)
    const transport = {
      allowsLocal: channel.allows_local,
      signal: AbortSignal.any([signal, deadline.signal]),
      now,
      secureContext
    }
    try {
      return await deliver(channel, letter, transport)
    } catch (error) {
      signal.throwIfAborted()
      return outcomeOfError(error)
    } finally {
      clearTimeout(timer)
    }
  }
}
