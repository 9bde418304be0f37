import { useState } from 'react'
import type { Status } from '../session/state.ts'
import { t } from '../texts/index.ts'
import { Button } from '../ui/button.tsx'
import { GuideLink } from '../ui/guide-link.tsx'
import { shieldCheckIcon, shieldOffIcon } from '../ui/icon-shapes.ts'
import { CreateOwner } from './create-owner.tsx'
import { DeclineDialog } from './decline-dialog.tsx'
import { Frame } from './frame.tsx'

/** "Protect Your Dashboard?" and the form that its first button opens. */
export function FirstLaunch({ status }: { status: Status }) {
  const texts = t.access.protect
  const [isCreating, setCreating] = useState(false)
  const [isDeclining, setDeclining] = useState(false)
  // A panel cannot be left without protection.
  if (status.panel) return <CreateOwner status={status} />
  if (isCreating) return <CreateOwner status={status} onBack={() => setCreating(false)} />
  return (
    <Frame title={texts.title} lead={texts.lead}>
      <div className="flex flex-col gap-2">
        <Button look="primary" icon={shieldCheckIcon} onClick={() => setCreating(true)} className="min-h-12">
          {texts.yes}
        </Button>
        <p className="text-sm text-muted">{texts.yesHint}</p>
      </div>
      <div className="flex flex-col gap-2">
        <Button icon={shieldOffIcon} onClick={() => setDeclining(true)} className="min-h-12">
          {texts.no}
        </Button>
        <p className="text-sm text-muted">{texts.noHint}</p>
      </div>
      <GuideLink section="first-launch">{texts.guide}</GuideLink>
      <DeclineDialog status={status} isOpen={isDeclining} onClose={() => setDeclining(false)} />
    </Frame>
  )
}
