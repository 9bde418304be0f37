import { type ReactNode, useState } from 'react'
import { locale } from '../texts/language.ts'
import { cx } from './class-names.ts'
import { Icon } from './icon.tsx'
import { arrowDownIcon, arrowUpIcon } from './icon-shapes.ts'
import { nextOrder, type Order, type SortValue, sortRows } from './table-order.ts'

export interface Column<T> {
  key: string
  title: string
  /** Aligns numbers to the right. */
  isNumeric?: boolean
  /** Hidden on narrow screens. */
  isSecondary?: boolean
  /** Shown on wide screens only. */
  isTertiary?: boolean
  /** Makes the column sortable; null is last in both directions. */
  sortBy?(row: T): SortValue
  /** The column is sortable in a table with `sorting`. */
  isSortable?: boolean
  cell(row: T): ReactNode
}

/** The column by which the rows are sorted; null in the order of the rows. */
export interface Sorting {
  key: string | null
  isDescending: boolean
  onSort(key: string): void
}

export interface TableProps<T> {
  /** The accessible name of the table. */
  caption: string
  columns: readonly Column<T>[]
  /** In the order they have before a column is chosen. */
  rows: readonly T[]
  keyOf(row: T): string | number
  /** Of an owner of the rows who sorts them, such as a page whose address keeps the order. */
  sorting?: Sorting
}

function SortButton<T>({ column: { key, title, isNumeric }, sorting }: { column: Column<T>; sorting: Sorting }) {
  const isSorted = sorting.key === key
  return (
    <button
      type="button"
      onClick={() => sorting.onSort(key)}
      className={cx(
        'group inline-flex min-h-8 items-center gap-1 rounded font-medium hover:text-text',
        isNumeric && 'flex-row-reverse',
        isSorted && 'text-text'
      )}
    >
      {title}
      <Icon
        shape={isSorted && sorting.isDescending ? arrowDownIcon : arrowUpIcon}
        className={cx('size-3.5', !isSorted && 'invisible group-hover:visible group-focus-visible:visible')}
      />
    </button>
  )
}

/** Sorts the rows itself, by the columns with `sortBy`. */
function useOwnSorting<T>({ columns, rows }: Pick<TableProps<T>, 'columns' | 'rows'>) {
  const [order, setOrder] = useState<Order | null>(null)
  const columnOf = (key?: string) => columns.find((column) => column.key === key)
  const sorting: Sorting = {
    key: order?.key ?? null,
    isDescending: order?.isDescending === true,
    onSort: (key) => setOrder(nextOrder(order, key, columnOf(key)?.isNumeric === true))
  }
  return { sorting, sorted: sortRows(rows, columnOf(order?.key)?.sortBy, order, locale) }
}

/** A table that scrolls horizontally within itself. The first column is the row header. */
export function Table<T>({ caption, columns, rows, keyOf, sorting }: TableProps<T>) {
  const own = useOwnSorting({ columns, rows })
  const active = sorting ?? own.sorting
  const shown = sorting ? rows : own.sorted
  const isSortable = (column: Column<T>) => (sorting ? column.isSortable === true : column.sortBy !== undefined)
  const directionOf = ({ key }: Column<T>) =>
    active.key === key ? (active.isDescending ? 'descending' : 'ascending') : undefined
  const place = (column: Column<T>) =>
    cx(
      'px-3 py-2.5 max-sm:px-1.5',
      column.isNumeric ? 'text-right tabular-nums' : 'text-left',
      column.isSecondary && 'max-md:hidden',
      column.isTertiary && 'max-xl:hidden'
    )
  return (
    // Not a landmark, because the surrounding card is one, usually with the same name.
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroller that a keyboard cannot reach cannot be scrolled by it
    <div role="group" aria-label={caption} tabIndex={0} className="-mx-1 overflow-x-auto px-1">
      <table className="w-full border-collapse text-sm wrap-break-word">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="border-b text-xs text-muted">
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                aria-sort={directionOf(column)}
                className={cx(place(column), 'font-medium whitespace-nowrap')}
              >
                {isSortable(column) ? <SortButton column={column} sorting={active} /> : column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={keyOf(row)} className="border-b last:border-0 hover:bg-raised/50">
              {columns.map((column, i) =>
                i === 0 ? (
                  <th key={column.key} scope="row" className={cx(place(column), 'font-medium')}>
                    {column.cell(row)}
                  </th>
                ) : (
                  <td key={column.key} className={place(column)}>
                    {column.cell(row)}
                  </td>
                )
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
