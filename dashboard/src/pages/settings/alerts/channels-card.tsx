import { useState } from 'react'
import { api } from '../../../api/client.ts'
import { usePoll } from '../../../data/use-poll.ts'
import { useUser } from '../../../session/use-session.ts'
import { texts } from '../../../texts/alerts.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { bellIcon, plusIcon } from '../../../ui/icon-shapes.ts'
import { PolledCard } from '../../../ui/polled-card.tsx'
import { SureDialog } from '../../../ui/sure-dialog.tsx'
import { toast } from '../../../ui/toast.tsx'
import type { Channel } from './channel.ts'
import { ChannelForm } from './channel-form.tsx'
import { ChannelList, type ChannelVerb } from './channel-list.tsx'
import { TestDialog } from './test-dialog.tsx'

type Open = { what: 'new' } | { what: ChannelVerb; channel: Channel }

const EVERY_MS = 15_000
const load = (signal: AbortSignal) => api.get('/api/alerts/channels', { signal })

/** The channels, and the dialogs that change them. Without an account they are only shown. */
export function ChannelsCard() {
  const user = useUser()
  const polled = usePoll(load, EVERY_MS)
  const [open, setOpen] = useState<Open | null>(null)
  const channel = open && open.what !== 'new' ? open.channel : null
  const close = () => {
    setOpen(null)
    polled.reload()
  }
  const add = user && (
    <Button size="small" icon={plusIcon} onClick={() => setOpen({ what: 'new' })}>
      {texts.add}
    </Button>
  )
  const isForm = open?.what === 'new' || open?.what === 'edit'
  const turn = open?.what === 'turnOn' || open?.what === 'turnOff' ? open.what : null
  const sure = turn ?? (open?.what === 'remove' ? 'remove' : null)
  const act = async () => {
    if (!channel) return
    const path = { id: channel.id }
    if (turn) {
      await api.patch('/api/alerts/channels/{id}', { path, body: { is_enabled: turn === 'turnOn' } })
      toast(turn === 'turnOn' ? texts.turnedOn : texts.turnedOff)
    } else {
      await api.delete('/api/alerts/channels/{id}', { path })
      toast(texts.removed)
    }
  }
  return (
    <>
      <PolledCard polled={polled} title={texts.title} icon={bellIcon} aside={add}>
        {({ channels }) => (
          <>
            <p className="text-sm text-muted">{texts.lead}</p>
            {!user && <p className="text-sm text-muted">{texts.needsAccount}</p>}
            {channels.length === 0 ? (
              <EmptyState icon={bellIcon} title={texts.empty}>
                {texts.emptyText}
              </EmptyState>
            ) : (
              <ChannelList
                channels={channels}
                onChoose={user ? (what, chosen) => setOpen({ what, channel: chosen }) : null}
              />
            )}
          </>
        )}
      </PolledCard>
      <Dialog
        isOpen={isForm}
        onClose={close}
        size="medium"
        title={channel ? texts.form.editTitle(channel.name) : texts.form.newTitle}
      >
        <ChannelForm channel={channel} onClose={close} />
      </Dialog>
      {open?.what === 'test' && <TestDialog channel={open.channel} onClose={close} />}
      <SureDialog
        isOpen={sure !== null}
        onClose={close}
        title={sure ? texts.sure[sure].title(channel?.name ?? '') : ''}
        lead={sure ? texts.sure[sure].lead : ''}
        verb={sure ? texts[sure] : ''}
        act={act}
      />
    </>
  )
}
