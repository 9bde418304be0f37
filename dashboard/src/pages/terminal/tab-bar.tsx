import { nameTerminal } from '../../terminal/title.ts'
import { t } from '../../texts/index.ts'
import { cx } from '../../ui/class-names.ts'
import { Icon } from '../../ui/icon.tsx'
import { bellIcon, circleAlertIcon, eyeIcon, xIcon } from '../../ui/icon-shapes.ts'
import type { TerminalTab } from './terminal-tab.ts'
import { activate, isRunning } from './workspace.ts'

export const tabId = (tab: TerminalTab): string => `terminal-${tab.key}`

export const describeTarget = (target: string): string =>
  target.startsWith('lxc:') ? t.terminal.container(target.slice(4)) : t.terminal.shell

export const nameOf = ({ saying, target }: TerminalTab): string =>
  nameTerminal(saying, describeTarget(target), target.startsWith('lxc:'))

/** The text of a mark, for screen readers. */
function Mark({ tab, isActive }: { tab: TerminalTab; isActive: boolean }) {
  const { kind } = tab.client.state
  if (kind === 'lost') return <Icon shape={circleAlertIcon} className="size-4 text-warn" />
  if (tab.watchedUser !== null) return <Icon shape={eyeIcon} className="size-4" />
  if (tab.hasRung && !isActive) return <Icon shape={bellIcon} className="size-4 text-warn" />
  return null
}

function describeMark(tab: TerminalTab, isActive: boolean): string | null {
  if (tab.client.state.kind === 'lost') return t.terminal.isLost
  if (!isRunning(tab)) return t.terminal.hasEnded
  return tab.hasRung && !isActive ? t.terminal.rang : null
}

function Tab({
  tab,
  number,
  isActive,
  onClose
}: {
  tab: TerminalTab
  number: number
  isActive: boolean
  onClose(): void
}) {
  const name = nameOf(tab)
  const mark = describeMark(tab, isActive)
  const choose = () => {
    activate(tab)
    if (!matchMedia('(pointer: coarse)').matches) tab.emulator.focus()
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
        id={tabId(tab)}
        aria-current={isActive}
        onClick={choose}
        title={tab.saying.folder ? `${name}\n${tab.saying.folder}` : name}
        className="flex min-h-9 min-w-0 flex-1 items-center gap-1.5 rounded-lg pl-3 font-medium"
      >
        {/* In a frame of its own, so that no title looks like it. */}
        <span className="rounded border border-current/40 px-1 text-xs tabular-nums">{number}</span>
        <bdi translate="no" className={cx('max-w-44 truncate', !isRunning(tab) && 'line-through')}>
          {name}
        </bdi>
        <Mark tab={tab} isActive={isActive} />
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
  tabs: readonly TerminalTab[]
  active: TerminalTab | null
  onClose(tab: TerminalTab): void
}

export function TabBar({ tabs, active, onClose }: TabBarProps) {
  return (
    <ul aria-label={t.terminal.list} className="flex min-w-0 flex-1 gap-1 overflow-x-auto p-0.5">
      {tabs.map((tab, i) => (
        <Tab key={tab.key} tab={tab} number={i + 1} isActive={tab === active} onClose={() => onClose(tab)} />
      ))}
    </ul>
  )
}
