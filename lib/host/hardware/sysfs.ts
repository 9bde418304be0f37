import { readdir, readlink } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { numberIn } from '../plausible.ts'
import { readText } from '../source.ts'

/** The maximum length of a list; longer ones are cut. */
export const MAX_ITEMS = 1000

/** Names in a folder, in natural order; empty if it cannot be read. */
export const list = async (folder: string): Promise<string[]> =>
  (await readdir(folder).catch((): string[] => []))
    .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .slice(0, MAX_ITEMS)

/** Fillers that vendors leave in firmware tables. */
const FILLER =
  /^(?:to be filled by o\.?e\.?m\.?|default string|not (?:specified|provided|available|applicable)|n\/a|none|unknown|system (?:manufacturer|product name|version)|o\.?e\.?m\.?|0+|x+|\.+|-+)$/i

/** Removes control characters and surrounding spaces; null for an empty text or a vendor's filler. */
export function cleanText(text: string | null | undefined): string | null {
  const clean = (text ?? '').replaceAll(/[\0-\x1f\x7f-\x9f\ufffd]+/g, ' ').trim()
  return clean === '' || FILLER.test(clean) ? null : clean.slice(0, 200)
}

/** The text of a file; null if it cannot be read or says nothing. */
export const textOf = async (...path: string[]): Promise<string | null> =>
  cleanText((await readText(join(...path))).value)

/** A whole number in a file, multiplied by `factor`; null if it cannot be read or is out of range. */
export async function numberOf(path: string, { factor = 1, low = 0, high = Number.MAX_SAFE_INTEGER } = {}) {
  const text = (await readText(path)).value?.trim() ?? ''
  if (!/^-?\d{1,19}$/.test(text)) return null
  const value = numberIn(Number(text) * factor, low, high)
  // Removes the noise of binary fractions.
  return value === null ? null : Math.round(value * 1000) / 1000
}

/** The last part of a symbolic link's target; null if it is no link. */
export const linkOf = async (...path: string[]): Promise<string | null> =>
  readlink(join(...path)).then(
    (target) => basename(target),
    () => null
  )
