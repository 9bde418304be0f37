import { type FormEvent, useState } from 'react'
import { checkPassword } from '../../../access/password-rules.ts'
import { StrengthMeter } from '../../../access/strength-meter.tsx'
import { isUsername } from '../../../access/username-rule.ts'
import { api } from '../../../api/client.ts'
import { announceChange } from '../../../data/changes.ts'
import { isOwner } from '../../../data/role.ts'
import { useAction } from '../../../data/use-action.ts'
import { usePanel, useTenant } from '../../../session/panel.ts'
import { useUser } from '../../../session/use-session.ts'
import { t } from '../../../texts/index.ts'
import { texts as words } from '../../../texts/permission-hints.ts'
import { Checkbox, Field } from '../../../ui/field.tsx'
import { focusFault } from '../../../ui/focus-fault.ts'
import { FormActions } from '../../../ui/form-actions.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { Select } from '../../../ui/select.tsx'
import { toast } from '../../../ui/toast.tsx'
import type { Reseller } from '../resellers/reseller.ts'
import { blank, changesOf, type Draft, draftOf, newUserOf, type UserDetail } from './draft.ts'
import { PermissionChoice } from './permission-choice.tsx'

const types = ['admin', 'support', 'reseller', 'collector', 'customer'] as const
/** The types of a panel, which sells access to customers. */
const panelTypes: readonly string[] = ['reseller', 'collector', 'customer']

interface UserFormProps {
  /** Null for a new user. */
  user: UserDetail | null
  /** The resellers to choose from; null if the user may not see them. */
  resellers: readonly Reseller[] | null
  onClose(): void
}

export function UserForm({ user, resellers, onClose }: UserFormProps) {
  const texts = t.security.users
  const me = useUser()!
  const tenant = useTenant()
  const [draft, setDraft] = useState<Draft>(user ? draftOf(user) : { ...blank, ...(tenant && { permissions: [] }) })
  const [faults, setFaults] = useState<{ username?: string; password?: string }>({})
  const set = <K extends keyof Draft>(key: K, value: Draft[K]) => setDraft((last) => ({ ...last, [key]: value }))
  const text = (key: 'username' | 'display_name' | 'email' | 'allowed_ips' | 'password') => ({
    value: draft[key],
    onChange: (event: { target: HTMLInputElement }) => set(key, event.target.value)
  })
  const isPanel = usePanel() != null
  const offered = types.filter((type) => isPanel || type === user?.user_type || !panelTypes.includes(type))
  const isSelf = user?.id === me.id
  // A tenant's changes do not revert by themselves.
  const isRevertible = isSelf && !tenant
  const isFixed = user !== null && isOwner(user)
  const checked = checkPassword(draft.password, draft.username)

  const save = useAction(async () => {
    if (!user) {
      await api.post('/api/users', { body: newUserOf(draft) })
      toast(texts.created)
      return onClose()
    }
    const body = changesOf(user, draft, isRevertible)
    if (Object.keys(body).length > 0) {
      await api.patch('/api/users/{id}', { path: { id: user.id }, body })
      if (body.confirm_within) announceChange()
      else toast(texts.saved)
    }
    onClose()
  })
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const found = {
      ...(!user && !isUsername(draft.username) && { username: t.access.create.usernameFault }),
      ...((!user || draft.password) && !checked.isAcceptable && { password: t.security.account.password.ruleFault })
    }
    setFaults(found)
    if (Object.keys(found).length === 0) void save.run()
    else focusFault(event.currentTarget)
  }
  return (
    <form onSubmit={onSubmit} noValidate className="flex flex-col gap-4">
      {!user && (
        <Field
          label={texts.username}
          hint={texts.usernameHint}
          required
          autoFocus
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          translate="no"
          fault={faults.username ?? null}
          {...text('username')}
        />
      )}
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={texts.displayName} isOptional autoComplete="off" maxLength={64} {...text('display_name')} />
        <Field
          label={texts.email}
          isOptional
          inputMode="email"
          autoComplete="off"
          translate="no"
          maxLength={254}
          {...text('email')}
        />
      </div>
      {!isFixed && !isSelf && (
        <Field
          label={user ? texts.newPassword : texts.password}
          hint={user ? texts.newPasswordHint : undefined}
          isOptional={user !== null}
          type="password"
          autoComplete="new-password"
          required={!user}
          fault={faults.password ?? null}
          {...text('password')}
        >
          {(!user || draft.password !== '') && <StrengthMeter checked={checked} isEmpty={draft.password === ''} />}
        </Field>
      )}
      <Field
        label={texts.networks}
        hint={isRevertible ? texts.ownNetworksHint : texts.networksHint}
        isOptional
        autoComplete="off"
        spellCheck={false}
        translate="no"
        {...text('allowed_ips')}
      />
      {isFixed ? (
        <Notice>{texts.ownerFixed}</Notice>
      ) : (
        <>
          <Select
            label={texts.type}
            value={draft.user_type}
            onChange={(value) => set('user_type', value)}
            title={draft.user_type}
            hint={draft.user_type === 'admin' ? words.adminNote : words.typeNote}
            options={offered.map((value) => ({
              value,
              label: t.security.account.types[value],
              isDisabled: value === 'admin' && !isOwner(me)
            }))}
          />
          {resellers && (resellers.length > 0 || draft.reseller_id !== 0) && (
            <Select
              label={texts.reseller}
              hint={texts.resellerHint}
              value={String(draft.reseller_id)}
              onChange={(value) => set('reseller_id', Number(value))}
              options={[
                { value: '0', label: texts.noReseller },
                ...resellers.map(({ id, name, is_active }) => ({
                  value: String(id),
                  label: is_active ? name : texts.suspendedOption(name)
                }))
              ]}
            />
          )}
          <PermissionChoice
            value={draft.permissions}
            onChange={(value) => set('permissions', value)}
            held={me.permissions}
            hasResellers={isPanel || (resellers?.length ?? 0) > 0}
          />
          <Checkbox
            label={texts.isActive}
            hint={texts.isActiveHint}
            checked={draft.is_active}
            onChange={(event) => set('is_active', event.target.checked)}
          />
          {user?.totp_enabled && !isSelf && (
            <Checkbox
              label={texts.dropSecondFactor}
              hint={texts.dropSecondFactorHint}
              checked={draft.dropsSecondFactor}
              onChange={(event) => set('dropsSecondFactor', event.target.checked)}
            />
          )}
        </>
      )}
      <FormActions action={save} onClose={onClose}>
        {texts.save}
      </FormActions>
    </form>
  )
}
