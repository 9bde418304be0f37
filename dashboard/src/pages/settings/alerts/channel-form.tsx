import { type FormEvent, useState } from 'react'
import { api } from '../../../api/client.ts'
import { asSentence } from '../../../api/explain.ts'
import { toProblem } from '../../../api/problem.ts'
import { useAction } from '../../../data/use-action.ts'
import { texts } from '../../../texts/alerts.ts'
import { focusFault } from '../../../ui/focus-fault.ts'
import { FormActions } from '../../../ui/form-actions.tsx'
import { NameField } from '../../../ui/name-field.tsx'
import { Select } from '../../../ui/select.tsx'
import { toast } from '../../../ui/toast.tsx'
import {
  type Channel,
  type ChannelType,
  changedSettings,
  channelTypes,
  draftOf,
  missingIn,
  rulesOf,
  settingsOf
} from './channel.ts'
import { DestinationFields } from './destination-fields.tsx'
import { RuleFields } from './rule-fields.tsx'

const { form: f } = texts
export type Faults = { [field: string]: string }

/** The refusals that name a field, by its name. */
function faultsIn(error: unknown): Faults {
  const { details } = toProblem(error)
  return Object.fromEntries(
    details.map(({ path, message }) => [path.replace(/^body\/(settings\/)?/, '').split('/')[0]!, asSentence(message)])
  )
}

async function save(channel: Channel | null, draft: ReturnType<typeof draftOf>) {
  if (!channel) {
    const body = { ...rulesOf(draft), type: draft.type, settings: settingsOf(draft) }
    return api.post('/api/alerts/channels', { body })
  }
  const settings = changedSettings(draft, channel)
  const body = { ...rulesOf(draft), ...(Object.keys(settings).length > 0 && { settings }) }
  return api.patch('/api/alerts/channels/{id}', { path: { id: channel.id }, body })
}

/** Adds a channel or edits the given one. Stored secrets are not shown; an empty field keeps them. */
export function ChannelForm({ channel, onClose }: { channel: Channel | null; onClose(): void }) {
  const [draft, setDraft] = useState(() => draftOf(channel))
  const [faults, setFaults] = useState<Faults>({})
  const action = useAction(async () => {
    try {
      await save(channel, draft)
    } catch (error) {
      setFaults(faultsIn(error))
      throw error
    }
    toast(channel ? texts.saved : texts.added)
    onClose()
  })
  const change = (changes: Partial<typeof draft>) => {
    setDraft({ ...draft, ...changes })
    setFaults({})
    action.setProblem(null)
  }
  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const missing = missingIn(draft, channel?.secrets ?? [])
    const found: Faults = {
      ...Object.fromEntries(missing.map((name) => [name, f.required])),
      ...(draft.name.trim() === '' && { name: f.required }),
      ...(draft.kinds.length === 0 && { kinds: f.kindRequired })
    }
    setFaults(found)
    if (Object.keys(found).length > 0 || !(await action.run())) focusFault(form)
  }
  // A refusal that stands at its field is not repeated.
  const problem = Object.keys(faults).length > 0 ? null : action.problem
  return (
    <form onSubmit={(event) => void onSubmit(event)} noValidate className="flex flex-col gap-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <NameField
          label={texts.name}
          fault={faults.name ?? null}
          value={draft.name}
          onChange={(name) => change({ name })}
        />
        <Select<ChannelType>
          label={texts.type}
          value={draft.type}
          disabled={channel !== null}
          onChange={(type) => change({ type })}
          options={channelTypes.map((value) => ({ value, label: texts.types[value] }))}
        />
      </div>
      <DestinationFields draft={draft} secrets={channel?.secrets ?? []} faults={faults} onChange={change} />
      <RuleFields draft={draft} fault={faults.kinds ?? null} onChange={change} />
      <FormActions action={{ problem, isBusy: action.isBusy }} onClose={onClose}>
        {f.save}
      </FormActions>
    </form>
  )
}
