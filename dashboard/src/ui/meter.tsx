import { cx } from './class-names.ts'

export interface MeterProps {
  /** The name of the measured value. */
  label: string
  /** 0 to 100. */
  percent: number
  tone?: 'accent' | 'good' | 'warn' | 'bad'
}

const fills = { accent: 'bg-accent', good: 'bg-good', warn: 'bg-warn', bad: 'bg-bad' }

/** A usage bar. The number is shown next to it. */
export function Meter({ label, percent, tone = 'accent' }: MeterProps) {
  const shown = Math.min(100, Math.max(0, percent))
  return (
    // biome-ignore lint/a11y/useSemanticElements: the bar of <meter> cannot be styled in all browsers
    <div
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(shown)}
      className="h-1.5 overflow-hidden rounded-full bg-raised"
    >
      <div
        className={cx('h-full rounded-full transition-[width] duration-500', fills[tone])}
        style={{ width: `${shown}%` }}
      />
    </div>
  )
}
