import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

const document = readFileSync(resolve(import.meta.dirname, '../../docs/integrations.md'), 'utf8')

export const HOST = 'pve1.lan:8008'

/** The code blocks of a section of docs/integrations.md, in order; throws where there is none of this language. */
export function snippets(section: string, language: string): string[] {
  const body = document.split(/^## /m).find((part) => part.startsWith(`${section}\n`))
  const found = [...(body ?? '').matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].filter(([, name]) => name === language)
  if (found.length === 0) throw new Error(`docs/integrations.md has no ${language} under ${section}`)
  return found.map(([, , text]) => text!)
}

/** What a path such as `health.status` or `load_average[0]` leads to; throws where it leads nowhere. */
export function follow(answer: unknown, path: string): unknown {
  let value = answer
  for (const step of path.match(/\w+/g)!) {
    const members = value as Record<string, unknown> | null
    if (members === null || typeof members !== 'object' || !(step in members)) throw new Error(`no ${path}`)
    value = members[step]
  }
  return value
}
