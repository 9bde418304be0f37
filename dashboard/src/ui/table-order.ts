export type SortValue = string | number | null

export interface Order {
  key: string
  isDescending: boolean
}

/** A click on a column: numbers from the largest, texts from A; then the other direction; then the order of the rows. */
export function nextOrder(order: Order | null, key: string, isNumeric: boolean): Order | null {
  if (order?.key !== key) return { key, isDescending: isNumeric }
  return order.isDescending === isNumeric ? { key, isDescending: !isNumeric } : null
}

function compare(a: SortValue, b: SortValue, isDescending: boolean, collator: Intl.Collator): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  const ascending = typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b))
  return isDescending ? -ascending : ascending
}

/** The rows by a value of theirs, texts by the rules of `locale`; rows without one are last. Rows with the same value keep their order. */
export function sortRows<T>(
  rows: readonly T[],
  sortBy: ((row: T) => SortValue) | undefined,
  order: Order | null,
  locale?: string
): readonly T[] {
  if (!sortBy || !order) return rows
  const collator = new Intl.Collator(locale, { numeric: true })
  return rows
    .map((row) => ({ row, value: sortBy(row) }))
    .toSorted((a, b) => compare(a.value, b.value, order.isDescending, collator))
    .map(({ row }) => row)
}
