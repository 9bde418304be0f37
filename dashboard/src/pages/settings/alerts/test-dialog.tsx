import { useEffect, useState } from 'react'
import { api } from '../../../api/client.ts'
import { asSentence } from '../../../api/explain.ts'
import type { Reply } from '../../../api/paths.ts'
import { useAction } from '../../../data/use-action.ts'
import { texts } from '../../../texts/alerts.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog, DialogActions } from '../../../ui/dialog.tsx'
import { FormProblem, SubmitButton } from '../../../ui/form-problem.tsx'
import { Notice } from '../../../ui/notice.tsx'
import type { Channel } from './channel.ts'

type Result = Reply<'/api/alerts/channels/{id}/test', 'post'>

/** The daemon answers after 20 seconds at most. */
const TIMEOUT_MS = 30_000

/** Sends a test message when it opens, and shows the result. */
export function TestDialog({ channel, onClose }: { channel: Channel; onClose(): void }) {
  const [result, setResult] = useState<Result | null>(null)
  const { run, isBusy, problem } = useAction(async () => {
    setResult(null)
    setResult(await api.post('/api/alerts/channels/{id}/test', { path: { id: channel.id }, timeoutMs: TIMEOUT_MS }))
  })
  useEffect(() => void run(), [run])
  return (
    <Dialog isOpen onClose={onClose} title={texts.testTitle(channel.name)}>
      <div role="status">
        {isBusy && <p className="text-sm text-muted">{texts.testing}</p>}
        {result?.is_delivered === true && <Notice tone="good">{texts.delivered(result.status)}</Notice>}
        {result?.is_delivered === false && (
          <Notice tone="bad">
            {texts.notDelivered} {asSentence(result.message)}
          </Notice>
        )}
      </div>
      <FormProblem problem={problem} />
      <DialogActions>
        <Button onClick={onClose}>{texts.close}</Button>
        <SubmitButton type="button" problem={problem} isBusy={isBusy} onClick={() => void run()}>
          {texts.again}
        </SubmitButton>
      </DialogActions>
    </Dialog>
  )
}
