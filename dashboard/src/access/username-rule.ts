// White space and zero-width characters, which keyboards can add invisibly.
const unseen = '[\\s\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufeff]'
const rule = new RegExp(`^(?!${unseen})[^\\p{Cc}\\u2028\\u2029\\ud800-\\udfff]+(?<!${unseen})$`, 'u')

/** What the daemon accepts as a new username (schemas/auth/login.ts). */
export const isUsername = (name: string): boolean => [...name].length <= 64 && rule.test(name)
