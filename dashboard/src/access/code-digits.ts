const DIGITS = 6

function digitOf(sign: string): string {
  // Unicode assigns the ten digits of a script consecutive code points.
  const code = sign.codePointAt(0)!
  let value = 0
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value++
  return String(value)
}

/** The first six digits of the input as ASCII. Some keyboards type digits of other scripts or widths (lib/auth/typed-text.ts). */
export const codeDigitsOf = (typed: string): string =>
  typed
    .normalize('NFKC')
    .replace(/\P{Nd}/gu, '')
    .replace(/(?![0-9])\p{Nd}/gu, digitOf)
    .slice(0, DIGITS)
