/**
 * Normalises typed names, codes and addresses. Keyboards, input methods and the clipboard add white space, zero-width
 * characters and full-width forms. Passwords are never changed here.
 */

/** Zero-width characters, bidi marks, the BOM: Unicode's Default_Ignorable_Code_Point. */
const invisible = /\p{DI}/gu
/** Invisible characters that a keyboard adds at the ends; other invisible characters may be part of an emoji. */
const unseen = /[\s\u0085\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/u

/** The longest name that a login accepts (schemas/auth/login.ts); normalisation can make a name longer. */
const MAX_NAME = 256

/** Removes white space and invisible characters at both ends. */
export function trimLabel(text: string): string {
  // Not one regular expression: its time is quadratic in a run of spaces in the middle.
  const signs = [...text]
  const isSeen = (sign: string) => !unseen.test(sign)
  const start = signs.findIndex(isSeen)
  return start === -1 ? '' : signs.slice(start, signs.findLastIndex(isSeen) + 1).join('')
}

/** The key of a user name: names that look the same or were typed with the same keys share it. Case is kept. */
export const nameKeyOf = (name: string): string => trimLabel(name.normalize('NFKC').replace(invisible, ''))

/** The name that failed attempts of an unknown user count under: its key, so that all spellings share one count. */
export const countedNameOf = (typed: string): string => (nameKeyOf(typed) || typed).slice(0, MAX_NAME)

/** The entry with exactly this name, else the only entry whose name has the same key; null if there is no match. */
export function findByName<Entry extends { username: string }>(entries: Iterable<Entry>, typed: string): Entry | null {
  const all = [...entries]
  const exact = all.find(({ username }) => username === typed)
  if (exact) return exact
  const key = nameKeyOf(typed)
  const [found, ...others] = all.filter(({ username }) => nameKeyOf(username) === key)
  return found && others.length === 0 ? found : null
}

/** The value of a decimal digit of any script; Unicode lists the ten digits of a script consecutively. */
function digitOf(sign: string): string {
  const code = sign.codePointAt(0)!
  let value = 0
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value++
  return String(value)
}

/** A code without separators (spaces, dashes, dots), with ASCII digits. */
export const readCode = (typed: string): string =>
  typed
    .normalize('NFKC')
    .replace(/[\s\u0085.·_\p{Pd}\p{DI}]/gu, '')
    .replace(/(?![0-9])\p{Nd}/gu, digitOf)

/** Splits a list of addresses, networks or names separated by commas. */
export const splitAddresses = (list: string): string[] =>
  list
    .normalize('NFKC')
    .replace(invisible, '')
    .replace(/。/g, '.')
    .split(/[,、]/)
    .map((each) => each.split('/').map(trimLabel).join('/'))
    .filter((each) => each !== '')

/** A single address or network, normalised; a list or an empty text is returned unchanged. */
export function readAddress(typed: string): string {
  const [address, ...others] = splitAddresses(typed)
  return address !== undefined && others.length === 0 ? address : typed
}
