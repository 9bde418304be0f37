import { lazy, Suspense, useState } from 'react'
import { api } from '../api/client.ts'
import { usePoll } from '../data/use-poll.ts'
import { usePanel, useTenant } from '../session/panel.ts'
import { useMay } from '../session/use-session.ts'
import { t } from '../texts/index.ts'
import { IconButton } from '../ui/button.tsx'
import { chevronDownIcon } from '../ui/icon-shapes.ts'

const HostsDialog = lazy(() => import('../parts/hosts/hosts-dialog.tsx'))

const EVERY_MS = 30_000
const load = (signal: AbortSignal) => api.get('/api/hosts', { signal })

/** Opens the list of the panel's hosts. Hidden while there is only one. */
export function HostSwitcher() {
  const isPanel = usePanel() != null
  const tenant = useTenant()
  const mayView = useMay('system.view')
  const polled = usePoll(isPanel && !tenant && mayView ? load : null, EVERY_MS)
  const [isOpen, setOpen] = useState(false)
  const hosts = polled.data?.hosts ?? []
  if (hosts.length < 2) return null
  return (
    <>
      <IconButton
        icon={chevronDownIcon}
        label={t.shell.switchHost}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
        className="-ml-2"
      />
      {isOpen && (
        <Suspense>
          <HostsDialog hosts={hosts} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
