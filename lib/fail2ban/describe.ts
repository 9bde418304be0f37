import type { Fail2banDetailsReply } from '../../schemas/security/fail2ban.ts'
import type { BanWatch } from './watch.ts'

/** The answer of GET /api/security/fail2ban/details. */
export function describeBans(jail: string, latest: ReturnType<BanWatch['latest']>): Fail2banDetailsReply {
  const { state, status, settings } = latest
  return {
    success: true,
    installed: state !== 'absent',
    state,
    reason: 'reason' in latest ? latest.reason : null,
    jail,
    checked_at: status && new Date(status.at).toISOString(),
    currently_failed: status?.currentlyFailed ?? null,
    total_failed: status?.totalFailed ?? null,
    currently_banned: status?.currentlyBanned ?? null,
    total_banned: status?.totalBanned ?? null,
    banned: (status?.banned ?? []).map((ip) => ({ ip })),
    settings
  }
}
