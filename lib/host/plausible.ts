/** Above this a 64-bit counter of the kernel is a negative number printed without its sign. */
export const MAX_COUNT = 2 ** 63

/** A count as the kernel and its programs print it: decimal digits. Null for a negative, wrapped or unreadable one. */
export function countIn(text: string | undefined): number | null {
  if (text === undefined || !/^\d{1,20}$/.test(text)) return null
  const count = Number(text)
  return count < MAX_COUNT ? count : null
}

/** A finite number of a program's JSON from `low` to `high`; null for anything else. */
export const numberIn = (value: unknown, low = 0, high = MAX_COUNT): number | null =>
  typeof value === 'number' && value >= low && value <= high ? value : null
