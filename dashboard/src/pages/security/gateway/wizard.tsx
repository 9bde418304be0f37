import { type FormEvent, useLayoutEffect, useRef, useState } from 'react'
import { isProblem } from '../../../api/problem.ts'
import { useAction } from '../../../data/use-action.ts'
import { usePoll } from '../../../data/use-poll.ts'
import { texts } from '../../../texts/gateway.ts'
import { t } from '../../../texts/index.ts'
import { Button } from '../../../ui/button.tsx'
import { focusFault } from '../../../ui/focus-fault.ts'
import { FormProblem, SubmitButton } from '../../../ui/form-problem.tsx'
import { waypointsIcon } from '../../../ui/icon-shapes.ts'
import { PolledCard } from '../../../ui/polled-card.tsx'
import { ContainerStep } from './container-step.tsx'
import { type Draft, draftOf, type Faults, faultsIn, faultsOf, requestOf, type Step, steps, stepWith } from './draft.ts'
import { deploy, type Job, loadOptions, type Options } from './gateway.ts'
import { KeyField } from './key-field.tsx'
import { NetworksStep } from './networks-step.tsx'
import { ReviewStep } from './review-step.tsx'

interface WizardProps {
  first: Step
  /** The choices so far. */
  draft: Draft | null
  onChange(draft: Draft): void
  onBegun(job: Job): void
  onClose(): void
}

interface FormProps extends WizardProps {
  draft: Draft
  options: Options
}

/** The step, of which the title takes the focus when it is shown. */
function StepTitle({ step }: { step: Step }) {
  const title = useRef<HTMLHeadingElement>(null)
  // Before the paint: an invalid field of the step takes the focus after it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each step is a screen of its own
  useLayoutEffect(() => title.current?.focus(), [step])
  return (
    <div>
      <p className="text-xs text-muted">{texts.wizard.stepOf(steps.indexOf(step) + 1, steps.length)}</p>
      <h3 ref={title} tabIndex={-1} className="text-base font-semibold outline-none">
        {texts.wizard.steps[step]}
      </h3>
    </div>
  )
}

function WizardForm({ draft, first, options, onChange, onBegun, onClose }: FormProps) {
  const words = texts.wizard
  const [step, setStep] = useState(first)
  const [authKey, setAuthKey] = useState('')
  const [faults, setFaults] = useState<Faults>({})
  const at = steps.indexOf(step)

  const showFaults = (found: Faults) => {
    setFaults(found)
    setStep(stepWith(found) ?? step)
  }
  const start = useAction(async () => {
    try {
      onBegun((await deploy(requestOf(draft, authKey))).job)
      // The pressed button no longer exists.
      document.getElementById('main')?.focus()
    } catch (error) {
      const found = isProblem(error) ? faultsIn(error) : null
      if (found === null) throw error
      showFaults(found)
    }
  })
  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    // A fault that the host has found stays until the step is submitted again.
    const found = step === 'review' ? faultsOfAll(draft, authKey, options) : faultsOf(step, draft, authKey, options)
    showFaults(found)
    if (Object.keys(found).length === 0) {
      if (step === 'review') await start.run()
      else setStep(steps[at + 1]!)
    }
    focusFault(form)
  }
  const change = (changes: Partial<Draft>) => onChange({ ...draft, ...changes })
  const props = { draft, options, faults, onChange: change }
  return (
    <form onSubmit={onSubmit} noValidate className="flex max-w-2xl flex-col gap-5">
      <StepTitle step={step} />
      {step === 'container' && <ContainerStep {...props} />}
      {step === 'key' && <KeyField value={authKey} fault={faults.auth_key} onChange={setAuthKey} />}
      {step === 'networks' && <NetworksStep {...props} />}
      {step === 'review' && <ReviewStep draft={draft} options={options} />}
      <FormProblem problem={start.problem} />
      <div className="flex flex-wrap justify-between gap-2">
        <Button onClick={onClose}>{t.ui.cancel}</Button>
        <div className="flex flex-wrap gap-2">
          {at > 0 && <Button onClick={() => setStep(steps[at - 1]!)}>{words.back}</Button>}
          <SubmitButton problem={start.problem} isBusy={start.isBusy}>
            {step === 'review' ? words.deploy : words.next}
          </SubmitButton>
        </div>
      </div>
    </form>
  )
}

const faultsOfAll = (...[draft, authKey, options]: [Draft, string, Options]): Faults =>
  Object.assign({}, ...steps.map((step) => faultsOf(step, draft, authKey, options)))

/** Asks for everything that a deployment needs, and begins it. */
export function Wizard({ draft, ...props }: WizardProps) {
  const polled = usePoll(loadOptions, 0)
  return (
    <PolledCard polled={polled} title={texts.wizard.title} icon={waypointsIcon}>
      {(options) => <WizardForm {...props} draft={draft ?? draftOf(options)} options={options} />}
    </PolledCard>
  )
}
