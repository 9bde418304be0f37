import type { audit } from '../../../texts/en/security/audit.ts'

/** An escaped value of the audit log for people: one with spaces is in quotes, which no value contains. */
export const readable = (escaped: string): string =>
  escaped.includes('\\u{20}') ? `"${escaped.replaceAll('\\u{20}', ' ')}"` : escaped

/** Every event of a user has an address. A user who is called `command line` is shown in quotes. */
export const describeUser = ({ user, ip }: { user: string; ip: string }, { commandLine }: typeof audit): string =>
  user === 'command\\u{20}line' && ip === '-' ? commandLine : readable(user)

/** A terminal as `id,target,pid`, as lib/audit/targets.ts of the daemon writes it. */
const TERMINAL = /^([\w-]+),(?:shell|lxc:(\d+)),(\d+)$/
const GUEST = /^(\d+),(.+)$/

export interface Target {
  name: string
  /** An id that other events have too. */
  id?: string
}

/** The target of an event for people, in the texts of a language. Entries of older versions have ids only. */
export function describeTarget({ event, target }: { event: string; target: string }, texts: typeof audit): Target {
  const [, id, container, pid] = (event.startsWith('terminal_') && TERMINAL.exec(target)) || []
  if (id && pid) return { name: container ? texts.containerOf(container, pid) : texts.shellOf(pid), id }
  const [, vmid, name] = (event.startsWith('guest_') && GUEST.exec(target)) || []
  if (vmid && name) return { name: texts.guestOf(readable(name), vmid) }
  if (event.startsWith('gateway_') && /^\d+$/.test(target)) return { name: texts.container(target) }
  return { name: readable(target) }
}
