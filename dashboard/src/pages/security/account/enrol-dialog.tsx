import { useEffect, useState } from 'react'
import { api } from '../../../api/client.ts'
import type { Reply } from '../../../api/paths.ts'
import { urlOf } from '../../../api/place.ts'
import { CANCELLED, toProblem } from '../../../api/problem.ts'
import { useAction } from '../../../data/use-action.ts'
import { t } from '../../../texts/index.ts'
import { Button } from '../../../ui/button.tsx'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { Dialog, DialogActions } from '../../../ui/dialog.tsx'
import { FormProblem } from '../../../ui/form-problem.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { Loading } from '../../../ui/skeleton.tsx'
import { EnrolSteps } from './enrol-steps.tsx'

export type Enrolment = Reply<'/api/auth/totp/setup', 'post'>

/** A correct code does not prove that the next login works, so the user can test it while still logged in. */
function TestIt({ onClose }: { onClose(): void }) {
  const texts = t.security.account.enrol
  const address = urlOf('')
  return (
    <>
      <Notice tone="warn">
        <p className="font-semibold">{texts.test}</p>
        <p>{texts.testText}</p>
      </Notice>
      <div className="flex flex-wrap items-center gap-2">
        <code translate="no" className="min-w-0 flex-1 rounded-lg bg-raised px-3 py-2 font-mono text-sm">
          <span className="sr-only">{texts.address}: </span>
          {address}
        </code>
        <CopyButton text={address} />
      </div>
      <DialogActions>
        <Button look="primary" onClick={onClose}>
          {texts.finish}
        </Button>
      </DialogActions>
    </>
  )
}

function Enrol({ onClose, onDone }: { onClose(): void; onDone(): void }) {
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null)
  const begin = useAction(async () => {
    try {
      setEnrolment(await api.post('/api/auth/totp/setup', { body: {} }))
    } catch (error) {
      // The user cancelled the confirmation, so the dialog closes.
      if (toProblem(error).code === CANCELLED) onClose()
      throw error
    }
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it is opened
  useEffect(() => void begin.run(), [])

  if (enrolment) return <EnrolSteps enrolment={enrolment} onClose={onClose} onDone={onDone} />
  return (
    <>
      {begin.problem ? <FormProblem showsWait problem={begin.problem} /> : <Loading lines={4} />}
      <DialogActions>
        <Button onClick={onClose}>{t.ui.cancel}</Button>
      </DialogActions>
    </>
  )
}

/**
 * Sets up two-factor authentication or replaces the authenticator. Mounted only while open, because it requests a new
 * secret on mount.
 */
export function EnrolDialog({ isReplacing, onClose }: { isReplacing: boolean; onClose(): void }) {
  const texts = t.security.account.enrol
  const [isDone, setDone] = useState(false)
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={isDone ? texts.doneTitle : isReplacing ? texts.replaceTitle : texts.title}
      lead={isReplacing && !isDone ? texts.oldEnds : undefined}
      size="medium"
      // The codes are shown only once, so a click outside must not close the dialog.
      isDismissable={false}
    >
      {isDone ? <TestIt onClose={onClose} /> : <Enrol onClose={onClose} onDone={() => setDone(true)} />}
    </Dialog>
  )
}
