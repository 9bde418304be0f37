import { formatCount, formatTemperature } from '../../data/format.ts'
import { useUnits } from '../../data/units.ts'
import { t } from '../../texts/index.ts'
import { lookUp } from '../../texts/look-up.ts'
import { texts } from '../../texts/settings.ts'
import { Badge } from '../../ui/badge.tsx'
import { Field } from '../../ui/field.tsx'
import {
  type Draft,
  type Faults,
  type Gauge,
  type GaugeName,
  type Level,
  levels,
  type Place,
  placeOf,
  withEdit
} from './thresholds.ts'

const { thresholds: h } = texts

const isCustomised = (gauge: Gauge) =>
  gauge.warning !== gauge.default_warning || gauge.critical !== gauge.default_critical

interface LevelFieldProps {
  gauge: Gauge
  level: Level
  text: string
  fault: string | null
  /** The threshold that was set elsewhere while this one is edited. */
  newer: number | undefined
  onChange(text: string): void
}

/** A threshold is entered in the unit of the API, which is what the daemon's messages are about. */
function LevelField({ gauge, level, text, fault, newer, onChange }: LevelFieldProps) {
  const { temperature } = useUnits()
  const isTranslated = gauge.unit === '°C' && temperature === 'fahrenheit' && Number.isFinite(Number(text))
  const standard = gauge[`default_${level}`]
  return (
    <Field
      label={h[level](lookUp(t.health.units, gauge.unit) ?? gauge.unit)}
      type="number"
      step="any"
      inputMode="decimal"
      min={gauge.minimum}
      max={gauge.maximum}
      value={text}
      fault={fault}
      hint={h.range(formatCount(gauge.minimum), formatCount(gauge.maximum), formatCount(standard))}
      onChange={(event) => onChange(event.target.value)}
    >
      {isTranslated && <p className="text-sm text-muted">{h.same(formatTemperature(Number(text)))}</p>}
      {newer !== undefined && (
        <p role="status" className="text-sm text-warn">
          {h.changedMeanwhile(formatCount(newer))}
        </p>
      )}
    </Field>
  )
}

interface GaugeFieldsProps {
  name: GaugeName
  gauge: Gauge
  draft: Draft
  faults: Faults
  newer: ReadonlyMap<Place, number>
  onChange(draft: Draft): void
}

/** The two thresholds of a check. */
export function GaugeFields({ name, gauge, draft, faults, newer, onChange }: GaugeFieldsProps) {
  return (
    <fieldset className="min-w-0">
      <legend className="mb-2 flex items-center gap-2 text-sm font-semibold">
        {h.gauges[name]}
        {isCustomised(gauge) && <Badge tone="accent">{h.customised}</Badge>}
      </legend>
      <div className="grid grid-cols-2 items-start gap-3">
        {levels.map((level) => {
          const place = placeOf(name, level)
          return (
            <LevelField
              key={level}
              gauge={gauge}
              level={level}
              text={draft[place]?.text ?? String(gauge[level])}
              fault={faults[place] ?? null}
              newer={newer.get(place)}
              onChange={(text) => onChange(withEdit(draft, place, text, gauge[level]))}
            />
          )
        })}
      </div>
    </fieldset>
  )
}
