import { useCallback, useState } from 'react'
import { usePoll } from '../../../data/use-poll.ts'
import { goTo } from '../../../router.ts'
import { usePanel } from '../../../session/panel.ts'
import { texts } from '../../../texts/tenants.ts'
import { Button } from '../../../ui/button.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { plusIcon, usersIcon } from '../../../ui/icon-shapes.ts'
import { PolledCard } from '../../../ui/polled-card.tsx'
import { FindForm } from './find-form.tsx'
import { findTenants, loadPage, PAGE } from './tenant.ts'
import { type Open, TenantDialogs } from './tenant-dialogs.tsx'
import { TenantList } from './tenant-list.tsx'

function Pages({ after, next }: { after: string; next: string | null }) {
  if (after === '' && next === null) return null
  return (
    <div className="flex flex-wrap gap-2">
      {after !== '' && (
        <Button size="small" onClick={() => goTo('security', 'tenants')}>
          {texts.firstPage}
        </Button>
      )}
      {next !== null && (
        <Button size="small" onClick={() => goTo('security', 'tenants', 'after', next)}>
          {texts.nextPage}
        </Button>
      )}
    </div>
  )
}

/** The tenants of this panel, for its operator: `#/security/tenants/after/<slug>`, `…/find/<text>`. */
export default function TenantsTab({ rest: [kind, value = ''] }: { rest: string[] }) {
  const domain = usePanel()?.domain ?? ''
  const after = kind === 'after' ? value : ''
  const wanted = kind === 'find' ? value : ''
  const load = useCallback(
    (signal: AbortSignal) => (wanted ? findTenants(wanted, signal) : loadPage(after, signal)),
    [wanted, after]
  )
  const polled = usePoll(load, 0)
  const [open, setOpen] = useState<Open | null>(null)
  const close = () => {
    setOpen(null)
    polled.reload()
  }
  const create = (
    <Button look="primary" size="small" icon={plusIcon} onClick={() => setOpen({ what: 'new' })}>
      {texts.create}
    </Button>
  )
  return (
    <>
      <PolledCard polled={polled} title={texts.title} icon={usersIcon} aside={create}>
        {({ tenants, next, isTruncated }) => (
          <>
            <p className="text-sm text-muted">{texts.lead}</p>
            {(tenants.length > 0 || wanted || after) && <FindForm key={wanted} wanted={wanted} />}
            {tenants.length > 0 ? (
              <TenantList domain={domain} tenants={tenants} onChoose={(what, tenant) => setOpen({ what, tenant })} />
            ) : (
              <EmptyState icon={usersIcon} title={wanted ? texts.noMatch : texts.empty}>
                {wanted ? texts.noMatchText : texts.emptyText}
              </EmptyState>
            )}
            {isTruncated && <p className="text-sm text-muted">{texts.truncated(PAGE)}</p>}
            <Pages after={after} next={next} />
          </>
        )}
      </PolledCard>
      <TenantDialogs domain={domain} open={open} onClose={close} />
    </>
  )
}
