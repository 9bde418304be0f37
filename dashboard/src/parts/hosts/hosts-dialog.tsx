import { useState } from 'react'
import { api } from '../../api/client.ts'
import type { Reply } from '../../api/paths.ts'
import { formatDate } from '../../data/format.ts'
import { useAction } from '../../data/use-action.ts'
import { healthTones } from '../../shell/health-tones.ts'
import { texts } from '../../texts/hosts.ts'
import { Badge } from '../../ui/badge.tsx'
import { cx } from '../../ui/class-names.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'
import { Spinner } from '../../ui/spinner.tsx'

type Host = Reply<'/api/hosts'>['hosts'][number]

const notesOf = ({ is_this: isThis, url, health, last_seen_at: at }: Host): string[] => {
  if (isThis) return [texts.current]
  return [...(health === 'lost' ? [texts.lostSince(formatDate(at))] : []), ...(url === '' ? [texts.noUrl] : [])]
}

function Summary({ host, isBusy }: { host: Host; isBusy: boolean }) {
  return (
    <>
      <span className="flex min-w-0 flex-1 flex-col">
        <span translate="no" className="font-medium wrap-break-word">
          {host.name}
        </span>
        {notesOf(host).map((note) => (
          <span key={note} className="text-xs text-muted">
            {note}
          </span>
        ))}
      </span>
      {isBusy && <Spinner />}
      <Badge tone={healthTones[host.health] ?? 'neutral'} hasMark>
        {texts.health[host.health]}
      </Badge>
    </>
  )
}

const rowClass = 'flex min-h-14 w-full items-center gap-3 rounded-lg border px-3.5 py-2 text-left text-sm'

/** The hosts of the panel. Choosing another opens it in the same session. */
export default function HostsDialog({ hosts, onClose }: { hosts: readonly Host[]; onClose(): void }) {
  const [chosen, setChosen] = useState('')
  const open = useAction(async (id: string) => {
    setChosen(id)
    const { url } = await api.post('/api/auth/hand-over', { body: { host_id: id } })
    location.assign(url)
  })
  return (
    <Dialog isOpen onClose={onClose} title={texts.title} lead={texts.lead}>
      <FormProblem showsWait problem={open.problem} />
      <ul className="flex flex-col gap-2">
        {hosts.map((host) => (
          <li key={host.id}>
            {host.is_this || host.url === '' ? (
              <div
                aria-current={host.is_this || undefined}
                className={cx(rowClass, host.is_this ? 'border-accent bg-accent-bg' : 'border-dashed bg-raised')}
              >
                <Summary host={host} isBusy={false} />
              </div>
            ) : (
              <button
                type="button"
                onClick={() => void open.run(host.id)}
                className={cx(rowClass, 'border-control/60 hover:bg-raised')}
              >
                <Summary host={host} isBusy={open.isBusy && host.id === chosen} />
              </button>
            )}
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
