import { useEffect } from 'react'
import { api } from '../../api/client.ts'
import { isProblem } from '../../api/problem.ts'
import { useAction } from '../../data/use-action.ts'
import { usePoll } from '../../data/use-poll.ts'
import { t } from '../../texts/index.ts'
import { Button } from '../../ui/button.tsx'
import { Countdown } from '../../ui/countdown.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'
import { Notice } from '../../ui/notice.tsx'
import { toast } from '../../ui/toast.tsx'
import { announceChange, useReloadOnChange } from './changes.ts'

const PATH = '/api/security/confirm-change'
const EVERY_MS = 15_000

const load = async (signal: AbortSignal) => {
  const { pending } = await api.get(PATH, { signal })
  return pending && { ...pending, at: Date.now() + pending.seconds_left * 1000 }
}

/** A change that reverts unless it is confirmed. A user who sees it can still connect and confirm it. */
export function PendingChange() {
  const texts = t.security.pending
  const { data, reload } = usePoll(load, EVERY_MS)
  useReloadOnChange(reload)

  const deadline = data?.at
  useEffect(() => {
    if (deadline === undefined) return
    const timer = setTimeout(announceChange, deadline - Date.now() + 1500)
    return () => clearTimeout(timer)
  }, [deadline])

  const settle = useAction(async (verb: 'post' | 'delete') => {
    try {
      await (verb === 'post' ? api.post(PATH) : api.delete(PATH))
      toast(verb === 'post' ? texts.confirmed : texts.reverted, verb === 'post' ? 'good' : 'info')
    } catch (error) {
      if (!isProblem(error, 'CONFLICT') || (await load(new AbortController().signal))) throw error
      toast(texts.tooLate, 'warn')
    }
    announceChange()
    // The pressed button no longer exists.
    document.getElementById('main')?.focus()
  })
  if (!data) return null
  const actions = (
    <div className="flex flex-wrap gap-2">
      <Button size="small" onClick={() => void settle.run('delete')} disabled={settle.isBusy}>
        {texts.revert}
      </Button>
      <Button size="small" look="primary" isBusy={settle.isBusy} onClick={() => void settle.run('post')}>
        {texts.confirm}
      </Button>
    </div>
  )
  return (
    <div className="flex flex-col gap-2">
      <Notice tone="warn" role="alert" action={actions}>
        {texts.settings[data.setting] ?? texts.other} {texts.text} <Countdown at={data.at} />
      </Notice>
      <FormProblem problem={settle.problem} />
    </div>
  )
}
