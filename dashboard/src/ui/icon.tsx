import { createElement } from 'react'
import { cx } from './class-names.ts'
import type { Shape } from './icon-shapes.ts'

export interface IconProps {
  shape: Shape
  className?: string
}

/** Decorative: the text next to it has the same meaning. */
export function Icon({ shape, className }: IconProps) {
  return (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      className={cx('size-[1.125rem] shrink-0', className)}
    >
      {shape.map(([tag, attributes], i) => createElement(tag, { ...attributes, key: i }))}
    </svg>
  )
}
