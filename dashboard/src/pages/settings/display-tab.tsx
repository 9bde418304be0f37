import { formatBytes, formatDate, formatTemperature } from '../../data/format.ts'
import { setUnits, type Units, unitChoices, useUnits } from '../../data/units.ts'
import { LanguageSetting } from '../../shell/language-menu.tsx'
import { texts } from '../../texts/settings.ts'
import { Card } from '../../ui/card.tsx'
import { Choice } from '../../ui/choice.tsx'
import { languagesIcon, settingsIcon } from '../../ui/icon-shapes.ts'

const { language, units: u } = texts
const EXAMPLE_BYTES = 1_500_000_000_000
const EXAMPLE_CELSIUS = 43

interface UnitProps<N extends keyof Units> {
  name: N
  labels: Readonly<Record<Units[N], string>>
  example: string
}

function Unit<N extends keyof Units>({ name, labels, example }: UnitProps<N>) {
  const units = useUnits()
  const title = u[name]
  return (
    <div className="flex flex-col items-start gap-1.5">
      <h3 className="text-sm font-medium">{title}</h3>
      <Choice<Units[N]>
        label={title}
        value={units[name]}
        options={unitChoices[name].map((value) => ({ value, label: labels[value] }))}
        onChange={(value) => setUnits({ [name]: value })}
      />
      <p className="text-sm text-muted tabular-nums">{u.example(example)}</p>
    </div>
  )
}

/** How this browser shows texts and numbers. */
export function DisplayTab() {
  // The examples follow the choice.
  useUnits()
  return (
    <>
      <Card title={language.title} icon={languagesIcon}>
        <p className="text-sm text-muted">{language.lead}</p>
        <div>
          <LanguageSetting />
        </div>
      </Card>
      <Card title={u.title} icon={settingsIcon}>
        <p className="text-sm text-muted">{u.lead}</p>
        <div className="flex flex-col gap-5">
          <Unit name="bytes" labels={u.bytesChoices} example={formatBytes(EXAMPLE_BYTES)} />
          <Unit name="temperature" labels={u.temperatureChoices} example={formatTemperature(EXAMPLE_CELSIUS)} />
          <Unit name="clock" labels={u.clockChoices} example={formatDate(Date.now())} />
        </div>
      </Card>
    </>
  )
}
