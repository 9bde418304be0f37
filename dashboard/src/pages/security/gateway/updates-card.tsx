import { useEffect, useState } from 'react'
import { useAction } from '../../../data/use-action.ts'
import { texts } from '../../../texts/gateway.ts'
import { Ago } from '../../../ui/ago.tsx'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { FormProblem, SubmitButton } from '../../../ui/form-problem.tsx'
import { downloadIcon, packageIcon } from '../../../ui/icon-shapes.ts'
import { Notice } from '../../../ui/notice.tsx'
import { SureDialog } from '../../../ui/sure-dialog.tsx'
import { type Column, Table } from '../../../ui/table.tsx'
import { begin, checkUpdate, type Job, type Update } from './gateway.ts'

type Package = Update['packages'][number]

const machine = (text: string) => <span translate="no">{text}</span>
const columns: Column<Package>[] = [
  { key: 'name', title: texts.updates.package, cell: ({ name }) => machine(name) },
  { key: 'current', title: texts.updates.installed, cell: ({ current }) => machine(current) },
  { key: 'latest', title: texts.updates.latest, cell: ({ latest }) => machine(latest) }
]

function Found({ update }: { update: Update }) {
  const words = texts.updates
  const { packages, reason, checked_at: at, current_version: version } = update
  return (
    <>
      {reason != null && <Notice tone="warn">{words.failed(reason)}</Notice>}
      {packages.length > 0 && (
        <>
          <p className="text-sm font-medium">{words.available(packages.length)}</p>
          <Table caption={words.title} columns={columns} rows={packages} keyOf={({ name }) => name} />
        </>
      )}
      {packages.length === 0 && reason == null && (
        <p className="text-sm">{version == null ? words.currentUnknown : words.current(version)}</p>
      )}
      {at != null && (
        <p className="text-xs text-muted">
          {words.checked} <Ago time={at} />
        </p>
      )}
    </>
  )
}

interface UpdatesCardProps {
  /** The newest job. */
  job: Job | null
  hasAccount: boolean
  isBusy: boolean
  onBegun(job: Job): void
}

/** Updates of the container's packages. The repository is asked only on request. */
export function UpdatesCard({ job, hasAccount, isBusy, onBegun }: UpdatesCardProps) {
  const words = texts.updates
  const [update, setUpdate] = useState<Update | null>(null)
  const [isSure, setSure] = useState(false)
  const check = useAction(async () => setUpdate(await checkUpdate()))
  const updatedBy = job?.kind === 'update' && job.state === 'done' ? job.id : null
  useEffect(() => {
    if (updatedBy !== null) setUpdate(null)
  }, [updatedBy])
  return (
    <Card title={words.title} icon={packageIcon}>
      <div aria-live="polite" className="flex flex-col gap-3">
        {update === null ? <p className="text-sm text-muted">{words.lead}</p> : <Found update={update} />}
      </div>
      <FormProblem problem={check.problem} />
      <div className="flex flex-wrap gap-2">
        <SubmitButton
          type="button"
          look="secondary"
          size="small"
          problem={check.problem}
          isBusy={check.isBusy}
          disabled={isBusy}
          onClick={() => void check.run()}
        >
          {words.check}
        </SubmitButton>
        {update?.available && hasAccount && (
          <Button size="small" look="primary" icon={downloadIcon} disabled={isBusy} onClick={() => setSure(true)}>
            {words.update}
          </Button>
        )}
      </div>
      <SureDialog
        isOpen={isSure}
        onClose={() => setSure(false)}
        title={words.updateTitle}
        lead={`${words.updateLead} ${texts.actions.disconnect}`}
        verb={words.updateSubmit}
        act={async () => onBegun((await begin('update')).job)}
      />
    </Card>
  )
}
