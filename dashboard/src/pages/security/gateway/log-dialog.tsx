import { usePoll } from '../../../data/use-poll.ts'
import { texts } from '../../../texts/gateway.ts'
import { Button } from '../../../ui/button.tsx'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { Dialog, DialogActions } from '../../../ui/dialog.tsx'
import { PollProblem } from '../../../ui/freshness.tsx'
import { refreshCwIcon } from '../../../ui/icon-shapes.ts'
import { Loading } from '../../../ui/skeleton.tsx'
import { LOG_LINES, loadLog } from './gateway.ts'

const scrollerClass = 'max-h-96 overflow-auto rounded-lg border bg-raised p-3'

/** The newest lines of tailscaled, read when it opens. */
export function LogDialog({ onClose }: { onClose(): void }) {
  const words = texts.log
  const polled = usePoll(loadLog, 0)
  const logs = polled.data?.logs
  return (
    <Dialog isOpen onClose={onClose} title={words.title} lead={words.lead(LOG_LINES)} size="large">
      <PollProblem polled={polled} />
      {logs === undefined ? (
        !polled.problem && <Loading />
      ) : (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroller that a keyboard cannot reach cannot be scrolled by it
        <div role="group" aria-label={words.title} tabIndex={0} className={scrollerClass}>
          <pre translate="no" className="font-mono text-xs">
            {logs || words.empty}
          </pre>
        </div>
      )}
      <DialogActions>
        {logs && <CopyButton text={logs} />}
        <Button icon={refreshCwIcon} onClick={polled.reload}>
          {words.refresh}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
