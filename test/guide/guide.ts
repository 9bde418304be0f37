import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

const file = resolve(import.meta.dirname, '../../docs/guide.md')

export interface Block {
  /** The heading above it. */
  heading: string
  language: string
  /** Logical lines: a backslash at a line's end joins it with the next. */
  commands: string[]
}

/** The fenced blocks of the guide, in its order. */
export function readGuide(text = readFileSync(file, 'utf8')): Block[] {
  const blocks: Block[] = []
  let heading = ''
  let open: { language: string; lines: string[] } | null = null
  for (const line of text.split('\n').map((each) => each.trimEnd())) {
    const fence = /^\s*```(\w*)$/.exec(line)
    if (fence && open) {
      const commands = open.lines
        .join('\n')
        .replaceAll(/\s*\\\n\s*/g, ' ')
        .split('\n')
      blocks.push({ heading, language: open.language, commands })
      open = null
    } else if (fence) open = { language: fence[1]!, lines: [] }
    else if (open) open.lines.push(line.trim())
    else heading = /^#{2,} (.+)$/.exec(line)?.[1] ?? heading
  }
  if (open) throw new Error(`the block under "${heading}" does not end`)
  return blocks
}
