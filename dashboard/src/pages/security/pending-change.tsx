import { useEffect, useRef, useSyncExternalStore } from 'react'
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

const PATH = '/api/security/confirm-change'
const EVERY_MS = 15_000

const load = async (signal: AbortSignal) => {
  const { pending } = await api.get(PATH, { signal })
  return pending && { ...pending, at: Date.now() + pending.seconds_left * 1000 }
}

let version = 0
const listeners = new Set<() => void>()
/** To be called after a change that was made with `confirm_within`. */
export function announceChange(): void {
  version++
  for (const listener of listeners) listener()
}
const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** A change that goes back by itself unless somebody keeps it: whoever reads this is still able to. */
export function PendingChange({ onSettled }: { onSettled(): void }) {
  const texts = t.security.pending
  const { data, reload } = usePoll(load, EVERY_MS)
  const made = useSyncExternalStore(subscribe, () => version)
  const latest = useRef(onSettled)
  latest.current = onSettled

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked for whenever a change was made
  useEffect(reload, [made])
  const deadline = data?.at
  useEffect(() => {
    if (deadline === undefined) return
    const timer = setTimeout(
      () => {
        reload()
        latest.current()
      },
      deadline - Date.now() + 1500
    )
    return () => clearTimeout(timer)
  }, [deadline, reload])

  const settle = useAction(async (verb: 'post' | 'delete') => {
    try {
      await (verb === 'post' ? api.post(PATH) : api.delete(PATH))
      toast(verb === 'post' ? texts.kept : texts.takenBack, verb === 'post' ? 'good' : 'info')
    } catch (error) {
      if (!isProblem(error, 'CONFLICT') || (await load(new AbortController().signal))) throw error
      toast(texts.tooLate, 'warn')
    }
    reload()
    onSettled()
  })
  if (!data) return null
  const actions = (
    <div className="flex flex-wrap gap-2">
      <Button size="small" onClick={() => void settle.run('delete')} disabled={settle.isBusy}>
        {texts.back}
      </Button>
      <Button size="small" look="primary" isBusy={settle.isBusy} onClick={() => void settle.run('post')}>
        {texts.keep}
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
