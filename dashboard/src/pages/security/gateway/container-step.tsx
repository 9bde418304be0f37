import { formatBytes } from '../../../data/format.ts'
import { texts } from '../../../texts/gateway.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Field } from '../../../ui/field.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { type Draft, type Faults, networksOf } from './draft.ts'
import type { Options } from './gateway.ts'
import { OptionList } from './option-list.tsx'

export interface StepProps {
  draft: Draft
  options: Options
  faults: Faults
  onChange(changes: Partial<Draft>): void
}

const recommended = <Badge tone="accent">{texts.wizard.recommended}</Badge>

/** Where the container lies, and its name. */
export function ContainerStep({ draft, options, faults, onChange }: StepProps) {
  const words = texts.wizard
  const { storages, bridges } = options
  const chooseBridge = (bridge: string) => {
    const hasAddress = networksOf('host', { bridge, routes: '' }, options).length > 0
    // A bridge without an address of this host leaves only a list of networks.
    const access = hasAddress ? draft.access : 'custom'
    onChange({ bridge, access })
  }
  return (
    <>
      {storages.length === 0 ? (
        <Notice tone="warn">{words.noStorage}</Notice>
      ) : (
        <OptionList
          label={words.storage}
          hint={words.storageHint}
          value={draft.storage}
          fault={faults.storage}
          onChange={(storage) => onChange({ storage })}
          options={storages.map(({ id, type, free, total, shared, reason, ...storage }) => ({
            value: id,
            label: (
              <span translate="no">
                {id} <span className="font-normal text-muted">{type}</span>
              </span>
            ),
            badge: (
              <>
                {storage.recommended && recommended}
                {shared && <Badge>{words.shared}</Badge>}
              </>
            ),
            text: reason == null ? words.free(formatBytes(free), formatBytes(total)) : words.unusable(reason),
            isDisabled: reason != null
          }))}
        />
      )}
      {bridges.length === 0 ? (
        <Notice tone="warn">{words.noBridge}</Notice>
      ) : (
        <OptionList
          label={words.bridge}
          hint={words.bridgeHint}
          value={draft.bridge}
          fault={faults.bridge}
          onChange={chooseBridge}
          options={bridges.map(({ id, addresses, ...bridge }) => ({
            value: id,
            label: <span translate="no">{id}</span>,
            badge: bridge.recommended && recommended,
            text: addresses.length > 0 ? <span translate="no">{addresses.join(', ')}</span> : words.noAddress
          }))}
        />
      )}
      <Field
        label={words.hostname}
        hint={words.hostnameHint}
        required
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        translate="no"
        maxLength={63}
        value={draft.hostname}
        fault={faults.hostname ?? null}
        onChange={(event) => onChange({ hostname: event.target.value.trim().toLowerCase() })}
      />
    </>
  )
}
