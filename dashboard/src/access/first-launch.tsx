import { useState } from 'react'
import { isProblem } from '../api/problem.ts'
import { useAction } from '../data/use-action.ts'
import { decline, start } from '../session/session.ts'
import type { Status } from '../session/state.ts'
import { t } from '../texts/index.ts'
import { Button } from '../ui/button.tsx'
import { Dialog, DialogActions } from '../ui/dialog.tsx'
import { FormProblem, SubmitButton } from '../ui/form-problem.tsx'
import { shieldCheckIcon, shieldOffIcon } from '../ui/icon-shapes.ts'
import { CreateOwner } from './create-owner.tsx'
import { Frame } from './frame.tsx'

/** "Protect Your Dashboard?", and the form behind its first button. */
export function FirstLaunch({ status }: { status: Status }) {
  const texts = t.access.protect
  const [isCreating, setCreating] = useState(false)
  const [isDeclining, setDeclining] = useState(false)
  const skip = useAction(async () => {
    try {
      await decline()
    } catch (error) {
      if (!isProblem(error, 'ALREADY_CONFIGURED')) throw error
      await start('late')
    }
  })
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
      <Dialog isOpen={isDeclining} onClose={() => setDeclining(false)} title={texts.sure} lead={texts.sureText}>
        <FormProblem problem={skip.problem} />
        <DialogActions>
          <Button onClick={() => setDeclining(false)}>{texts.sureNo}</Button>
          <SubmitButton
            type="button"
            look="danger"
            problem={skip.problem}
            isBusy={skip.isBusy}
            onClick={() => void skip.run()}
          >
            {texts.sureYes}
          </SubmitButton>
        </DialogActions>
      </Dialog>
    </Frame>
  )
}
