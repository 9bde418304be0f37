import { useState } from 'react'
import { api } from '../../../api/client.ts'
import type { Polled } from '../../../data/use-poll.ts'
import { t } from '../../../texts/index.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { plusIcon, usersIcon } from '../../../ui/icon-shapes.ts'
import { PolledCard } from '../../../ui/polled-card.tsx'
import { SureDialog } from '../../../ui/sure-dialog.tsx'
import { toast } from '../../../ui/toast.tsx'
import type { Reseller } from './reseller.ts'
import { ResellerForm } from './reseller-form.tsx'
import { ResellerList, type ResellerVerb } from './reseller-list.tsx'

type Open = { what: 'new' } | { what: ResellerVerb; reseller: Reseller }

interface ResellersCardProps {
  polled: Polled<readonly Reseller[]>
  userCounts: ReadonlyMap<number, number> | null
  /** After a dialog closed: a suspension also changes the state of users. */
  onChange(): void
}

export function ResellersCard({ polled, userCounts, onChange }: ResellersCardProps) {
  const texts = t.security.resellers
  const [open, setOpen] = useState<Open | null>(null)
  const reseller = open && open.what !== 'new' ? open.reseller : null
  const close = () => {
    setOpen(null)
    onChange()
  }
  const setActive = (id: number, is_active: boolean) =>
    api.patch('/api/resellers/{id}', { path: { id }, body: { is_active } })
  const sure = {
    suspend: {
      title: texts.suspendTitle,
      lead: texts.suspendLead,
      verb: texts.suspend,
      done: texts.suspendedDone,
      act: (id: number) => setActive(id, false)
    },
    activate: {
      title: texts.activateTitle,
      lead: texts.activateLead,
      verb: texts.activate,
      done: texts.activated,
      act: (id: number) => setActive(id, true)
    },
    remove: {
      title: texts.removeTitle,
      lead: texts.removeLead,
      verb: texts.remove,
      done: texts.removed,
      act: (id: number) => api.delete('/api/resellers/{id}', { path: { id } })
    }
  }
  const verb = open && open.what !== 'new' && open.what !== 'edit' ? open.what : null
  const confirmation = verb && sure[verb]
  const create = (
    <Button size="small" icon={plusIcon} onClick={() => setOpen({ what: 'new' })}>
      {texts.create}
    </Button>
  )
  return (
    <>
      <PolledCard polled={polled} title={texts.title} icon={usersIcon} aside={create}>
        {(resellers) =>
          resellers.length === 0 ? (
            <EmptyState icon={usersIcon} title={texts.empty}>
              {texts.emptyText}
            </EmptyState>
          ) : (
            <>
              <p className="text-sm text-muted">{texts.lead}</p>
              <ResellerList
                resellers={resellers}
                userCounts={userCounts}
                onChoose={(what, chosen) => setOpen({ what, reseller: chosen })}
              />
            </>
          )
        }
      </PolledCard>
      <Dialog
        isOpen={open?.what === 'new' || open?.what === 'edit'}
        onClose={close}
        title={reseller ? texts.editTitle(reseller.name) : texts.newTitle}
      >
        <ResellerForm reseller={reseller} onClose={close} />
      </Dialog>
      <SureDialog
        isOpen={confirmation !== null}
        onClose={close}
        title={confirmation?.title(reseller?.name ?? '') ?? ''}
        lead={confirmation?.lead}
        verb={confirmation?.verb ?? ''}
        act={async () => {
          if (!confirmation || !reseller) return
          await confirmation.act(reseller.id)
          toast(confirmation.done)
        }}
      />
    </>
  )
}
