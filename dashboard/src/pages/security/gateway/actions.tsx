import { useState } from 'react'
import { useAction } from '../../../data/use-action.ts'
import { texts } from '../../../texts/gateway.ts'
import { Button } from '../../../ui/button.tsx'
import { FormProblem } from '../../../ui/form-problem.tsx'
import { keyIcon, playIcon, rotateCwIcon, scrollTextIcon, trash2Icon } from '../../../ui/icon-shapes.ts'
import { SureDialog } from '../../../ui/sure-dialog.tsx'
import { begin, type Job, type Status } from './gateway.ts'
import { LogDialog } from './log-dialog.tsx'
import { NewKeyDialog } from './new-key.tsx'
import { RemoveDialog } from './remove-dialog.tsx'

interface ActionsProps {
  status: Status
  /** A job runs. */
  isBusy: boolean
  onBegun(job: Job): void
}

type Open = 'stop' | 'restart' | 'key' | 'log' | 'remove'

const sure = {
  stop: { title: texts.actions.stopTitle, verb: texts.actions.stopSubmit },
  restart: { title: texts.actions.restartTitle, verb: texts.actions.restartSubmit }
}

/** What can be done with a deployed gateway in its present state. */
export function Actions({ status, isBusy, onBegun }: ActionsProps) {
  const words = texts.actions
  const [open, setOpen] = useState<Open | null>(null)
  const close = () => setOpen(null)
  const start = useAction(async () => onBegun((await begin('start')).job))
  const runs = status.started_at != null
  const lasting = open === 'stop' || open === 'restart' ? open : null
  return (
    <>
      <FormProblem showsWait problem={start.problem} />
      <div className="flex flex-wrap gap-2">
        {status.state === 'stopped' && !runs && (
          <Button
            size="small"
            look="primary"
            icon={playIcon}
            disabled={isBusy}
            isBusy={start.isBusy}
            onClick={() => void start.run()}
          >
            {words.start}
          </Button>
        )}
        {runs && (
          <>
            <Button size="small" icon={keyIcon} disabled={isBusy} onClick={() => setOpen('key')}>
              {words.newKey}
            </Button>
            <Button size="small" icon={scrollTextIcon} onClick={() => setOpen('log')}>
              {words.log}
            </Button>
            <Button size="small" icon={rotateCwIcon} disabled={isBusy} onClick={() => setOpen('restart')}>
              {words.restart}
            </Button>
            <Button size="small" disabled={isBusy} onClick={() => setOpen('stop')}>
              {words.stop}
            </Button>
          </>
        )}
        <Button size="small" look="danger" icon={trash2Icon} disabled={isBusy} onClick={() => setOpen('remove')}>
          {words.remove}
        </Button>
      </div>
      {lasting && (
        <SureDialog
          isOpen
          onClose={close}
          title={sure[lasting].title}
          lead={words.disconnect}
          verb={sure[lasting].verb}
          act={async () => onBegun((await begin(lasting)).job)}
        />
      )}
      {open === 'key' && <NewKeyDialog onBegun={onBegun} onClose={close} />}
      {open === 'log' && <LogDialog onClose={close} />}
      {open === 'remove' && <RemoveDialog status={status} onBegun={onBegun} onClose={close} />}
    </>
  )
}
