import { asSentence } from '../../../api/explain.ts'
import { texts } from '../../../texts/alerts.ts'
import { Ago } from '../../../ui/ago.tsx'
import { Badge, type Tone } from '../../../ui/badge.tsx'
import { IconButton } from '../../../ui/button.tsx'
import { ellipsisVerticalIcon, pauseIcon, pencilIcon, playIcon, sendIcon, trash2Icon } from '../../../ui/icon-shapes.ts'
import { Menu, MenuItem, MenuSeparator } from '../../../ui/menu.tsx'
import { type Column, Table } from '../../../ui/table.tsx'
import type { Channel } from './channel.ts'

export type ChannelVerb = 'test' | 'edit' | 'turnOn' | 'turnOff' | 'remove'

type StateName = keyof typeof texts.states
const tones: Record<StateName, Tone> = {
  off: 'neutral',
  failing: 'bad',
  retrying: 'warn',
  working: 'good',
  unused: 'neutral'
}

function stateOf({ is_enabled: isEnabled, state }: Channel): StateName {
  if (!isEnabled) return 'off'
  if (state.is_failing) return 'failing'
  if (state.next_attempt_at !== null) return 'retrying'
  return state.last_success_at === null ? 'unused' : 'working'
}

function State({ channel }: { channel: Channel }) {
  const name = stateOf(channel)
  const { last_success_at: lastSuccess, last_failure: reason, waiting } = channel.state
  const isTroubled = name === 'failing' || name === 'retrying'
  return (
    <div className="flex flex-col items-start gap-1">
      <Badge tone={tones[name]} hasMark>
        {texts.states[name]}
      </Badge>
      {isTroubled && reason !== null && <span>{asSentence(reason)}</span>}
      {waiting > 0 && <span className="text-xs text-muted">{texts.waiting(waiting)}</span>}
      {lastSuccess !== null && (
        <span className="text-xs text-muted">
          {texts.lastSuccess} <Ago time={lastSuccess} />
        </span>
      )}
    </div>
  )
}

interface ChannelListProps {
  channels: readonly Channel[]
  /** Null if the channels cannot be changed. */
  onChoose: ((verb: ChannelVerb, channel: Channel) => void) | null
}

export function ChannelList({ channels, onChoose }: ChannelListProps) {
  const columns: Column<Channel>[] = [
    {
      key: 'name',
      title: texts.name,
      cell: ({ name, type, target }) => (
        <span className="flex flex-col">
          <span translate="no">{name}</span>
          <span className="text-xs font-normal text-muted">{texts.types[type]}</span>
          <span translate="no" className="text-xs font-normal wrap-anywhere text-muted md:hidden">
            {target}
          </span>
        </span>
      )
    },
    {
      key: 'target',
      title: texts.destination,
      isSecondary: true,
      cell: ({ target }) => (
        <span translate="no" className="wrap-anywhere">
          {target}
        </span>
      )
    },
    { key: 'state', title: texts.state, cell: (channel) => <State channel={channel} /> },
    ...(onChoose
      ? [
          {
            key: 'actions',
            title: texts.actionsTitle,
            isNumeric: true,
            cell: (channel: Channel) => (
              <Menu trigger={<IconButton icon={ellipsisVerticalIcon} label={texts.actions(channel.name)} />}>
                <MenuItem icon={sendIcon} onSelect={() => onChoose('test', channel)}>
                  {texts.test}
                </MenuItem>
                <MenuItem icon={pencilIcon} onSelect={() => onChoose('edit', channel)}>
                  {texts.edit}
                </MenuItem>
                {channel.is_enabled ? (
                  <MenuItem icon={pauseIcon} onSelect={() => onChoose('turnOff', channel)}>
                    {texts.turnOff}
                  </MenuItem>
                ) : (
                  <MenuItem icon={playIcon} onSelect={() => onChoose('turnOn', channel)}>
                    {texts.turnOn}
                  </MenuItem>
                )}
                <MenuSeparator />
                <MenuItem icon={trash2Icon} isDanger onSelect={() => onChoose('remove', channel)}>
                  {texts.remove}
                </MenuItem>
              </Menu>
            )
          }
        ]
      : [])
  ]
  return <Table caption={texts.title} columns={columns} rows={channels} keyOf={({ id }) => id} />
}
