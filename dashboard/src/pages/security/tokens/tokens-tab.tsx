import { useState } from 'react'
import { api } from '../../../api/client.ts'
import { hostNow } from '../../../data/host-clock.ts'
import { usePoll } from '../../../data/use-poll.ts'
import { t } from '../../../texts/index.ts'
import { Button } from '../../../ui/button.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { keyIcon, plusIcon } from '../../../ui/icon-shapes.ts'
import { PolledCard } from '../../../ui/polled-card.tsx'
import { SureDialog } from '../../../ui/sure-dialog.tsx'
import { toast } from '../../../ui/toast.tsx'
import { loadTwoFactor } from '../two-factor-status.ts'
import { NewTokenDialog } from './new-token-dialog.tsx'
import { RotateDialog } from './rotate-dialog.tsx'
import { TokenList } from './token-list.tsx'
import { revoke, stateOf, type Token } from './token-state.ts'

const EVERY_MS = 20_000
const load = (signal: AbortSignal) => api.get('/api/auth/api-tokens', { query: { revoked: '1' }, signal })

type Open = { what: 'new' } | { what: 'rotate' | 'revoke'; token: Token }

export function TokensTab() {
  const texts = t.security.tokens
  const polled = usePoll(load, EVERY_MS)
  // Creating a token always requires the code if 2FA is on.
  const needsCode = usePoll(loadTwoFactor, 0).data?.enabled ?? false
  const [open, setOpen] = useState<Open | null>(null)
  const [isEndedShown, setEndedShown] = useState(false)
  const close = () => {
    setOpen(null)
    polled.reload()
  }
  const create = (
    <Button look="primary" size="small" icon={plusIcon} onClick={() => setOpen({ what: 'new' })}>
      {texts.create}
    </Button>
  )
  return (
    <>
      <PolledCard polled={polled} title={texts.title} icon={keyIcon} aside={create}>
        {({ tokens }) => {
          const now = hostNow()
          const ended = tokens.filter((token) => stateOf(token, now).isEnded)
          const shown = isEndedShown ? tokens : tokens.filter((token) => !ended.includes(token))
          return (
            <>
              <p className="text-sm text-muted">{texts.lead}</p>
              {shown.length > 0 ? (
                <TokenList
                  tokens={shown}
                  onRotate={(token) => setOpen({ what: 'rotate', token })}
                  onRevoke={(token) => setOpen({ what: 'revoke', token })}
                />
              ) : (
                <EmptyState icon={keyIcon} title={texts.empty}>
                  {texts.emptyText}
                </EmptyState>
              )}
              {ended.length > 0 && (
                <div>
                  <Button look="quiet" size="small" onClick={() => setEndedShown(!isEndedShown)}>
                    {isEndedShown ? texts.hideEnded : texts.showEnded(ended.length)}
                  </Button>
                </div>
              )}
            </>
          )
        }}
      </PolledCard>
      {open?.what === 'new' && <NewTokenDialog needsCode={needsCode} onClose={close} />}
      {open?.what === 'rotate' && <RotateDialog token={open.token} needsCode={needsCode} onClose={close} />}
      <SureDialog
        isOpen={open?.what === 'revoke'}
        onClose={close}
        title={texts.revokeTitle(open?.what === 'revoke' ? open.token.name : '')}
        lead={texts.revokeLead}
        verb={texts.revoke}
        act={async () => {
          if (open?.what === 'revoke') await revoke(open.token.id)
          toast(texts.revokeDone)
        }}
      />
    </>
  )
}
