import { type FormEvent, useState } from 'react'
import { api } from '../../api/client.ts'
import { isProblem, toProblem } from '../../api/problem.ts'
import { useAction } from '../../data/use-action.ts'
import { usePoll } from '../../data/use-poll.ts'
import { useMay } from '../../session/use-session.ts'
import { texts } from '../../texts/settings.ts'
import { Button } from '../../ui/button.tsx'
import { focusFault } from '../../ui/focus-fault.ts'
import { FormProblem, SubmitButton } from '../../ui/form-problem.tsx'
import { gaugeIcon } from '../../ui/icon-shapes.ts'
import { PolledCard } from '../../ui/polled-card.tsx'
import { SureDialog } from '../../ui/sure-dialog.tsx'
import { toast } from '../../ui/toast.tsx'
import { GaugeFields } from './gauge-fields.tsx'
import { GaugeTable } from './gauge-table.tsx'
import {
  changesOf,
  type Draft,
  type Faults,
  faultsIn,
  faultsOf,
  type Gauges,
  gaugeNames,
  overtaken
} from './thresholds.ts'

const EVERY_MS = 10_000
const { thresholds: h } = texts

const load = (signal: AbortSignal) => api.get('/api/health/thresholds', { signal })

function ThresholdForm({ gauges, reload }: { gauges: Gauges; reload(): void }) {
  const [draft, setDraft] = useState<Draft>({})
  const [faults, setFaults] = useState<Faults>({})
  const [isResetting, setResetting] = useState(false)
  const save = useAction(async () => {
    try {
      await api.patch('/api/health/thresholds', { body: changesOf(gauges, draft) })
    } catch (error) {
      setFaults(faultsIn(toProblem(error), gauges))
      throw error
    }
    setDraft({})
    toast(h.saved)
    reload()
  })
  const discard = () => {
    setDraft({})
    setFaults({})
    save.setProblem(null)
  }
  const reset = async () => {
    await api.delete('/api/health/thresholds')
    discard()
    toast(h.wasReset)
    reload()
  }
  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const found = faultsOf(draft)
    setFaults(found)
    if (Object.keys(found).length > 0 || !(await save.run())) focusFault(form)
  }
  const edited = Object.keys(draft).length
  const newer = overtaken(gauges, draft)
  // A refusal that stands at its field is not repeated.
  const problem = Object.keys(faults).length > 0 ? null : save.problem
  return (
    <form onSubmit={(event) => void onSubmit(event)} noValidate className="flex flex-col gap-4">
      <div className="grid gap-x-6 gap-y-5 md:grid-cols-2 2xl:grid-cols-3">
        {gaugeNames(gauges).map((name) => (
          <GaugeFields
            key={name}
            name={name}
            gauge={gauges[name]}
            draft={draft}
            faults={faults}
            newer={newer}
            onChange={(next) => {
              setDraft(next)
              setFaults({})
              if (isProblem(save.problem, 'VALIDATION')) save.setProblem(null)
            }}
          />
        ))}
      </div>
      <FormProblem problem={problem} />
      <div className="flex flex-wrap items-center gap-2">
        <SubmitButton problem={save.problem} isBusy={save.isBusy} disabled={edited === 0}>
          {h.save}
        </SubmitButton>
        {edited > 0 && <Button onClick={discard}>{h.discard}</Button>}
        <Button look="quiet" onClick={() => setResetting(true)}>
          {h.reset}
        </Button>
        <span role="status" className="text-sm text-muted">
          {edited > 0 && h.unsaved(edited)}
        </span>
      </div>
      <SureDialog
        isOpen={isResetting}
        onClose={() => setResetting(false)}
        title={h.resetTitle}
        lead={h.resetLead}
        verb={h.resetVerb}
        act={reset}
      />
    </form>
  )
}

/** The thresholds of the health checks; without the permission to change them, as a table. */
export function ThresholdsTab() {
  const polled = usePoll(load, EVERY_MS)
  const may = useMay('health.manage')
  return (
    <PolledCard polled={polled} title={h.title} icon={gaugeIcon}>
      {({ gauges }) => (
        <>
          <p className="text-sm text-muted">{h.lead}</p>
          {may ? <ThresholdForm gauges={gauges} reload={polled.reload} /> : <GaugeTable gauges={gauges} />}
        </>
      )}
    </PolledCard>
  )
}
