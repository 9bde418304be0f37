import { useCallback, useEffect, useRef, useState } from 'react'
import { usePoll } from '../../data/use-poll.ts'
import { useTitleSubject } from '../../shell/use-title.ts'
import { t } from '../../texts/index.ts'
import { Button } from '../../ui/button.tsx'
import { cx } from '../../ui/class-names.ts'
import { Dialog, DialogActions } from '../../ui/dialog.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Loading } from '../../ui/skeleton.tsx'
import { HelpDialog, LinkDialog, PasteDialog } from './dialogs.tsx'
import { OtherTerminalsDialog } from './other-terminals.tsx'
import { Pane } from './pane.tsx'
import { usePreferences } from './preferences.ts'
import { SearchBar } from './search-bar.tsx'
import { Start } from './start.tsx'
import { nameOf, TabBar, tabId } from './tab-bar.tsx'
import type { TerminalTab } from './terminal-tab.ts'
import { loadTerminals } from './terminal-transport.ts'
import { Toolbar, type ToolbarDialog } from './toolbar.tsx'
import { TouchKeys } from './touch-keys.tsx'
import { useFrame, useIsNarrow } from './use-frame.ts'
import {
  clearRequestedAction,
  close,
  dismissLink,
  focusActive,
  isRunning,
  openRequested,
  openTerminalIds,
  restore,
  useWorkspace
} from './workspace.ts'

const EVERY_MS = 10_000

/** Up to four terminals, as tabs or side by side. */
export function Terminals() {
  const { tabs, active, requestedAction, link } = useWorkspace()
  const [isReady, setReady] = useState(false)
  const [isMaximized, setMaximized] = useState(false)
  const [isSearching, setSearching] = useState(false)
  const [dialog, setDialog] = useState<ToolbarDialog | null>(null)
  const [closing, setClosing] = useState<TerminalTab | null>(null)
  const place = useRef<HTMLDivElement>(null)
  const isNarrow = useIsNarrow()
  const { layout } = usePreferences()
  const isGrid = layout === 'grid' && !isNarrow && tabs.length > 1
  const isShown = tabs.length > 0
  // Polled only while the start screen is visible. The dialog polls separately.
  const sessions = usePoll(loadTerminals, isShown || dialog === 'others' ? 0 : EVERY_MS)
  useTitleSubject(active ? nameOf(active) : '')
  const frame = useFrame(place, isMaximized && isShown)

  useEffect(() => {
    void restore().then(() => {
      openRequested()
      setReady(true)
    })
  }, [])

  // Users expect to type immediately. On phones, a tap opens the keyboard.
  useEffect(() => {
    if (active && !matchMedia('(pointer: coarse)').matches) active.emulator.focus()
  }, [active])

  useEffect(() => {
    if (requestedAction === 'search') setSearching(true)
    if (requestedAction === 'leave' && active) document.getElementById(tabId(active))?.focus()
    if (requestedAction) clearRequestedAction()
  }, [requestedAction, active])

  const ask = useCallback((tab: TerminalTab) => {
    const isNothingLost = tab.watchedUser !== null || !isRunning(tab) || tab.client.state.kind === 'taken'
    if (isNothingLost) close(tab)
    else setClosing(tab)
  }, [])
  const end = () => {
    if (closing) close(closing)
    setClosing(null)
  }
  const leaveDialog = () => setDialog(null)

  const here = openTerminalIds()
  const others = sessions.data?.sessions.filter(({ id }) => !here.includes(id)).length ?? 0
  return (
    <>
      <div ref={place} className="-mb-5" />
      <h1 className="sr-only">{t.terminal.title}</h1>
      {!isShown && !(isReady && (sessions.data || sessions.problem)) && <Loading />}
      {!isShown && isReady && (sessions.data || sessions.problem) && (
        <Start sessions={sessions} others={others} onOthers={() => setDialog('others')} />
      )}
      {isShown && (
        <div
          style={frame.style}
          className={cx(
            'flex flex-col gap-2 max-sm:-mx-4 max-sm:-mb-9',
            frame.isFixed ? 'fixed inset-x-0 z-30 max-sm:mx-0 bg-bg p-2 max-sm:p-0' : 'min-w-0'
          )}
        >
          <div className="flex items-center gap-1 max-sm:px-2">
            <TabBar tabs={tabs} active={active} onClose={ask} />
            <Toolbar
              active={active}
              isMaximized={isMaximized}
              onMaximize={() => setMaximized(!isMaximized)}
              onSearch={() => setSearching(!isSearching)}
              onDialog={setDialog}
            />
          </div>
          {isSearching && active && <SearchBar key={active.key} tab={active} onClose={() => setSearching(false)} />}
          <div className={cx('min-h-0 flex-1', isGrid ? 'grid auto-rows-fr grid-cols-2 gap-2' : 'relative')}>
            {tabs.map((tab, i) => (
              <Pane
                key={tab.key}
                tab={tab}
                number={i + 1}
                isGrid={isGrid}
                isWide={isGrid && tabs.length === 3 && i === 2}
                isActive={tab === active}
                onClose={ask}
              />
            ))}
          </div>
          {active && active.watchedUser === null && <TouchKeys tab={active} />}
        </div>
      )}
      <Dialog
        isOpen={closing !== null}
        onClose={() => setClosing(null)}
        onFocusBack={focusActive}
        title={t.terminal.sure}
      >
        <Notice tone="warn">{t.terminal.sureText}</Notice>
        <DialogActions>
          <Button onClick={() => setClosing(null)}>{t.ui.cancel}</Button>
          <Button look="danger" onClick={end}>
            {t.terminal.sureYes}
          </Button>
        </DialogActions>
      </Dialog>
      <OtherTerminalsDialog isOpen={dialog === 'others'} onClose={leaveDialog} />
      <PasteDialog isOpen={dialog === 'paste'} tab={active} onClose={leaveDialog} />
      <HelpDialog isOpen={dialog === 'help'} onClose={leaveDialog} />
      <LinkDialog address={link} onClose={dismissLink} />
    </>
  )
}
