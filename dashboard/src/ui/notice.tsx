import type { ReactNode } from 'react'
import { cx } from './class-names.ts'
import { Icon } from './icon.tsx'
import { circleAlertIcon, circleCheckIcon, infoIcon, triangleAlertIcon } from './icon-shapes.ts'

const tones = {
  info: { icon: infoIcon, look: 'border-accent/30 bg-accent-bg text-text' },
  good: { icon: circleCheckIcon, look: 'border-good/30 bg-good-bg text-good' },
  warn: { icon: triangleAlertIcon, look: 'border-warn/30 bg-warn-bg text-warn' },
  bad: { icon: circleAlertIcon, look: 'border-bad/30 bg-bad-bg text-bad' }
}

export interface NoticeProps {
  tone?: keyof typeof tones
  /** `alert` interrupts a screen reader, `status` waits. Omit it for content that does not change. */
  role?: 'alert' | 'status'
  /** Shown to the right, such as a button. */
  action?: ReactNode
  children: ReactNode
}

export function Notice({ tone = 'info', role, action, children }: NoticeProps) {
  const { icon, look } = tones[tone]
  return (
    <div role={role} className={cx('flex flex-wrap items-center gap-3 rounded-lg border px-3.5 py-2.5 text-sm', look)}>
      <div className="flex min-w-0 flex-1 basis-56 items-start gap-3">
        <Icon shape={icon} className="mt-px" />
        <div className="min-w-0 flex-1">{children}</div>
      </div>
      {action}
    </div>
  )
}
