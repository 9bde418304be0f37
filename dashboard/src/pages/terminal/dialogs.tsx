import { type FormEvent, useState } from 'react'
import { t } from '../../texts/index.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, DialogActions } from '../../ui/dialog.tsx'
import { inputClass } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { openAddress } from './emulator.ts'
import type { TerminalTab } from './terminal-tab.ts'
import { focusActive } from './workspace.ts'

interface Opened {
  isOpen: boolean
  onClose(): void
}

/** For pages that cannot read the clipboard, and for phones, which paste only into a field. */
export function PasteDialog({ isOpen, tab, onClose }: Opened & { tab: TerminalTab | null }) {
  const [text, setText] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    tab?.emulator.terminal.paste(text)
    setText('')
    onClose()
  }
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      onFocusBack={focusActive}
      title={t.terminal.pasteTitle}
      lead={t.terminal.pasteLead}
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        <textarea
          aria-label={t.terminal.pasteText}
          rows={5}
          value={text}
          translate="no"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          onChange={(event) => setText(event.target.value)}
          className={`${inputClass} py-2 font-mono text-sm`}
        />
        <DialogActions>
          <Button onClick={onClose}>{t.ui.cancel}</Button>
          <Button type="submit" look="primary" disabled={!text}>
            {t.terminal.pasteSend}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}

export function HelpDialog({ isOpen, onClose }: Opened) {
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      onFocusBack={focusActive}
      title={t.terminal.helpTitle}
      lead={t.terminal.helpLead}
      size="medium"
    >
      <dl className="grid grid-cols-[auto_1fr] items-baseline gap-x-4 gap-y-2 text-sm">
        {t.terminal.helpKeys.map(([keys, what]) => (
          <div key={keys} className="contents">
            <dt>
              <kbd className="rounded-md bg-raised px-2 py-0.5 font-mono text-xs">{keys}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}

/** A link whose text was set by a program. Shows the real address before it is opened. */
export function LinkDialog({ address, onClose }: { address: string | null; onClose(): void }) {
  const isPage = address !== null && /^https?:\/\//i.test(address)
  const open = () => {
    if (address) openAddress(address)
    onClose()
  }
  return (
    <Dialog
      isOpen={address !== null}
      onClose={onClose}
      onFocusBack={focusActive}
      title={t.terminal.linkTitle}
      lead={t.terminal.linkLead}
    >
      <p translate="no" className="rounded-lg bg-raised px-3 py-2 font-mono text-sm break-all">
        {address}
      </p>
      {!isPage && <Notice tone="warn">{t.terminal.linkRefused}</Notice>}
      <DialogActions>
        <Button onClick={onClose}>{t.ui.cancel}</Button>
        <Button look="primary" disabled={!isPage} onClick={open}>
          {t.terminal.open}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
