import { texts } from '../../../texts/gateway.ts'
import { Checkbox, Field } from '../../../ui/field.tsx'
import type { StepProps } from './container-step.tsx'
import { type Access, networksOf } from './draft.ts'
import { OptionList } from './option-list.tsx'

const choices: readonly Access[] = ['host', 'network', 'custom']

/** What the gateway offers to the tailnet. */
export function NetworksStep({ draft, options, faults, onChange }: StepProps) {
  const words = texts.wizard
  const textOf = (access: Access) => {
    if (access === 'custom') return words.customText
    const networks = networksOf(access, draft, options)
    return networks.length > 0 ? <span translate="no">{networks.join(', ')}</span> : words.noAccess(draft.bridge)
  }
  return (
    <>
      <OptionList
        label={words.access}
        value={draft.access}
        fault={faults.access}
        onChange={(access) => onChange({ access })}
        options={choices.map((access) => ({
          value: access,
          label: words.accessOf[access],
          text: textOf(access),
          isDisabled: access !== 'custom' && networksOf(access, draft, options).length === 0
        }))}
      />
      {draft.access === 'custom' && (
        <Field
          label={words.routes}
          hint={words.routesHint}
          required
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          translate="no"
          placeholder="192.168.1.0/24, 10.10.0.0/16"
          value={draft.routes}
          fault={faults.routes ?? null}
          onChange={(event) => onChange({ routes: event.target.value })}
        />
      )}
      <Checkbox
        label={words.exitNode}
        hint={words.exitNodeHint}
        checked={draft.exitNode}
        onChange={(event) => onChange({ exitNode: event.target.checked })}
      />
      <Checkbox
        label={words.acceptRoutes}
        hint={words.acceptRoutesHint}
        checked={draft.acceptRoutes}
        onChange={(event) => onChange({ acceptRoutes: event.target.checked })}
      />
    </>
  )
}
