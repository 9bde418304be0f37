import type { ReactNode } from 'react'
import { cx } from './class-names.ts'

const tones = {
  neutral: 'bg-raised text-muted',
  accent: 'bg-accent-bg text-accent',
  good: 'bg-good-bg text-good',
  warn: 'bg-warn-bg text-warn',
  bad: 'bg-bad-bg text-bad'
}

// Each tone also has its own shape, so it does not depend on colour alone.
const marks: Record<Tone, string> = {
  neutral: 'rounded-full opacity-60',
  accent: 'rounded-full',
  good: 'rounded-full',
  warn: 'rounded-[2px] rotate-45',
  bad: 'rounded-[2px]'
}

export type Tone = keyof typeof tones

export interface BadgeProps {
  tone?: Tone
  /** Shows a mark before the text, whose shape also indicates the tone. */
  hasMark?: boolean
  children: ReactNode
}

export function Badge({ tone = 'neutral', hasMark, children }: BadgeProps) {
  return (
    <span
      className={cx(
        'inline-flex items-center gap-1.5 rounded-full px-2.5 py-0.5 text-xs font-semibold whitespace-nowrap',
        tones[tone]
      )}
    >
      {hasMark && <span aria-hidden="true" className={cx('size-2 shrink-0 bg-current', marks[tone])} />}
      {children}
    </span>
  )
}
