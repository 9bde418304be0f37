import { api } from '../../../api/client.ts'
import type { Reply } from '../../../api/paths.ts'
import { t } from '../../../texts/index.ts'
import type { Tone } from '../../../ui/badge.tsx'

export type Token = Reply<'/api/auth/api-tokens'>['tokens'][number]

export const revoke = (id: string) => api.delete('/api/auth/api-tokens/{id}', { path: { id } })

const TO_EXPIRY_MS = 14 * 86_400_000

/** The badge of a token. Shows the daemon's reason, such as "Invalid — regenerate", if it returns one. */
export function stateOf(token: Token, now: number): { tone: Tone; label: string; isEnded: boolean } {
  const texts = t.security.tokens
  if (token.revoked) return { tone: 'neutral', label: texts.revoked, isEnded: true }
  if (Date.parse(token.expires_at) <= now) return { tone: 'neutral', label: texts.expired, isEnded: true }
  if (token.valid === false) {
    const label = token.invalidation_reason ?? texts.unknown
    return { tone: 'bad', label, isEnded: token.ends_at !== undefined && Date.parse(token.ends_at) <= now }
  }
  if (token.valid === null) return { tone: 'warn', label: texts.unknown, isEnded: false }
  const isLate = token.ends_at !== undefined || Date.parse(token.expires_at) - now < TO_EXPIRY_MS
  return isLate
    ? { tone: 'warn', label: texts.soon, isEnded: false }
    : { tone: 'good', label: texts.valid, isEnded: false }
}
