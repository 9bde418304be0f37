export type SortValue = string | number | null

export interface Order {
  key: string
  isDescending: boolean
}

const collator = new Intl.Collator(undefined, { numeric: true })

/** A click on a column: numbers from the largest, texts from A; then the other direction; then the order of the rows. */
export function nextOrder(order: Order | null, key: string, isNumeric: boolean): Order | null {
  if (order?.key !== key) return { key, isDescending: isNumeric }
  return order.isDescending === isNumeric ? { key, isDescending: !isNumeric } : null
}

function compare(a: SortValue, b: SortValue, isDescending: boolean): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  const ascending = typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b))
  return isDescending ? -ascending : ascending
}

/** The rows by a value of theirs; rows without one are last. Rows with the same value keep their order. */
export function sortRows<T>(
  rows: readonly T[],
  sortBy: ((row: T) => SortValue) | undefined,
  order: Order | null
): readonly T[] {
  if (!sortBy || !order) return rows
  return rows
    .map((row) => ({ row, value: sortBy(row) }))
    .toSorted((a, b) => compare(a.value, b.value, order.isDescending))
    .map(({ row }) => row)
}
