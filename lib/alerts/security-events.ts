import type { AlertKind, AlertSeverity } from '../../schemas/host/alerts.ts'
import type { AuditEntry } from '../audit/line.ts'

/** A security event that is worth a message. */
export interface SecurityEvent {
  /** Milliseconds since the epoch. */
  at: number
  kind: AlertKind
  severity: AlertSeverity
  text: string
  /** Equal for the same event that occurs again, such as a lockout of the same user and address; null: never the same. */
  repeatKey: string | null
}

interface Rule {
  kind: AlertKind
  severity?: AlertSeverity
  /** It can last: while it does, one message in six hours is enough. */
  isLasting?: boolean
  describe(entry: AuditEntry): string
}

const by = ({ user, address }: Pick<AuditEntry, 'user' | 'address'>) =>
  user === '-' ? `from ${address}` : `by ${user} from ${address}`

/** By the names of audit events. */
const rules: Record<string, Rule> = {
  login_unusual: {
    kind: 'login',
    describe: ({ user, address }) => `Login from a new address: ${user} from ${address}`
  },
  locked_out: {
    kind: 'lockout',
    isLasting: true,
    describe: ({ user, address }) => `Locked out after failed logins: ${user} from ${address}`
  },
  address_banned: { kind: 'ban', isLasting: true, describe: ({ address }) => `Banned by fail2ban: ${address}` },
  second_factor_disabled: {
    kind: 'second_factor',
    severity: 'critical',
    describe: (entry) =>
      `Two-factor authentication ${entry.target === null ? '' : `of ${entry.target} `}turned off ${by(entry)}`
  },
  token_minted: { kind: 'token', describe: (entry) => `API token created ${by(entry)}` },
  token_rotated: { kind: 'token', describe: (entry) => `API token replaced ${by(entry)}` },
  change_taken_back: {
    kind: 'change_reverted',
    // Without an address nobody did it.
    describe: ({ target, ...entry }) =>
      entry.address === '-'
        ? `Change was not confirmed and has been reverted: ${target}`
        : `Change of ${target} reverted ${by(entry)}`
  }
}

/** The event of an audit entry; null for most. Events of a panel's tenants are not told: they concern the tenant. */
export function securityEventOf(entry: AuditEntry): SecurityEvent | null {
  const rule = entry.tenant === undefined ? rules[entry.event] : undefined
  if (!rule) return null
  const { kind, severity = 'warning', isLasting = false } = rule
  const text = `${severity === 'critical' ? 'Critical' : 'Warning'}: ${rule.describe(entry)}`
  return {
    at: entry.at,
    kind,
    severity,
    text,
    repeatKey: isLasting ? `${entry.event} ${entry.user} ${entry.address}` : null
  }
}
