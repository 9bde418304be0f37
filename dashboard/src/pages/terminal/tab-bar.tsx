import { t } from '../../texts/index.ts'
import { cx } from '../../ui/class-names.ts'
import { Icon } from '../../ui/icon.tsx'
import { bellIcon, circleAlertIcon, eyeIcon, xIcon } from '../../ui/icon-shapes.ts'
import type { Slot } from './slot.ts'
import { activate, isGoingOn } from './workspace.ts'

export const tabId = (slot: Slot): string => `terminal-${slot.key}`

export const describeTarget = (target: string): string =>
  target.startsWith('lxc:') ? t.terminal.container(target.slice(4)) : t.terminal.shell

export const nameOf = (slot: Slot): string => slot.title || describeTarget(slot.target)

/** What an eye sees by a mark, in words. */
function Mark({ slot, isActive }: { slot: Slot; isActive: boolean }) {
  const { kind } = slot.client.state
  if (kind === 'lost') return <Icon shape={circleAlertIcon} className="size-4 text-warn" />
  if (slot.watchedUser !== null) return <Icon shape={eyeIcon} className="size-4" />
  if (slot.hasRung && !isActive) return <Icon shape={bellIcon} className="size-4 text-warn" />
  return null
}

function describeMark(slot: Slot, isActive: boolean): string | null {
  if (slot.client.state.kind === 'lost') return t.terminal.isLost
  if (!isGoingOn(slot)) return t.terminal.hasEnded
  return slot.hasRung && !isActive ? t.terminal.rang : null
}

function Tab({ slot, number, isActive, onClose }: { slot: Slot; number: number; isActive: boolean; onClose(): void }) {
  const name = nameOf(slot)
  const mark = describeMark(slot, isActive)
  const choose = () => {
    activate(slot)
    if (!matchMedia('(pointer: coarse)').matches) slot.emulator.focus()
  }
  return (
    <li
      className={cx(
        'flex min-w-24 shrink items-center rounded-lg border text-sm',
        isActive ? 'border-accent bg-accent-bg text-accent' : 'bg-surface text-muted'
      )}
    >
      <button
        type="button"
        id={tabId(slot)}
        aria-current={isActive}
        onClick={choose}
        title={name}
        className="flex min-h-9 min-w-0 flex-1 items-center gap-1.5 rounded-lg pl-3 font-medium"
      >
        <span className="tabular-nums">{number}</span>
        <span translate="no" className={cx('max-w-44 truncate', !isGoingOn(slot) && 'line-through')}>
          {name}
        </span>
        <Mark slot={slot} isActive={isActive} />
        {mark && <span className="sr-only">{mark}</span>}
      </button>
      <button
        type="button"
        aria-label={t.terminal.close(t.terminal.name(number, name))}
        onClick={onClose}
        className="flex size-9 shrink-0 items-center justify-center rounded-lg hover:text-text"
      >
        <Icon shape={xIcon} className="size-4" />
      </button>
    </li>
  )
}

export interface TabBarProps {
  slots: readonly Slot[]
  active: Slot | null
  onClose(slot: Slot): void
}

export function TabBar({ slots, active, onClose }: TabBarProps) {
  return (
    <ul aria-label={t.terminal.list} className="flex min-w-0 flex-1 gap-1 overflow-x-auto p-0.5">
      {slots.map((slot, i) => (
        <Tab key={slot.key} slot={slot} number={i + 1} isActive={slot === active} onClose={() => onClose(slot)} />
      ))}
    </ul>
  )
}
