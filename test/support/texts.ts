import { globSync } from 'node:fs'
import { resolve } from 'node:path'

type Texts = { [name: string]: Text }
type Text = string | readonly Text[] | Texts | ((...values: unknown[]) => string)

/** A text of the dashboard, by its file and its names there. */
export interface TextEntry {
  path: string
  text: string | ((...values: unknown[]) => string)
}

export const textFolder = resolve(import.meta.dirname, '../../dashboard/src/texts')
export const textFiles = (language: string) => globSync('**/*.ts', { cwd: resolve(textFolder, language) }).toSorted()

/** All texts of a file or a part of it, in order. */
const entriesOf = (text: Text, path: string): TextEntry[] =>
  typeof text === 'string' || typeof text === 'function'
    ? [{ path, text }]
    : Object.entries(text).flatMap(([name, part]) => entriesOf(part, `${path}.${name}`))

/** All texts of the dashboard in a language. */
export async function loadTexts(language: string): Promise<TextEntry[]> {
  const found = await Promise.all(
    textFiles(language).map(async (file) =>
      entriesOf((await import(resolve(textFolder, language, file))) as Texts, file)
    )
  )
  return found.flat()
}

/** Values for a text that is a function. */
export const placeholders = (count: number, of: (index: number) => unknown) =>
  Array.from({ length: count }, (_, i) => of(i))
