import { type FormEvent, useState } from 'react'
import { toProblem } from '../api/problem.ts'
import { useAction } from '../data/use-action.ts'
import { nameOf } from '../session/panel.ts'
import type { Status } from '../session/state.ts'
import { t } from '../texts/index.ts'
import { AvatarPicker } from '../ui/avatar-picker.tsx'
import { Button } from '../ui/button.tsx'
import { Checkbox, Field } from '../ui/field.tsx'
import { focusFault } from '../ui/focus-fault.ts'
import { FormProblem, SubmitButton } from '../ui/form-problem.tsx'
import { arrowLeftIcon } from '../ui/icon-shapes.ts'
import { Frame } from './frame.tsx'
import { createOwner, type Faults, faultsOf, findFaults, type Owner } from './owner.ts'
import { checkPassword } from './password-rules.ts'
import { SetupCodeField } from './setup-code-field.tsx'
import { StrengthMeter } from './strength-meter.tsx'

const blank: Owner = {
  username: '',
  password: '',
  repeated: '',
  displayName: '',
  avatar: null,
  setupCode: '',
  trustProxy: false
}

/** The form that creates the owner: account and profile with one Save button. */
export function CreateOwner({ status, onBack }: { status: Status; onBack?: () => void }) {
  const texts = t.access.create
  const tenant = status.panel?.tenant ?? null
  const [owner, setOwner] = useState(blank)
  const [faults, setFaults] = useState<Faults>({})
  const [isCodeAsked, setCodeAsked] = useState(status.setup_code_required)

  const set = <K extends keyof Owner>(key: K, value: Owner[K]) => {
    setOwner((last) => ({ ...last, [key]: value }))
    setFaults((last) => ({ ...last, [key]: undefined }))
  }
  const save = useAction(async () => {
    try {
      await createOwner(owner)
    } catch (error) {
      const found = faultsOf(toProblem(error), tenant !== null)
      if (!found) throw error
      if (found.setupCode) setCodeAsked(true)
      setFaults(found)
    }
  })
  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const found = findFaults(owner, isCodeAsked, tenant !== null)
    setFaults(found)
    if (Object.keys(found).length === 0) await save.run()
    focusFault(form)
  }
  const text = (key: 'username' | 'password' | 'repeated' | 'displayName') => ({
    name: key,
    value: owner[key],
    fault: faults[key] ?? null,
    onChange: (event: { target: HTMLInputElement }) => set(key, event.target.value)
  })

  return (
    <Frame title={texts.title} lead={tenant ? texts.tenantLead(nameOf(tenant)) : texts.lead} isWide>
      <form onSubmit={onSubmit} noValidate className="flex flex-col gap-5">
        <Field
          label={texts.username}
          hint={texts.usernameHint}
          required
          autoFocus
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          translate="no"
          {...text('username')}
        />
        <Field label={texts.password} type="password" required autoComplete="new-password" {...text('password')}>
          <StrengthMeter checked={checkPassword(owner.password, owner.username)} isEmpty={owner.password === ''} />
        </Field>
        <Field label={texts.repeat} type="password" required autoComplete="new-password" {...text('repeated')} />
        <fieldset className="flex flex-col gap-4 border-t pt-5">
          <legend className="sr-only">{texts.profile}</legend>
          <Field
            label={texts.displayName}
            hint={texts.displayNameHint}
            isOptional
            autoComplete="nickname"
            {...text('displayName')}
          />
          <AvatarPicker
            name={owner.displayName || owner.username}
            value={owner.avatar}
            onChange={(avatar) => set('avatar', avatar)}
          />
        </fieldset>
        {isCodeAsked && (
          <SetupCodeField
            isOfTenant={tenant !== null}
            value={owner.setupCode}
            fault={faults.setupCode ?? null}
            onChange={(value) => set('setupCode', value)}
          />
        )}
        {status.untrusted_proxy && (
          <Checkbox
            label={texts.trustProxy(status.untrusted_proxy)}
            hint={texts.trustProxyHint}
            checked={owner.trustProxy}
            onChange={(event) => set('trustProxy', event.target.checked)}
          />
        )}
        <FormProblem problem={save.problem} />
        <div className="flex flex-wrap-reverse items-center justify-between gap-2">
          {onBack && (
            <Button look="quiet" icon={arrowLeftIcon} onClick={onBack} className="-ml-3">
              {texts.back}
            </Button>
          )}
          <SubmitButton problem={save.problem} isBusy={save.isBusy} className="ml-auto">
            {texts.save}
          </SubmitButton>
        </div>
      </form>
    </Frame>
  )
}
