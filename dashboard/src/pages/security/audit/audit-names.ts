/** An escaped value of the audit log for people: one with spaces is in quotes, which no value contains. */
export const readable = (escaped: string): string =>
  escaped.includes('\\u{20}') ? `"${escaped.replaceAll('\\u{20}', ' ')}"` : escaped

/** Every event of a user has an address. A user who is called `command line` is shown in quotes. */
export const describeUser = ({ user, ip }: { user: string; ip: string }): string =>
  user === 'command\\u{20}line' && ip === '-' ? 'command line' : readable(user)
