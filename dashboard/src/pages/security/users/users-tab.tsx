import { useState } from 'react'
import { api } from '../../../api/client.ts'
import { useReloadOnChange } from '../../../data/changes.ts'
import { usePoll } from '../../../data/use-poll.ts'
import { t } from '../../../texts/index.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { userPlusIcon, usersIcon } from '../../../ui/icon-shapes.ts'
import { PolledCard } from '../../../ui/polled-card.tsx'
import { SureDialog } from '../../../ui/sure-dialog.tsx'
import { toast } from '../../../ui/toast.tsx'
import type { UserDetail } from './draft.ts'
import { UserForm } from './user-form.tsx'
import { UserList, type UserVerb } from './user-list.tsx'

const EVERY_MS = 30_000
const load = (signal: AbortSignal) => api.get('/api/users', { signal })

type Open = { what: 'new' } | { what: UserVerb; user: UserDetail }

export function UsersTab() {
  const texts = t.security.users
  const polled = usePoll(load, EVERY_MS)
  useReloadOnChange(polled.reload)
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
      act: (id: string) => api.post('/api/users/{id}/unlock', { path: { id } })
    },
    endSessions: {
      title: texts.endSessionsTitle,
      lead: texts.endSessionsLead,
      verb: texts.endSessions,
      done: texts.sessionsEnded,
      act: (id: string) => api.delete('/api/users/{id}/sessions', { path: { id } })
    },
    remove: {
      title: texts.removeTitle,
      lead: texts.removeLead,
      verb: texts.remove,
      done: texts.removed,
      act: (id: string) => api.delete('/api/users/{id}', { path: { id } })
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
            <UserList users={users} onChoose={(what, chosen) => setOpen({ what, user: chosen })} />
          </>
        )}
      </PolledCard>
      <Dialog
        isOpen={isForm}
        onClose={close}
        title={user ? texts.editTitle(user.username) : texts.newTitle}
        size="medium"
      >
        <UserForm user={user} onClose={close} />
      </Dialog>
      <SureDialog
        isOpen={confirmation !== null}
        onClose={close}
        title={confirmation?.title(user?.username ?? '') ?? ''}
        lead={confirmation?.lead}
        verb={confirmation?.verb ?? ''}
        act={async () => {
          if (!confirmation || !user) return
          await confirmation.act(String(user.id))
          toast(confirmation.done)
        }}
      />
    </>
  )
}
