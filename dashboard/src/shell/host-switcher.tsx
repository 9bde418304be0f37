import { api } from '../api/client.ts'
import { explain } from '../api/explain.ts'
import type { Reply } from '../api/paths.ts'
import { toProblem } from '../api/problem.ts'
import { formatDate } from '../data/format.ts'
import { useAction } from '../data/use-action.ts'
import { usePoll } from '../data/use-poll.ts'
import { usePanel, useTenant } from '../session/panel.ts'
import { useMay } from '../session/use-session.ts'
import { t } from '../texts/index.ts'
import { Badge } from '../ui/badge.tsx'
import { IconButton } from '../ui/button.tsx'
import { chevronDownIcon } from '../ui/icon-shapes.ts'
import { Menu, MenuChoice } from '../ui/menu.tsx'
import { toast } from '../ui/toast.tsx'
import { healthTones } from './health-tones.ts'

type Host = Reply<'/api/hosts'>['hosts'][number]

const EVERY_MS = 30_000
const load = (signal: AbortSignal) => api.get('/api/hosts', { signal })

const noteOf = ({ is_this: isThis, url, health, last_seen_at: at }: Host): string | undefined => {
  const texts = t.shell.hosts
  if (isThis) return texts.current
  const notes = [health === 'lost' && texts.lostSince(formatDate(at)), url === '' && texts.noUrl]
  return notes.filter(Boolean).join(' ') || undefined
}

/** Opens another host of the panel in the same session. Hidden while there is only one. */
export function HostSwitcher() {
  const texts = t.shell.hosts
  const isPanel = usePanel() != null
  const tenant = useTenant()
  const mayView = useMay('system.view')
  const hosts = usePoll(isPanel && !tenant && mayView ? load : null, EVERY_MS).data?.hosts ?? []
  const open = useAction(async (id: string) => {
    try {
      const { url } = await api.post('/api/auth/hand-over', { body: { host_id: id } })
      location.assign(url)
    } catch (error) {
      toast(explain(toProblem(error)), 'bad')
    }
  })
  if (hosts.length < 2) return null
  const current = hosts.find(({ is_this: isThis }) => isThis)?.id ?? ''
  return (
    <Menu
      align="start"
      trigger={<IconButton icon={chevronDownIcon} label={texts.switch} isBusy={open.isBusy} className="-ml-2" />}
    >
      <MenuChoice
        label={texts.label}
        value={current}
        onChange={(id) => {
          if (id !== current) void open.run(id)
        }}
        options={hosts.map((host) => ({
          value: host.id,
          label: <span translate="no">{host.name}</span>,
          note: noteOf(host),
          aside: (
            <Badge tone={healthTones[host.health] ?? 'neutral'} hasMark>
              {texts.health[host.health]}
            </Badge>
          ),
          isDisabled: host.url === '' && !host.is_this
        }))}
      />
    </Menu>
  )
}
