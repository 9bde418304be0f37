// The daemon's own rules (lib/passwords/policy.ts) but its list of common passwords, which is too large to send;
// test/dashboard/password-rules.test.ts holds the two against each other.
export const MIN_LENGTH = 10

const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{Ll}\p{Lu}\p{Nd}]/u]

export interface Checked {
  isLongEnough: boolean
  hasKinds: boolean
  isNotName: boolean
  isAcceptable: boolean
  /** 0 and 1: not acceptable; 2 to 4: how good it is. */
  level: 0 | 1 | 2 | 3 | 4
}

export function checkPassword(typed: string, username: string): Checked {
  const password = typed.normalize('NFKC')
  const letters = [...password]
  const used = kinds.filter((kind) => kind.test(password)).length
  const isLongEnough = letters.length >= MIN_LENGTH
  const hasKinds = used >= 3
  const isNotName = password === '' || password.toLowerCase() !== username.normalize('NFKC').toLowerCase()
  const isAcceptable = isLongEnough && hasKinds && isNotName
  const isRepetitive = new Set(letters).size < letters.length / 2
  const points = letters.length + (used === 4 ? 2 : 0) - (isRepetitive ? 6 : 0)
  const good = points >= 18 ? 4 : points >= 14 ? 3 : 2
  return { isLongEnough, hasKinds, isNotName, isAcceptable, level: isAcceptable ? good : password === '' ? 0 : 1 }
}
