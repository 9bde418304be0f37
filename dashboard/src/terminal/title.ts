/** What the programs of a terminal say about it. Both are their output: shown as text, never trusted. */
export interface Saying {
  /** OSC 0 or 2; empty if no program has set one. */
  title: string
  /** The path of the working directory, OSC 7; empty if it is not known. */
  folder: string
}

const LONGEST_TITLE = 80
const LONGEST_FOLDER = 200

/**
 * The text of a program as one line: without control characters, without those that change the direction of text or
 * show nothing, with at most two marks on a letter.
 */
function clean(text: string, longest: number): string {
  const line = text
    // Far longer than what is kept: a program may send megabytes.
    .slice(0, longest * 8)
    .replaceAll(/[\p{Cc}\p{Z}]+/gu, ' ')
    .replaceAll(/[\p{C}\u115f\u1160\u2800\u3164\uffa0]/gu, '')
    .replaceAll(/(\p{M}{2})\p{M}+/gu, '$1')
    .trim()
  const characters = [...line]
  return characters.length > longest
    ? `${characters
        .slice(0, longest - 1)
        .join('')
        .trimEnd()}…`
    : line
}

/** A title of a program, without a number at its start or instead of it that looks like the number of a terminal. */
export function readTitle(text: string): string {
  const title = clean(text, LONGEST_TITLE).replace(/^(?:[[(]?\p{N}+[:.)\]]+ )+/u, '')
  return /^[\p{N}\p{P} ]*$/u.test(title) ? '' : title
}

/** The path in an OSC 7 (`file://host/path`), or null if it is something else. */
export function readFolder(address: string): string | null {
  const path = /^file:\/\/[^/]*(\/.*)$/s.exec(address)?.[1]
  if (path === undefined) return null
  try {
    return clean(decodeURIComponent(path), LONGEST_FOLDER)
  } catch {
    return null
  }
}

const baseOf = (folder: string): string => folder.split('/').findLast(Boolean) ?? (folder && '/')

/**
 * The name of a terminal: the title of its program, and its folder if the title does not name it. A container's program
 * could claim to be the host's, so the name of the container stays in front (`isContainer`).
 */
export function nameTerminal({ title, folder }: Saying, target: string, isContainer: boolean): string {
  const base = baseOf(folder)
  const program = title || target
  const name = base === '' || program.includes(base) ? program : `${program} · ${base}`
  return isContainer && title !== '' ? `${target} · ${name}` : name
}
