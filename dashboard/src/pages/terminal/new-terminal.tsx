import { type FormEvent, useState } from 'react'
import { useProxmoxNode } from '../../data/use-proxmox-node.ts'
import { useMay } from '../../session/use-session.ts'
import { t } from '../../texts/index.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Dialog, DialogActions } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { packageIcon, plusIcon, squareTerminalIcon } from '../../ui/icon-shapes.ts'
import { Menu, MenuItem } from '../../ui/menu.tsx'
import { canAddTab, focusActive, openTerminal } from './workspace.ts'

const VMID = /^[1-9]\d{2,8}$/
function ContainerDialog({ isOpen, onClose }: { isOpen: boolean; onClose(): void }) {
  const [vmid, setVmid] = useState('')
  const [isTried, setTried] = useState(false)
  const isValid = VMID.test(vmid)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!isValid) return
    onClose()
    openTerminal(`lxc:${vmid}`)
  }
  return (
    <Dialog isOpen={isOpen} onClose={onClose} onFocusBack={focusActive} title={t.terminal.containerTitle}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Field
          label={t.terminal.vmid}
          hint={t.terminal.vmidHint}
          fault={isTried && !isValid ? t.terminal.vmidFault : null}
          inputMode="numeric"
          autoComplete="off"
          value={vmid}
          onChange={(event) => setVmid(event.target.value.trim())}
        />
        <DialogActions>
          <Button onClick={onClose}>{t.ui.cancel}</Button>
          <Button type="submit" look="primary">
            {t.terminal.open}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}

/** Opens a terminal, directly or after the choice of a container. */
export function NewTerminal({ isIcon = false }: { isIcon?: boolean }) {
  const mayOpen = useMay('terminal.open')
  // Only Proxmox hosts have containers to choose from.
  const hasContainers = useProxmoxNode() != null
  const [isAsking, setAsking] = useState(false)
  if (!mayOpen) return null
  const isFull = !canAddTab()
  const label = isFull ? t.terminal.full : t.terminal.new
  const open = hasContainers ? {} : { onClick: () => openTerminal() }
  const button = isIcon ? (
    <IconButton icon={plusIcon} label={label} disabled={isFull} {...open} />
  ) : (
    <Button look="primary" icon={squareTerminalIcon} disabled={isFull} {...open}>
      {t.terminal.new}
    </Button>
  )
  if (!hasContainers) return button
  return (
    <>
      <Menu trigger={button}>
        <MenuItem icon={squareTerminalIcon} onSelect={() => openTerminal()}>
          {t.terminal.shell}
        </MenuItem>
        <MenuItem icon={packageIcon} onSelect={() => setAsking(true)}>
          {t.terminal.newContainer}
        </MenuItem>
      </Menu>
      <ContainerDialog isOpen={isAsking} onClose={() => setAsking(false)} />
    </>
  )
}
