/** The text of a key that comes from the daemon; undefined if there is none. */
export const lookUp = (texts: Readonly<Record<string, string>>, key: string): string | undefined =>
  Object.hasOwn(texts, key) ? texts[key] : undefined
