import { useState } from 'react'
import { Broken } from './access/broken.tsx'
import { ConfirmDialog } from './access/confirm-dialog.tsx'
import { CreateOwner } from './access/create-owner.tsx'
import { EnableProtection } from './access/enable-protection.tsx'
import { FirstLaunch } from './access/first-launch.tsx'
import { Login } from './access/login.tsx'
import { Starting } from './access/starting.tsx'
import { useSession } from './session/use-session.ts'
import { HostInfoProvider } from './shell/host-info.tsx'
import { Shell } from './shell/shell.tsx'
import { Toasts } from './ui/toast.tsx'

function Screen() {
  const session = useSession()
  const [isProtecting, setProtecting] = useState(false)
  switch (session.kind) {
    case 'starting':
      return <Starting />
    case 'first-launch':
      return <FirstLaunch status={session.status} />
    case 'login':
      return <Login reason={session.reason} />
    case 'broken':
      return <Broken problem={session.problem} />
    case 'in':
      // The next user must not see data of the previous user.
      return <Shell key={session.user.id} onProtect={() => {}} />
    case 'open': {
      if (!isProtecting) return <Shell onProtect={() => setProtecting(true)} />
      const onBack = () => setProtecting(false)
      if (session.mode === 'declined') return <CreateOwner status={session.status} onBack={onBack} />
      return <EnableProtection onBack={onBack} />
    }
  }
}

export function App() {
  return (
    <HostInfoProvider>
      <Screen />
      <ConfirmDialog />
      <Toasts />
    </HostInfoProvider>
  )
}
