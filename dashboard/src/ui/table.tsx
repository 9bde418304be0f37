import type { ReactNode } from 'react'
import { cx } from './class-names.ts'

export interface Column<T> {
  key: string
  title: string
  /** Aligns numbers to the right. */
  isNumeric?: boolean
  /** Hidden on narrow screens. */
  isSecondary?: boolean
  cell(row: T): ReactNode
}

export interface TableProps<T> {
  /** The accessible name of the table. */
  caption: string
  columns: readonly Column<T>[]
  rows: readonly T[]
  keyOf(row: T): string | number
}

/** A table that scrolls horizontally within itself. The first column is the row header. */
export function Table<T>({ caption, columns, rows, keyOf }: TableProps<T>) {
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
              <th key={column.key} scope="col" className={cx(place(column), 'font-medium whitespace-nowrap')}>
                {column.title}
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
