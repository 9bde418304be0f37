import { linesOf } from '../support/audit.ts'

/** User names by which somebody tries to get `victim` banned: whole lines, fields, dates, ends of lines of all kinds. */
export function forgedNames(victim: string): string[] {
  const [written] = linesOf((audit) => audit.loginFailed({ address: victim, user: 'x' }), Date.now())
  const line = written!.trimEnd()
  const separators = [
    ...['\n', '\r', '\r\n', '\v', '\f', '\x1c', '\x1d', '\x1e', '\x85', '\u2028', '\u2029', '\0', '\b', '\x1b[2K'],
    ...[' ', '\t', '\xa0', '\u2003', '\u3000', '\ufeff', '\u200b', '\u202e', ']', '[', ';', ',', '"', "'", '\\']
  ]
  return [
    ...separators.map((separator) => `x${separator}rhost=${victim}`),
    ...separators.map((separator) => `x${separator}${line}`),
    line,
    line.slice(20),
    `rhost=${victim}`,
    `rhost=${victim} user=x`,
    `user=x rhost=${victim}`,
    `\\u{a}${line}`,
    `%0a${line.replaceAll(' ', '%20')}`,
    `authentication failure; rhost=${victim}`,
    `authentication failure;\u2028rhost=${victim}\u2028user=x`,
    `WARNING proxmenux.auth: authentication failure; rhost=${victim} user=x`,
    `${new Date().toISOString()} ${victim}`,
    `x from ${victim} port 22`,
    `[${victim}]`,
    victim,
    `<HOST>${victim}`,
    `-`,
    `${'\n'.repeat(60)}rhost=${victim}`,
    `${'x'.repeat(120)} rhost=${victim}`,
    `${'x'.repeat(10_000)} rhost=${victim}`
  ]
}
