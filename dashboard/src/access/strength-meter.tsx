import { t } from '../texts/index.ts'
import { cx } from '../ui/class-names.ts'
import { Icon } from '../ui/icon.tsx'
import { checkIcon, minusIcon } from '../ui/icon-shapes.ts'
import type { Checked, Rule } from './password-rules.ts'

const colours = ['bg-line', 'bg-bad', 'bg-warn', 'bg-accent', 'bg-good']
const words = ['text-muted', 'text-bad', 'text-warn', 'text-accent', 'text-good']

/** The other rules appear only when they are violated. */
const always: Rule[] = ['length', 'kinds']

function Line({ isMet, children }: { isMet: boolean; children: string }) {
  return (
    <li className={cx('flex items-start gap-1.5', isMet ? 'text-good' : 'text-muted')}>
      <Icon shape={isMet ? checkIcon : minusIcon} className="mt-[0.2rem] size-3.5" />
      {children}
      <span className="sr-only">({isMet ? t.access.strength.met : t.access.strength.missing})</span>
    </li>
  )
}

/** The strength of a password during typing, by the daemon's rules. */
export function StrengthMeter({ checked, isEmpty }: { checked: Checked; isEmpty: boolean }) {
  const { strength } = t.access
  const shown: Rule[] = [...always, ...checked.broken.filter((rule) => !always.includes(rule))]
  return (
    <div className="flex flex-col gap-2 text-sm">
      <div className="flex items-center gap-3">
        <div aria-hidden="true" className="flex flex-1 gap-1">
          {[1, 2, 3, 4].map((step) => (
            <span
              key={step}
              className={cx(
                'h-1.5 flex-1 rounded-full transition-colors',
                step <= checked.level ? colours[checked.level] : 'bg-line'
              )}
            />
          ))}
        </div>
        <span role="status" className={cx('min-w-16 text-right text-xs font-medium', words[checked.level])}>
          <span className="sr-only">{strength.label}: </span>
          {isEmpty ? '–' : strength.levels[checked.level]}
        </span>
      </div>
      <ul className="flex flex-col gap-0.5">
        {shown.map((rule) => (
          <Line key={rule} isMet={!checked.broken.includes(rule)}>
            {strength.rules[rule]}
          </Line>
        ))}
        <li className="text-muted">{strength.common}</li>
      </ul>
    </div>
  )
}
