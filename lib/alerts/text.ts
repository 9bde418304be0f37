import type { Content } from './types.ts'

/** The text of a message, at most `limit` characters: lines that do not fit are counted. */
export function textOf({ lines, more, isTest }: Content, limit: number): string {
  if (isTest) return 'This is a test. The channel works.'
  const shown: string[] = []
  let length = 0
  for (const { text } of lines) {
    length += text.length + 1
    // Room for the last line.
    if (length > limit - 40) break
    shown.push(text)
  }
  const left = lines.length - shown.length + more
  return [...shown, ...(left > 0 ? [`and ${left} more`] : [])].join('\n')
}
