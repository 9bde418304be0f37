import { api } from '../../../api/client.ts'
import { announceChange, useReloadOnChange } from '../../../data/changes.ts'
import { usePoll } from '../../../data/use-poll.ts'
import { useMay, useUser } from '../../../session/use-session.ts'
import { t } from '../../../texts/index.ts'
import { Notice } from '../../../ui/notice.tsx'
import { ChooseCard } from './choose-card.tsx'
import type { Move } from './move-dialog.tsx'
import { leavesThisPage, loadSsl, type OnSwitched } from './ssl.ts'
import { StatusCard } from './status-card.tsx'

const EVERY_MS = 15_000

const loadPath = (signal: AbortSignal) => api.get('/api/security/connection', { signal })

/** The address of the proxy in front of this page, or null. */
function useProxy(isAsked: boolean): string | null {
  const load = isAsked ? loadPath : loadNothing
  const way = usePoll(load, 0).data
  return way && Object.keys(way.forwarded).length > 0 ? way.peer : null
}
const loadNothing = async () => null

interface HttpsTabProps {
  /** Called when the port has changed its scheme or certificate, so this page can no longer reach it. */
  onMove(move: Move): void
}

export function HttpsTab({ onMove }: HttpsTabProps) {
  const polled = usePoll(loadSsl, EVERY_MS)
  useReloadOnChange(polled.reload)
  const user = useUser()
  const may = useMay('security.manage')
  const proxy = useProxy(may)
  const isChangeable = may && user !== null

  const onSwitched: OnSwitched = (switched) => {
    if (leavesThisPage(switched, proxy !== null, polled.data)) {
      return onMove({ ...switched, deadline: Date.now() + switched.seconds * 1000 })
    }
    announceChange()
  }
  return (
    <>
      {!isChangeable && <Notice>{user ? t.security.readOnly : t.security.noAccount}</Notice>}
      <StatusCard polled={polled} isChangeable={isChangeable} onSwitched={onSwitched} />
      {isChangeable && polled.data && <ChooseCard ssl={polled.data} proxy={proxy} onSwitched={onSwitched} />}
    </>
  )
}
