import { useEffect, useRef } from 'react'
import { t } from '../../texts/index.ts'
import { cx } from '../../ui/class-names.ts'
import { PaneState } from './pane-state.tsx'
import type { Slot } from './slot.ts'
import { nameOf } from './tab-bar.tsx'
import { activate } from './workspace.ts'

export interface PaneProps {
  slot: Slot
  number: number
  isGrid: boolean
  /** It is the last of three, and has a row for itself. */
  isWide: boolean
  isActive: boolean
  onClose(slot: Slot): void
}

/** One terminal, and what there is to say of it. */
export function Pane({ slot, number, isGrid, isWide, isActive, onClose }: PaneProps) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => slot.mount(place.current!), [slot])
  const isHidden = !isGrid && !isActive
  return (
    <section
      aria-label={t.terminal.name(number, nameOf(slot))}
      onFocus={() => activate(slot)}
      className={cx(
        'flex min-h-0 min-w-0 flex-col overflow-hidden border bg-[light-dark(#ffffff,#0d1117)]',
        isGrid ? 'relative rounded-lg' : 'absolute inset-0 sm:rounded-lg',
        isGrid && isActive && 'outline-2 outline-accent',
        isWide && 'col-span-2',
        isHidden && 'invisible'
      )}
    >
      <PaneState slot={slot} onClose={() => onClose(slot)} />
      <div
        ref={place}
        translate="no"
        className={cx('min-h-0 flex-1 p-1.5', slot.watchedUser === null ? 'overflow-hidden' : 'overflow-auto')}
      />
    </section>
  )
}
