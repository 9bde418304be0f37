import { type FormEvent, useState } from 'react'
import { api } from '../../api/client.ts'
import { roleOf } from '../../data/role.ts'
import { useAction } from '../../data/use-action.ts'
import type { User } from '../../session/state.ts'
import { reloadProfile, useProfile } from '../../shell/profile.ts'
import { t } from '../../texts/index.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Fact } from '../../ui/facts.tsx'
import { Field } from '../../ui/field.tsx'
import { FormProblem, SubmitButton } from '../../ui/form-problem.tsx'
import { pencilIcon, userIcon } from '../../ui/icon-shapes.ts'
import { toast } from '../../ui/toast.tsx'

const LONGEST = 64

function NameForm({ present, onClose }: { present: string; onClose(): void }) {
  const texts = t.profile
  const [name, setName] = useState(present)
  const isTooLong = [...name.trim()].length > LONGEST
  const save = useAction(async () => {
    await api.put('/api/auth/profile', { body: { display_name: name.trim() } })
    await reloadProfile()
    toast(texts.nameSaved)
    onClose()
  })
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (!isTooLong) void save.run()
  }
  return (
    <form onSubmit={onSubmit} className="flex flex-col gap-3">
      <Field
        label={texts.displayName}
        hint={texts.displayNameHint}
        isOptional
        autoFocus
        autoComplete="nickname"
        value={name}
        fault={isTooLong ? texts.displayNameFault : null}
        onChange={(event) => setName(event.target.value)}
      />
      <FormProblem problem={save.problem} />
      <div className="flex gap-2">
        <SubmitButton problem={save.problem} isBusy={save.isBusy}>
          {t.ui.save}
        </SubmitButton>
        <Button onClick={onClose}>{t.ui.cancel}</Button>
      </div>
    </form>
  )
}

export function AccountCard({ user }: { user: User }) {
  const texts = t.profile
  const name = useProfile().profile?.display_name ?? ''
  const [isEditing, setEditing] = useState(false)
  return (
    <Card title={texts.account} icon={userIcon}>
      <dl className="flex flex-col gap-4">
        <Fact name={texts.username}>
          <span translate="no">{user.username}</span>
        </Fact>
        <Fact name={texts.role}>{roleOf(user)}</Fact>
        {!isEditing && (
          <Fact name={texts.displayName}>
            <span className="flex items-center gap-1">
              {name ? <span translate="no">{name}</span> : <span className="font-normal text-muted">{texts.none}</span>}
              <IconButton icon={pencilIcon} label={texts.edit} onClick={() => setEditing(true)} className="-my-2" />
            </span>
          </Fact>
        )}
      </dl>
      {isEditing && <NameForm present={name} onClose={() => setEditing(false)} />}
    </Card>
  )
}
