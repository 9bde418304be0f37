import { useState } from 'react'
import { Command } from '../../parts/reason.tsx'
import { t } from '../../texts/index.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Notice } from '../../ui/notice.tsx'
import type { Updates } from './updates-dialog.tsx'

const UPDATE = 'apt update && apt install --only-upgrade proxmenux-monitor'
const RESTART = 'systemctl restart proxmenux-monitor'

interface StepsProps {
  needsUpdate: boolean
  isOpen: boolean
  onClose(): void
}

function Steps({ needsUpdate, isOpen, onClose }: StepsProps) {
  const { steps } = t.monitorUpdate
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      size="medium"
      title={needsUpdate ? steps.updateTitle : steps.restartTitle}
      lead={steps.lead}
    >
      <div className="flex flex-col gap-4 text-sm">
        {needsUpdate && (
          <div className="flex flex-col gap-1">
            <p>{steps.update}</p>
            <Command text={UPDATE} />
          </div>
        )}
        <div className="flex flex-col gap-1">
          <p>{needsUpdate ? steps.ownTerminal : steps.restart}</p>
          <Command text={RESTART} />
        </div>
        <p className="text-muted">{steps.consequence}</p>
      </div>
    </Dialog>
  )
}

/** Says that a newer Monitor can be installed, or that the installed one does not run yet. */
export function MonitorUpdate({ updates, running }: { updates: Updates | null; running: string | undefined }) {
  const [isOpen, setOpen] = useState(false)
  if (!updates) return null
  const { installed_version: installed, candidate_version: candidate } = updates.monitor
  const needsUpdate = updates.monitor.update_available === true
  const needsRestart = updates.monitor.restart_required === true
  if (installed === null || (!needsUpdate && !needsRestart)) return null
  const { available, restart, howToUpdate, howToRestart } = t.monitorUpdate
  return (
    <Notice
      action={
        <Button size="small" onClick={() => setOpen(true)}>
          {needsUpdate ? howToUpdate : howToRestart}
        </Button>
      }
    >
      {needsUpdate && candidate !== null ? available(candidate, installed) : restart(installed, running)}
      <Steps needsUpdate={needsUpdate} isOpen={isOpen} onClose={() => setOpen(false)} />
    </Notice>
  )
}
