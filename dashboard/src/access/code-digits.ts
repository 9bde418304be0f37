const DIGITS = 6

function digitOf(sign: string): string {
  // Unicode keeps the ten digits of a script in a row.
  const code = sign.codePointAt(0)!
  let value = 0
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value++
  return String(value)
}

/** The first six digits of a typed text, in ASCII: keyboards write them in other scripts and widths (lib/auth/typed-text.ts). */
export const codeDigitsOf = (typed: string): string =>
  typed
    .normalize('NFKC')
    .replace(/\P{Nd}/gu, '')
    .replace(/(?![0-9])\p{Nd}/gu, digitOf)
    .slice(0, DIGITS)
