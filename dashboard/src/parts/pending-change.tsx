import { useEffect } from 'react'
import { api } from '../api/client.ts'
import { isProblem } from '../api/problem.ts'
import { announceChange, useLastChange, useReloadOnChange, type Waiting } from '../data/changes.ts'
import { useAction } from '../data/use-action.ts'
import { usePoll } from '../data/use-poll.ts'
import { t } from '../texts/index.ts'
import { lookUp } from '../texts/look-up.ts'
import { Button } from '../ui/button.tsx'
import { Countdown } from '../ui/countdown.tsx'
import { FormProblem } from '../ui/form-problem.tsx'
import { Notice } from '../ui/notice.tsx'
import { toast } from '../ui/toast.tsx'

const PATH = '/api/security/confirm-change'
const EVERY_MS = 15_000

const load = async (signal: AbortSignal): Promise<Waiting | null> => {
  const { pending } = await api.get(PATH, { signal })
  return pending && { setting: pending.setting, at: Date.now() + pending.seconds_left * 1000 }
}

/** A change that reverts unless it is confirmed. `isFocused` gives the confirm button the keyboard focus. */
export function PendingChange({ isFocused }: { isFocused?: boolean }) {
  const texts = t.security.pending
  const { data, at, reload } = usePoll(load, EVERY_MS)
  useReloadOnChange(reload)
  const last = useLastChange()
  const waiting = at !== null && at > last.madeAt ? data : (last.waiting ?? data)

  const deadline = waiting?.at
  useEffect(() => {
    if (deadline === undefined) return
    // Checked just before the end: another tab may have confirmed it, or this host may not answer here any more.
    let isWaiting = false
    const look = async () => {
      isWaiting = (await load(new AbortController().signal).catch(() => null)) !== null
    }
    const end = () => {
      if (isWaiting) toast(texts.expired, 'warn')
      announceChange()
    }
    const left = deadline - Date.now()
    const timers = [setTimeout(look, left - 1000), setTimeout(end, left + 1500)]
    return () => timers.forEach(clearTimeout)
  }, [deadline, texts])

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
  if (!waiting) return null
  const actions = (
    <div className="flex flex-wrap gap-2">
      <Button size="small" onClick={() => void settle.run('delete')} disabled={settle.isBusy}>
        {texts.revert}
      </Button>
      <Button
        size="small"
        look="primary"
        autoFocus={isFocused}
        isBusy={settle.isBusy}
        onClick={() => void settle.run('post')}
      >
        {texts.confirm}
      </Button>
    </div>
  )
  return (
    <div className="flex flex-col gap-2">
      <Notice tone="warn" role="alert" action={actions}>
        {lookUp(texts.settings, waiting.setting) ?? texts.other} {texts.text} <Countdown at={waiting.at} />
      </Notice>
      <FormProblem showsWait problem={settle.problem} />
    </div>
  )
}
