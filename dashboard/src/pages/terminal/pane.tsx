import { useEffect, useRef } from 'react'
import { t } from '../../texts/index.ts'
import { cx } from '../../ui/class-names.ts'
import { PaneState } from './pane-state.tsx'
import { nameOf } from './tab-bar.tsx'
import type { TerminalTab } from './terminal-tab.ts'
import { activate } from './workspace.ts'

export interface PaneProps {
  tab: TerminalTab
  number: number
  isGrid: boolean
  /** The last of three terminals, which fills a row. */
  isWide: boolean
  isActive: boolean
  onClose(tab: TerminalTab): void
}

/** One terminal and its notices. */
export function Pane({ tab, number, isGrid, isWide, isActive, onClose }: PaneProps) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => tab.mount(place.current!), [tab])
  const isHidden = !isGrid && !isActive
  return (
    <section
      aria-label={t.terminal.name(number, nameOf(tab))}
      onFocus={() => activate(tab)}
      className={cx(
        'flex min-h-0 min-w-0 flex-col overflow-hidden border bg-[light-dark(#ffffff,#0d1117)]',
        isGrid ? 'relative rounded-lg' : 'absolute inset-0 sm:rounded-lg',
        isGrid && isActive && 'outline-2 outline-accent',
        isWide && 'col-span-2',
        isHidden && 'invisible'
      )}
    >
      <PaneState tab={tab} onClose={() => onClose(tab)} />
      <div
        ref={place}
        translate="no"
        className={cx('min-h-0 flex-1 p-1.5', tab.watchedUser === null ? 'overflow-hidden' : 'overflow-auto')}
      />
    </section>
  )
}
