/**
 * What keyboards, input methods and the clipboard add to a name, a code or an address, and how it comes off before it
 * counts as wrong: white space, characters without a width, full-width forms. Passwords are never changed here.
 */

/** Zero-width characters, bidi marks, the BOM: Unicode's Default_Ignorable_Code_Point. */
const invisible = /\p{DI}/gu
/** Those a keyboard adds; others end an emoji. */
const unseen = /[\s\u0085\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/u

/** The longest name a login takes (schemas/auth/login.ts); compatibility forms can make one longer. */
const MAX_NAME = 256

/** A label for people: without white space and invisible characters at its ends. */
export function trimLabel(text: string): string {
  // Not by one expression: on a long run of spaces in the middle it takes the square of its length.
  const signs = [...text]
  const isSeen = (sign: string) => !unseen.test(sign)
  const start = signs.findIndex(isSeen)
  return start === -1 ? '' : signs.slice(start, signs.findLastIndex(isSeen) + 1).join('')
}

/** Two user names with one key look the same, or are the same key presses on two keyboards. Upper case stays. */
export const nameKeyOf = (name: string): string => trimLabel(name.normalize('NFKC').replace(invisible, ''))

/** The name an attempt counts under where no user has it: the key, so that no spelling gets tries of its own. */
export const countedNameOf = (typed: string): string => (nameKeyOf(typed) || typed).slice(0, MAX_NAME)

/** The entry of this very name, else the only one whose name has the same key; null for none. */
export function findByName<Entry extends { username: string }>(entries: Iterable<Entry>, typed: string): Entry | null {
  const all = [...entries]
  const exact = all.find(({ username }) => username === typed)
  if (exact) return exact
  const key = nameKeyOf(typed)
  const [found, ...others] = all.filter(({ username }) => nameKeyOf(username) === key)
  return found && others.length === 0 ? found : null
}

/** The value of a decimal digit of any script; Unicode keeps the ten of a script in a row. */
function digitOf(sign: string): string {
  const code = sign.codePointAt(0)!
  let value = 0
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value++
  return String(value)
}

/** A code without what groups it (spaces, dashes, dots), its digits in ASCII. */
export const readCode = (typed: string): string =>
  typed
    .normalize('NFKC')
    .replace(/[\s\u0085.·_\p{Pd}\p{DI}]/gu, '')
    .replace(/(?![0-9])\p{Nd}/gu, digitOf)

/** The addresses, networks or names of a list separated by commas, or a single one. */
export const splitAddresses = (list: string): string[] =>
  list
    .normalize('NFKC')
    .replace(invisible, '')
    .replace(/。/g, '.')
    .split(/[,、]/)
    .map((each) => each.split('/').map(trimLabel).join('/'))
    .filter((each) => each !== '')

/** A single address or network as it was meant; the text itself where it is a list or empty. */
export function readAddress(typed: string): string {
  const [address, ...others] = splitAddresses(typed)
  return address !== undefined && others.length === 0 ? address : typed
}
