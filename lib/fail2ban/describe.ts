import { isIPv4 } from 'node:net'
import type { Fail2banDetailsReply } from '../../schemas/security/fail2ban.ts'
import { compileNetworks, normaliseNetwork } from '../net/address.ts'
import type { BanWatch } from './watch.ts'

const isLocal = compileNetworks(['loopback', 'linklocal', 'uniquelocal'])
// The same for IPv4. Ban lists have thousands of entries, and this is thirty times faster.
const LOCAL_IPV4 = /^(10|127|169\.254|192\.168|172\.(1[6-9]|2\d|3[01]))\./

/** A ban as the Monitor's client shows it. */
function describeBan(ip: string) {
  const [address] = ip.split('/', 1) as [string]
  if (isIPv4(address)) return { ip, type: LOCAL_IPV4.test(address) ? 'local' : 'external' } as const
  return { ip, type: normaliseNetwork(ip) === null ? 'unknown' : isLocal(address) ? 'local' : 'external' } as const
}

/** The Monitor's client shows numbers as text. */
const asText = (value: number | null | undefined): string | null => (value == null ? null : String(value))

/** The answer of GET /api/security/fail2ban/details. */
export function describeBans(jail: string, latest: ReturnType<BanWatch['latest']>): Fail2banDetailsReply {
  const { state, status, settings, version } = latest
  const counts = {
    currently_failed: status?.currentlyFailed ?? null,
    total_failed: status?.totalFailed ?? null,
    currently_banned: status?.currentlyBanned ?? null,
    total_banned: status?.totalBanned ?? null
  }
  return {
    success: true,
    installed: state !== 'absent',
    state,
    reason: 'reason' in latest ? latest.reason : null,
    jail,
    checked_at: status && new Date(status.at).toISOString(),
    ...counts,
    banned: (status?.banned ?? []).map((ip) => ({ ip })),
    settings,
    active: state === 'ok',
    version,
    jails: status
      ? [
          {
            name: jail,
            ...counts,
            banned_ips: status.banned.map(describeBan),
            findtime: asText(settings?.findtime),
            bantime: asText(settings?.bantime),
            maxretry: asText(settings?.maxretry)
          }
        ]
      : []
  }
}
