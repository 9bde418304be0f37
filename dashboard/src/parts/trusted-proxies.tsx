import { type FormEvent, type ReactNode, useState } from 'react'
import { api } from '../api/client.ts'
import { announceChange, useReloadOnChange } from '../data/changes.ts'
import { changeTrustedProxies } from '../data/trusted-proxies.ts'
import { useAction } from '../data/use-action.ts'
import { usePoll } from '../data/use-poll.ts'
import { useMay, useUser } from '../session/use-session.ts'
import { t } from '../texts/index.ts'
import { IconButton } from '../ui/button.tsx'
import { Fact } from '../ui/facts.tsx'
import { Field } from '../ui/field.tsx'
import { FormProblem, SubmitButton } from '../ui/form-problem.tsx'
import { serverIcon, xIcon } from '../ui/icon-shapes.ts'
import { PolledCard } from '../ui/polled-card.tsx'
import { SureDialog } from '../ui/sure-dialog.tsx'

const CONFIRM_DELAY_S = 120

const load = (signal: AbortSignal) => api.get('/api/security/trusted-proxies', { signal })

async function change(apply: (proxies: string[]) => string[]): Promise<void> {
  await changeTrustedProxies(apply, CONFIRM_DELAY_S)
  announceChange()
}

function AddForm() {
  const texts = t.security.connection
  const [address, setAddress] = useState('')
  const add = useAction(async () => {
    await change((proxies) => [...proxies, address.trim()])
    setAddress('')
  })
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    void add.run()
  }
  return (
    <form onSubmit={onSubmit} className="flex max-w-md flex-col gap-3">
      <Field
        label={texts.address}
        hint={texts.addressHint}
        required
        autoComplete="off"
        spellCheck={false}
        translate="no"
        placeholder="192.168.1.5"
        value={address}
        onChange={(event) => setAddress(event.target.value)}
      />
      <FormProblem problem={add.problem} />
      <div>
        <SubmitButton look="secondary" problem={add.problem} isBusy={add.isBusy}>
          {texts.add}
        </SubmitButton>
      </div>
    </form>
  )
}

function List({ of, action }: { of: readonly string[]; action?: (each: string) => ReactNode }) {
  if (of.length === 0) return <span className="font-normal text-muted">{t.security.connection.noneAdded}</span>
  return (
    <ul className="flex flex-wrap gap-2">
      {of.map((each) => (
        <li key={each} className="flex min-h-8 items-center gap-1 rounded-lg bg-raised pl-2.5 font-mono text-sm">
          <span translate="no" className={action ? undefined : 'pr-2.5'}>
            {each}
          </span>
          {action?.(each)}
        </li>
      ))}
    </ul>
  )
}

export function TrustedProxies() {
  const texts = t.security.connection
  const polled = usePoll(load, 0)
  useReloadOnChange(polled.reload)
  const may = useMay('security.manage')
  const isChangeable = useUser() !== null && may
  const [removing, setRemoving] = useState<string | null>(null)
  const remove = (address: string) => (
    <IconButton icon={xIcon} label={texts.removeOf(address)} onClick={() => setRemoving(address)} className="size-8" />
  )
  return (
    <PolledCard polled={polled} title={texts.proxies} icon={serverIcon}>
      {({ configured, added }) => (
        <>
          <p className="text-sm text-muted">{texts.proxiesLead}</p>
          <dl className="flex flex-col gap-4">
            <Fact name={texts.configured}>
              <List of={configured} />
            </Fact>
            <Fact name={texts.added}>
              <List of={added} {...(isChangeable && { action: remove })} />
            </Fact>
          </dl>
          {isChangeable && <AddForm />}
          <SureDialog
            isOpen={removing !== null}
            onClose={() => setRemoving(null)}
            title={texts.removeTitle(removing ?? '')}
            lead={texts.removeLead}
            verb={texts.remove}
            act={() => change((proxies) => proxies.filter((each) => each !== removing))}
          />
        </>
      )}
    </PolledCard>
  )
}
