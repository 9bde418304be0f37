import { texts } from '../../../texts/gateway.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { OneFieldForm } from '../one-field-form.tsx'
import { type Job, remove, type Status } from './gateway.ts'

interface RemoveDialogProps {
  status: Status
  onBegun(job: Job): void
  onClose(): void
}

/** Says what a removal undoes, and asks for the host name. */
export function RemoveDialog({ status: { vmid, hostname }, onBegun, onClose }: RemoveDialogProps) {
  const words = texts.remove
  const name = hostname ?? ''
  return (
    <Dialog isOpen onClose={onClose} title={words.title} lead={words.lead} size="medium">
      <div className="flex flex-col gap-1 text-sm">
        <p>{words.list}</p>
        <ul className="list-disc pl-5">
          <li>{words.leaves}</li>
          {vmid != null && <li>{words.destroys(vmid)}</li>}
          <li>{words.template}</li>
        </ul>
      </div>
      <OneFieldForm
        field={{ label: words.field(name), spellCheck: false, autoCapitalize: 'none' }}
        initial=""
        verb={words.submit}
        look="danger"
        faultOf={(typed) => (typed === name ? null : words.fault)}
        act={async () => onBegun((await remove()).job)}
        onClose={onClose}
      />
    </Dialog>
  )
}
