/** What the daemon takes as a new username (schemas/login.ts). */
export const isUsername = (name: string): boolean =>
  [...name].length <= 64 && /^(?! )[^\p{Cc}\u2028\u2029\ud800-\udfff]+(?<! )$/u.test(name)
