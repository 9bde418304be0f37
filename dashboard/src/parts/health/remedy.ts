import { shellWord } from '../../data/shell-word.ts'
import { findRoute, permissionsOf } from '../../routes.ts'
import type { User } from '../../session/state.ts'
import { mayAny } from '../../session/use-session.ts'
import { lookUp } from '../../texts/look-up.ts'
import { texts } from '../../texts/remedies.ts'

/** The page that shows the cause, by the family of the check, as the parts of its address. */
const pages: Readonly<Record<string, readonly string[]>> = {
  cpu: ['processes'],
  iowait: ['storage'],
  memory: ['processes', 'memory'],
  swap: ['processes', 'memory'],
  temperature: ['hardware'],
  filesystem: ['storage'],
  read_only: ['logs'],
  pool: ['storage'],
  smart: ['storage'],
  io_errors: ['storage'],
  disk_temperature: ['storage'],
  link: ['network'],
  network_errors: ['network'],
  unit: ['logs'],
  time_sync: ['terminal'],
  updates: ['terminal'],
  certificate: ['security', 'https'],
  fail2ban: ['security', 'fail2ban'],
  recordings: ['terminal', 'recordings'],
  audit_log: ['security', 'audit'],
  alerts: ['settings', 'alerts'],
  daemon: ['logs'],
  measurements: ['logs'],
  stale: ['logs']
}

/** The command that finds the cause, by the family of the check and the checked object. */
const commands: Readonly<Record<string, (of: string) => string>> = {
  filesystem: (of) =>
    of.startsWith('pool ')
      ? `zfs list -o space -s used -r ${shellWord(of.slice(5))}`
      : `du -xh ${shellWord(of)} | sort -h | tail -n 20`
}

export interface Remedy {
  /** Absent if the message of the check says it. */
  text: string | undefined
  /** Follows the text. */
  command: string | undefined
  /** Absent if the user may not open the page. */
  page: { parts: readonly string[]; title: string } | undefined
}

/** What to do about a check that is not healthy. Its family is `filesystem` of `filesystem:/`. */
export function remedyOf(check: string, user: User | null): Remedy {
  const [family = '', ...rest] = check.split(':')
  const text = lookUp(texts, family)
  const parts = Object.hasOwn(pages, family) ? pages[family]! : []
  const route = parts.length > 0 ? findRoute(parts[0]!) : undefined
  const page = route && mayAny(user, permissionsOf(route)) ? { parts, title: route.title } : undefined
  const command = Object.hasOwn(commands, family) ? commands[family]!(rest.join(':')) : undefined
  return { text, command, page }
}
