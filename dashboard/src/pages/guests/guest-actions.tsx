import { useState } from 'react'
import { api } from '../../api/client.ts'
import { requestTerminal } from '../../data/terminal-request.ts'
import { useProxmoxNode } from '../../data/use-proxmox-node.ts'
import { useMay } from '../../session/use-session.ts'
import { texts } from '../../texts/guests.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/field.tsx'
import { playIcon, powerIcon, rotateCwIcon, type Shape, squareIcon, squareTerminalIcon } from '../../ui/icon-shapes.ts'
import { SureDialog } from '../../ui/sure-dialog.tsx'
import { toast } from '../../ui/toast.tsx'
import type { Guest } from './guest.ts'

type Action = keyof typeof texts.actions

const icons: Record<Action, Shape> = {
  start: playIcon,
  shutdown: powerIcon,
  reboot: rotateCwIcon,
  stop: squareIcon
}

/** The daemon answers when Proxmox VE has begun the task; a busy host needs long for that. */
const TIMEOUT_MS = 60_000
const FORCE_AFTER_S = 60

function send(vmid: number, action: Action, isForced: boolean) {
  const options = { path: { vmid }, timeoutMs: TIMEOUT_MS }
  const force = { timeout: FORCE_AFTER_S, force_stop: true }
  if (action === 'shutdown') return api.post('/api/guests/{vmid}/shutdown', { ...options, body: isForced ? force : {} })
  if (action === 'reboot') return api.post('/api/guests/{vmid}/reboot', { ...options, body: {} })
  return api.post(`/api/guests/{vmid}/${action}`, options)
}

const actionsOf = ({ status, template }: Guest): Action[] => {
  if (template) return []
  if (status === 'stopped') return ['start']
  return status === 'unknown' ? [] : ['shutdown', 'reboot', 'stop']
}

function ActionDialog({ guest, action, onClose }: { guest: Guest; action: Action; onClose(): void }) {
  const [isForced, setForced] = useState(false)
  const { title, lead } = texts.sure[action]
  const act = async () => {
    await send(guest.vmid, action, isForced)
    toast(texts.begun(texts.actions[action], guest.name), 'info')
  }
  return (
    <SureDialog isOpen onClose={onClose} title={title(guest.name)} lead={lead} verb={texts.actions[action]} act={act}>
      {action === 'shutdown' && (
        <Checkbox
          label={texts.force(FORCE_AFTER_S)}
          hint={texts.forceHint}
          checked={isForced}
          onChange={(event) => setForced(event.target.checked)}
        />
      )}
    </SureDialog>
  )
}

/** A shell of a container on this node. */
function Console({ guest }: { guest: Guest }) {
  const node = useProxmoxNode()
  const mayOpen = useMay('terminal.open')
  if (!mayOpen || guest.type !== 'lxc' || guest.node !== node || guest.status !== 'running') return null
  return (
    <Button size="small" icon={squareTerminalIcon} onClick={() => requestTerminal(`lxc:${guest.vmid}`)}>
      {texts.console}
    </Button>
  )
}

/** The buttons of a guest. While a task of it runs, they wait. */
export function GuestActions({ guest, isBusy }: { guest: Guest; isBusy: boolean }) {
  const mayControl = useMay('guests.control')
  const [asked, setAsked] = useState<Action | null>(null)
  return (
    <div className="flex flex-wrap gap-2">
      <Console guest={guest} />
      {mayControl &&
        actionsOf(guest).map((action) => (
          <Button
            key={action}
            size="small"
            icon={icons[action]}
            look={action === 'stop' ? 'danger' : 'secondary'}
            disabled={isBusy}
            onClick={() => setAsked(action)}
          >
            {texts.actions[action]}
          </Button>
        ))}
      {asked && <ActionDialog guest={guest} action={asked} onClose={() => setAsked(null)} />}
    </div>
  )
}
