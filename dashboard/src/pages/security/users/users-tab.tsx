import { useState } from 'react'
import { api } from '../../../api/client.ts'
import type { Reply } from '../../../api/paths.ts'
import { useReloadOnChange } from '../../../data/changes.ts'
import { mayManageResellers } from '../../../data/role.ts'
import { type Polled, usePoll } from '../../../data/use-poll.ts'
import { usePanel } from '../../../session/panel.ts'
import { useMay, useUser } from '../../../session/use-session.ts'
import { t } from '../../../texts/index.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { userPlusIcon, usersIcon } from '../../../ui/icon-shapes.ts'
import { PolledCard } from '../../../ui/polled-card.tsx'
import { SureDialog } from '../../../ui/sure-dialog.tsx'
import { toast } from '../../../ui/toast.tsx'
import type { Reseller } from '../resellers/reseller.ts'
import { ResellersCard } from '../resellers/resellers-card.tsx'
import type { UserDetail } from './draft.ts'
import { UserForm } from './user-form.tsx'
import { UserList, type UserVerb } from './user-list.tsx'

const EVERY_MS = 30_000
const load = (signal: AbortSignal) => api.get('/api/users', { signal })

const loadResellers = async (signal: AbortSignal) => (await api.get('/api/resellers', { signal })).resellers
// For a user who may not see them.
const loadNoUsers = async (): Promise<Reply<'/api/users'>> => ({ success: true, users: [] })
const loadNoResellers = async (): Promise<Reseller[]> => []

type Open = { what: 'new' } | { what: UserVerb; user: UserDetail }

interface UsersCardProps {
  polled: Polled<Reply<'/api/users'>>
  resellers: readonly Reseller[] | null
}

function UsersCard({ polled, resellers }: UsersCardProps) {
  const texts = t.security.users
  const [open, setOpen] = useState<Open | null>(null)
  const user = open && open.what !== 'new' ? open.user : null
  const close = () => {
    setOpen(null)
    polled.reload()
  }
  const sure = {
    unlock: {
      title: texts.unlockTitle,
      lead: texts.unlockLead,
      verb: texts.unlock,
      done: texts.unlocked,
      act: (id: number) => api.post('/api/users/{id}/unlock', { path: { id } })
    },
    endSessions: {
      title: texts.endSessionsTitle,
      lead: texts.endSessionsLead,
      verb: texts.endSessions,
      done: texts.sessionsEnded,
      act: (id: number) => api.delete('/api/users/{id}/sessions', { path: { id } })
    },
    remove: {
      title: texts.removeTitle,
      lead: texts.removeLead,
      verb: texts.remove,
      done: texts.removed,
      act: (id: number) => api.delete('/api/users/{id}', { path: { id } })
    }
  }
  const verb = open && open.what !== 'new' && open.what !== 'edit' ? open.what : null
  const confirmation = verb && sure[verb]
  const isForm = open?.what === 'new' || open?.what === 'edit'
  const create = (
    <Button look="primary" size="small" icon={userPlusIcon} onClick={() => setOpen({ what: 'new' })}>
      {texts.create}
    </Button>
  )
  return (
    <>
      <PolledCard polled={polled} title={texts.title} icon={usersIcon} aside={create}>
        {({ users }) => (
          <>
            <p className="text-sm text-muted">{texts.lead}</p>
            <UserList
              users={users}
              resellers={resellers}
              onChoose={(what, chosen) => setOpen({ what, user: chosen })}
            />
          </>
        )}
      </PolledCard>
      <Dialog
        isOpen={isForm}
        onClose={close}
        title={user ? texts.editTitle(user.username) : texts.newTitle}
        size="medium"
      >
        <UserForm user={user} resellers={resellers} onClose={close} />
      </Dialog>
      <SureDialog
        isOpen={confirmation !== null}
        onClose={close}
        title={confirmation?.title(user?.username ?? '') ?? ''}
        lead={confirmation?.lead}
        verb={confirmation?.verb ?? ''}
        act={async () => {
          if (!confirmation || !user) return
          await confirmation.act(user.id)
          toast(confirmation.done)
        }}
      />
    </>
  )
}

/** The users, for `users.manage`, and the resellers, for `resellers.manage`. */
export function UsersTab() {
  const me = useUser()!
  const [seesUsers, seesResellers] = [useMay('users.manage'), mayManageResellers(me)]
  const users = usePoll(seesUsers ? load : loadNoUsers, seesUsers ? EVERY_MS : 0)
  const resellers = usePoll(seesResellers ? loadResellers : loadNoResellers, seesResellers ? EVERY_MS : 0)
  useReloadOnChange(users.reload)
  const isPanel = usePanel() != null
  // Of use in a panel only; a host shows those that it has.
  const showsResellers = seesResellers && (isPanel || (resellers.data?.length ?? 0) > 0 || !seesUsers)
  const counts = new Map<number, number>()
  for (const { reseller_id: id } of users.data?.users ?? []) counts.set(id, (counts.get(id) ?? 0) + 1)
  const reload = () => {
    users.reload()
    resellers.reload()
  }
  return (
    <>
      {seesUsers && <UsersCard polled={users} resellers={seesResellers ? resellers.data : null} />}
      {showsResellers && (
        <ResellersCard polled={resellers} userCounts={seesUsers && users.data ? counts : null} onChange={reload} />
      )}
    </>
  )
}
