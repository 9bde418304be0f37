import { api } from '../../../api/client.ts'
import { nameOfPermission, type Permission } from '../../../api/permission-names.ts'
import { usePoll } from '../../../data/use-poll.ts'
import { usePanel, useTenant } from '../../../session/panel.ts'
import { t } from '../../../texts/index.ts'
import { texts as words } from '../../../texts/permission-hints.ts'
import { Checkbox } from '../../../ui/field.tsx'
import { PollProblem } from '../../../ui/freshness.tsx'
import { Loading } from '../../../ui/skeleton.tsx'

/** Permissions for the hosts of a panel, which are the operator's alone. */
const isOfHosts = (name: string) =>
  /^(alerts|gateway|guests|health|logs|system|tenants|terminal)\.|^security\.manage$/.test(name)

const load = (signal: AbortSignal) => api.get('/api/permissions', { signal })

interface PermissionChoiceProps {
  value: readonly Permission[]
  onChange(value: Permission[]): void
  /** The permissions that the granting user has. */
  held: readonly Permission[]
  /** Resellers are of use in a panel. */
  hasResellers: boolean
}

export function PermissionChoice({ value, onChange, held, hasResellers }: PermissionChoiceProps) {
  const texts = t.security.users
  const tenant = useTenant()
  const polled = usePoll(load, 0)
  const panel = usePanel()
  const isOffered = (name: Permission): boolean => {
    if (value.includes(name)) return true
    if (tenant) return !isOfHosts(name)
    return name === 'tenants.manage' ? !!panel?.domain : name !== 'resellers.manage' || hasResellers
  }
  const offered = polled.data?.permissions.filter(({ name }) => isOffered(name))
  const mayGrant = (permission: Permission) => held.includes('*') || held.includes(permission)
  const isAll = value.includes('*')
  const toggle = (permission: Permission, isOn: boolean) => {
    const others = value.filter((each) => each !== permission)
    onChange(isOn ? [...others, permission] : others)
  }
  return (
    <fieldset className="flex flex-col gap-3 rounded-lg border p-4">
      <legend className="px-1 text-sm font-medium">{texts.permissions}</legend>
      <PollProblem polled={polled} />
      {!polled.data && !polled.problem && <Loading lines={6} />}
      {offered?.map(({ name }) => (
        <Checkbox
          key={name}
          label={
            <>
              {nameOfPermission(name)}{' '}
              {name !== '*' && (
                <span translate="no" className="font-mono text-xs font-normal text-muted">
                  {name}
                </span>
              )}
            </>
          }
          hint={words.hints[name]}
          checked={value.includes(name) || isAll}
          disabled={!mayGrant(name) || (isAll && name !== '*')}
          onChange={(event) => toggle(name, event.target.checked)}
        />
      ))}
      {!held.includes('*') && <p className="text-sm text-muted">{texts.grantHint}</p>}
    </fieldset>
  )
}
