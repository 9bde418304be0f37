import { type ComponentType, type ReactNode, useState } from 'react'
import { Broken } from './access/broken.tsx'
import { ConfirmDialog } from './access/confirm-dialog.tsx'
import { CreateOwner } from './access/create-owner.tsx'
import { EnableProtection } from './access/enable-protection.tsx'
import { FirstLaunch } from './access/first-launch.tsx'
import { Login } from './access/login.tsx'
import { Starting } from './access/starting.tsx'
import { useSession } from './session/use-session.ts'
import { HostInfoProvider } from './shell/host-info.tsx'
import { Toasts } from './ui/toast.tsx'

export interface GateProps {
  /** What opens behind the login. `onProtect` leads to the form that sets a password on an open host. */
  inside: ComponentType<{ onProtect(): void }>
  /** Another way in, below the login form. */
  underLogin?: ReactNode
}

/** Asks for what the state of the session takes, then shows what is inside. */
export function Gate({ inside: Inside, underLogin }: GateProps) {
  const session = useSession()
  const [isProtecting, setProtecting] = useState(false)
  switch (session.kind) {
    case 'starting':
      return <Starting />
    case 'first-launch':
      return <FirstLaunch status={session.status} />
    case 'login':
      return <Login reason={session.reason}>{underLogin}</Login>
    case 'broken':
      return <Broken problem={session.problem} />
    case 'in':
      // The next user must not see data of the previous user.
      return <Inside key={session.user.id} onProtect={() => {}} />
    case 'open': {
      if (!isProtecting) return <Inside onProtect={() => setProtecting(true)} />
      const onBack = () => setProtecting(false)
      if (session.mode === 'declined') return <CreateOwner status={session.status} onBack={onBack} />
      return <EnableProtection onBack={onBack} />
    }
  }
}

/** What stands around every page of the build. */
export function App({ children }: { children: ReactNode }) {
  return (
    <HostInfoProvider>
      {children}
      <ConfirmDialog />
      <Toasts />
    </HostInfoProvider>
  )
}
