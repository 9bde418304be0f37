import { type ReactNode, useEffect } from 'react'
import { explain } from '../../api/explain.ts'
import { urlOf } from '../../api/place.ts'
import { toProblem } from '../../api/problem.ts'
import { formatBytes } from '../../data/format.ts'
import { useCountdown } from '../../data/use-now.ts'
import type { Reconnection, TerminalState } from '../../terminal/state.ts'
import { t } from '../../texts/index.ts'
import { Button } from '../../ui/button.tsx'
import { cx } from '../../ui/class-names.ts'
import { Icon } from '../../ui/icon.tsx'
import { eyeIcon } from '../../ui/icon-shapes.ts'
import { Notice } from '../../ui/notice.tsx'
import type { TerminalTab } from './terminal-tab.ts'
import { focusUnlessTouch, isRunning, replace } from './workspace.ts'

const GOOD_NEWS_MS = 5000
const text = t.terminal

function Small({ onClick, children }: { onClick(): void; children: ReactNode }) {
  const act = () => {
    onClick()
    focusUnlessTouch()
  }
  return (
    <Button size="small" onClick={act}>
      {children}
    </Button>
  )
}

function Lost({ until, onRetry }: { until: number; onRetry(): void }) {
  const left = useCountdown(until)
  return (
    <Notice tone="warn" role="status" action={<Small onClick={onRetry}>{text.tryNow}</Small>}>
      {left === 0 ? (
        text.lostLong
      ) : (
        <>
          {text.lost} {/* Updated each second, but not announced each second. */}
          <span aria-hidden="true" className="tabular-nums">
            {text.lostLeft(t.ui.seconds(left))}
          </span>
        </>
      )}
    </Notice>
  )
}

const describeReconnection = ({ lostBytes, isFresh }: Reconnection): string => {
  if (isFresh) return lostBytes > 0 ? text.backFreshGone : text.backFresh
  return lostBytes > 0 ? text.backGone(formatBytes(lostBytes)) : text.back
}

function Reconnected({ reconnection, onSeen }: { reconnection: Reconnection; onSeen(): void }) {
  const isGood = (reconnection.lostBytes === 0 || reconnection.isFresh) && !reconnection.isPasteCut
  useEffect(() => {
    if (!isGood) return
    const timer = setTimeout(onSeen, GOOD_NEWS_MS)
    return () => clearTimeout(timer)
  }, [isGood, onSeen])
  return (
    <Notice
      tone={isGood ? 'good' : 'warn'}
      role="status"
      action={isGood ? undefined : <Small onClick={onSeen}>{t.ui.close}</Small>}
    >
      {describeReconnection(reconnection)} {reconnection.isPasteCut && text.backPaste}
    </Notice>
  )
}

function Actions({ tab, isAgain, onClose }: { tab: TerminalTab; isAgain: boolean; onClose(): void }) {
  return (
    <span className="flex flex-wrap gap-2">
      {tab.watchedUser === null && <Small onClick={() => replace(tab)}>{isAgain ? text.again : text.new}</Small>}
      <Small onClick={onClose}>{text.remove}</Small>
    </span>
  )
}

function Ended({
  tab,
  state,
  onClose
}: {
  tab: TerminalTab
  state: TerminalState & { kind: 'ended' }
  onClose(): void
}) {
  const { why, detail, error } = state
  const isAgain = why === 'refused' || why === 'no-socket' || why === 'limit' || why === 'target'
  return (
    <Notice tone="bad" role="alert" action={<Actions tab={tab} isAgain={isAgain} onClose={onClose} />}>
      {text.ended[why]} {error !== undefined && explain(toProblem(error))}
      {detail && why !== 'ended' && why !== 'gone' && (
        <span translate="no" className="block text-xs">
          {detail}
        </span>
      )}{' '}
      {why === 'no-socket' && (
        <a href={urlOf('connection')} className="font-medium">
          {text.doctor}
        </a>
      )}
    </Notice>
  )
}

function State({ tab, onClose }: { tab: TerminalTab; onClose(): void }) {
  const { client } = tab
  const { state, reconnection, paste } = client
  switch (state.kind) {
    case 'opening':
      return <Notice role="status">{text.opening}</Notice>
    case 'lost':
      return <Lost until={state.until} onRetry={() => client.retry()} />
    case 'taken':
      return (
        <Notice tone="warn" role="alert" action={<Small onClick={() => client.retry()}>{text.takeBack}</Small>}>
          {text.taken}
        </Notice>
      )
    case 'exited':
      return (
        <Notice role="status" action={<Actions tab={tab} isAgain={false} onClose={onClose} />}>
          {state.code === null ? text.killed(state.signal ?? '') : text.exited(state.code)}
        </Notice>
      )
    case 'ended':
      return <Ended tab={tab} state={state} onClose={onClose} />
    case 'live':
      if (paste && paste.bytes > 0) {
        return (
          <Notice action={<Small onClick={() => client.cancelPaste()}>{text.stop}</Small>}>
            <span className="tabular-nums">{text.pasting(Math.floor((paste.sent / paste.bytes) * 100))}</span>
          </Notice>
        )
      }
      return reconnection && <Reconnected reconnection={reconnection} onSeen={client.dismissReconnection} />
  }
}

/** The notices above a terminal. */
export function PaneState({ tab, onClose }: { tab: TerminalTab; onClose(): void }) {
  const { watchedUser } = tab
  const isOver = !isRunning(tab)
  return (
    <>
      {watchedUser !== null && (
        <p className="flex items-center gap-2 border-b border-warn/30 bg-warn-bg px-3 py-1.5 text-sm font-medium text-warn">
          <Icon shape={eyeIcon} />
          <span>{watchedUser ? text.watching(watchedUser) : text.watchingNobody}</span>
        </p>
      )}
      {/* Temporary notices overlay the terminal, so that they do not resize it and force a redraw. */}
      <div className={cx('p-1.5 empty:hidden', !isOver && 'absolute top-0 right-0 z-10 max-w-full')}>
        <State tab={tab} onClose={onClose} />
      </div>
    </>
  )
}
