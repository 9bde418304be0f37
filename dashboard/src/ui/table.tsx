import type { ReactNode } from 'react'
import { cx } from './class-names.ts'
import { Icon } from './icon.tsx'
import { chevronDownIcon, chevronUpIcon } from './icon-shapes.ts'

export interface Column<T> {
  key: string
  title: string
  /** Aligns numbers to the right. */
  isNumeric?: boolean
  /** Hidden on narrow screens. */
  isSecondary?: boolean
  /** Its heading is a button; the table needs `sorting`. */
  isSortable?: boolean
  cell(row: T): ReactNode
}

/** The column by which the rows are sorted. The owner of the rows sorts them. */
export interface Sorting {
  key: string
  isDescending: boolean
  onSort(key: string): void
}

export interface TableProps<T> {
  /** The accessible name of the table. */
  caption: string
  columns: readonly Column<T>[]
  rows: readonly T[]
  keyOf(row: T): string | number
  sorting?: Sorting
}

function SortButton<T>({ column: { key, title, isNumeric }, sorting }: { column: Column<T>; sorting: Sorting }) {
  const isSorted = sorting.key === key
  return (
    <button
      type="button"
      onClick={() => sorting.onSort(key)}
      className={cx(
        'inline-flex min-h-8 items-center gap-1 rounded font-medium hover:text-text',
        isNumeric && 'flex-row-reverse',
        isSorted && 'text-text'
      )}
    >
      {title}
      <Icon
        shape={isSorted && !sorting.isDescending ? chevronUpIcon : chevronDownIcon}
        className={cx('size-3.5', !isSorted && 'invisible')}
      />
    </button>
  )
}

const directionOf = ({ key, isSortable }: Column<never>, sorting?: Sorting) =>
  isSortable && sorting?.key === key ? (sorting.isDescending ? 'descending' : 'ascending') : undefined

/** A table that scrolls horizontally within itself. The first column is the row header. */
export function Table<T>({ caption, columns, rows, keyOf, sorting }: TableProps<T>) {
  const place = (column: Column<T>) =>
    cx(
      'px-3 py-2.5 max-sm:px-1.5',
      column.isNumeric ? 'text-right tabular-nums' : 'text-left',
      column.isSecondary && 'max-md:hidden'
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
                aria-sort={directionOf(column, sorting)}
                className={cx(place(column), 'font-medium whitespace-nowrap')}
              >
                {column.isSortable && sorting ? <SortButton column={column} sorting={sorting} /> : column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
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
