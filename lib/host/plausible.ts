/** From this value on, a 64-bit kernel counter is a negative number printed as unsigned. */
export const MAX_COUNT = 2 ** 63

/** Parses a counter in decimal digits. Null if it is negative, wrapped or unreadable. */
export function countIn(text: string | undefined): number | null {
  if (text === undefined || !/^\d{1,20}$/.test(text)) return null
  const count = Number(text)
  return count < MAX_COUNT ? count : null
}

/** The value if it is a number from `low` to `high`; otherwise null. */
export const numberIn = (value: unknown, low = 0, high = MAX_COUNT): number | null =>
  typeof value === 'number' && value >= low && value <= high ? value : null
