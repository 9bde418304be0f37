import { type ReactNode, useState } from 'react'
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
  cell(row: T): ReactNode
}

export interface TableProps<T> {
  /** The accessible name of the table. */
  caption: string
  columns: readonly Column<T>[]
  /** In the order they have before a column is chosen. */
  rows: readonly T[]
  keyOf(row: T): string | number
}

interface TitleProps<T> {
  column: Column<T>
  order: Order | null
  onSort(column: Column<T>): void
}

function Title<T>({ column, order, onSort }: TitleProps<T>) {
  if (!column.sortBy) return column.title
  const isChosen = order?.key === column.key
  return (
    <button
      type="button"
      onClick={() => onSort(column)}
      className={cx(
        'group inline-flex min-h-7 items-center gap-1 rounded hover:text-text',
        column.isNumeric && 'flex-row-reverse',
        isChosen && 'text-text'
      )}
    >
      {column.title}
      <Icon
        shape={isChosen && order.isDescending ? arrowDownIcon : arrowUpIcon}
        className={cx('size-3.5', !isChosen && 'invisible group-hover:visible group-focus-visible:visible')}
      />
    </button>
  )
}

/** A table that scrolls horizontally within itself. The first column is the row header. */
export function Table<T>({ caption, columns, rows, keyOf }: TableProps<T>) {
  const [order, setOrder] = useState<Order | null>(null)
  const sorted = sortRows(rows, columns.find(({ key }) => key === order?.key)?.sortBy, order)
  const place = (column: Column<T>) =>
    cx(
      'px-3 py-2.5 max-sm:px-1.5',
      column.isNumeric ? 'text-right tabular-nums' : 'text-left',
      column.isSecondary && 'max-md:hidden',
      column.isTertiary && 'max-xl:hidden'
    )
  const onSort = (column: Column<T>) => setOrder(nextOrder(order, column.key, column.isNumeric === true))
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
                aria-sort={order?.key === column.key ? (order.isDescending ? 'descending' : 'ascending') : undefined}
                className={cx(place(column), 'font-medium whitespace-nowrap')}
              >
                <Title column={column} order={order} onSort={onSort} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted.map((row) => (
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
