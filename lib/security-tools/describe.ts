import { type OtherTool, otherToolNames, type SecurityToolsReply } from '../../schemas/security/tools.ts'
import type { BanWatch } from '../fail2ban/watch.ts'
import { createReasons, describeAge } from '../host/age.ts'
import type { Sample } from '../host/sampling.ts'
import type { InstalledTools } from './tools.ts'

/** What the daemon knows about fail2ban without asking it. */
export interface WatchedJail {
  jail: string
  latest: ReturnType<BanWatch['latest']>
  isFaulty: boolean
}

function describeFail2ban(
  { installed, version }: InstalledTools['fail2ban'],
  { jail, latest, isFaulty }: WatchedJail
): SecurityToolsReply['tools']['fail2ban'] {
  const { reasons, orReason } = createReasons()
  const reason = installed ? ('reason' in latest ? latest.reason : null) : 'fail2ban is not installed'
  const { state, status } = latest
  // Until the first answer the state is `unreachable`, and no fault.
  const isUnasked = state === 'unreachable' && !isFaulty
  return {
    installed,
    active: orReason('active', installed && isUnasked ? null : installed && /ok|no_jail/.test(state), reason),
    version: orReason('version', version, installed ? 'its version file cannot be read' : reason),
    jails: installed && state === 'ok' ? [jail] : [],
    banned_ips_count: orReason('banned_ips_count', installed ? status?.banned.length : null, reason),
    reasons
  }
}

function describeLynis({ installed, ...lynis }: InstalledTools['lynis']) {
  const { reasons, orReason } = createReasons()
  const missing = 'Lynis is not installed'
  const noReport = installed ? '/var/log/lynis-report.dat has no finished audit' : missing
  return {
    installed,
    version: orReason('version', lynis.version, installed ? 'its script names no version' : missing),
    last_scan: orReason('last_scan', lynis.last_scan, noReport),
    hardening_index: orReason('hardening_index', lynis.hardening_index, noReport),
    reasons
  }
}

/** The answer of GET /api/security/tools; null if the file system does not answer. */
export function describeSecurityTools(
  sample: Readonly<Sample<InstalledTools>>,
  watched: WatchedJail,
  now: number
): SecurityToolsReply | null {
  if (sample.value === null) return null
  const { fail2ban, lynis, others } = sample.value
  const rest = Object.fromEntries(otherToolNames.map((name) => [name, { installed: others.has(name) }]))
  return {
    success: true,
    ...describeAge(sample, now),
    tools: {
      ...(rest as Record<OtherTool, { installed: boolean }>),
      fail2ban: describeFail2ban(fail2ban, watched),
      lynis: describeLynis(lynis)
    }
  }
}
