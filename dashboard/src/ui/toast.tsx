import { useSyncExternalStore } from 'react'
import { t } from '../texts/index.ts'
import { IconButton } from './button.tsx'
import { xIcon } from './icon-shapes.ts'
import { Notice } from './notice.tsx'

interface Toast {
  id: number
  tone: 'good' | 'warn' | 'bad' | 'info'
  text: string
}

const LASTS_MS = 6000

let toasts: readonly Toast[] = []
let count = 0
const listeners = new Set<() => void>()
const change = (next: readonly Toast[]) => {
  toasts = next
  for (const listener of listeners) listener()
}
const drop = (id: number) => change(toasts.filter((each) => each.id !== id))

/** Shows a short message. An error stays until it is closed, so there is time to read it. */
export function toast(text: string, tone: Toast['tone'] = 'good'): void {
  const id = ++count
  change([...toasts.slice(-3), { id, tone, text }])
  if (tone === 'good' || tone === 'info') setTimeout(() => drop(id), LASTS_MS)
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The container of the toasts. Render it once, in the app. */
export function Toasts() {
  const shown = useSyncExternalStore(subscribe, () => toasts)
  return (
    <section
      aria-label={t.ui.notifications}
      aria-live="polite"
      className="pointer-events-none fixed inset-x-4 bottom-20 z-50 flex flex-col items-center gap-2 sm:bottom-6"
    >
      {shown.map(({ id, tone, text }) => (
        <div key={id} className="pointer-events-auto w-full max-w-md rounded-lg bg-surface shadow-float">
          <Notice
            tone={tone}
            action={<IconButton icon={xIcon} label={t.ui.close} onClick={() => drop(id)} className="-my-2 -mr-2" />}
          >
            {text}
          </Notice>
        </div>
      ))}
    </section>
  )
}
