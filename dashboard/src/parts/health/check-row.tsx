import { useState } from 'react'
import { api } from '../../api/client.ts'
import type { Reply } from '../../api/paths.ts'
import { formatDate, formatNumber, formatTemperature } from '../../data/format.ts'
import { useAction } from '../../data/use-action.ts'
import { hrefOf } from '../../router.ts'
import { useMay, useUser } from '../../session/use-session.ts'
import { healthTones } from '../../shell/health-tones.ts'
import { t } from '../../texts/index.ts'
import { lookUp } from '../../texts/look-up.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Field } from '../../ui/field.tsx'
import { FormProblem, SubmitButton } from '../../ui/form-problem.tsx'
import { Select } from '../../ui/select.tsx'
import { remedyOf } from './remedy.ts'

export type Check = Reply<'/api/health/full'>['checks'][number]

const durations = ['3600', '86400', '604800', '2592000'] as const
type Duration = (typeof durations)[number]

function Acknowledge({ check, onDone, onCancel }: { check: Check; onDone(): void; onCancel(): void }) {
  const [duration, setDuration] = useState<Duration>('86400')
  const [reason, setReason] = useState('')
  const save = useAction(() =>
    api.post('/api/health/acknowledge', {
      body: { check: check.check, duration: Number(duration), ...(reason.trim() && { reason: reason.trim() }) }
    })
  )
  return (
    <form
      className="flex flex-col gap-3 rounded-lg bg-raised p-3"
      onSubmit={async (event) => {
        event.preventDefault()
        if (await save.run()) onDone()
      }}
    >
      <p className="text-sm">{t.health.explain}</p>
      <div className="grid gap-3 sm:grid-cols-2">
        <Select<Duration>
          label={t.health.duration}
          value={duration}
          options={durations.map((value) => ({ value, label: t.health.durations[value] }))}
          onChange={setDuration}
        />
        <Field
          label={t.health.reason}
          isOptional
          maxLength={200}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </div>
      <FormProblem problem={save.problem} />
      <div className="flex flex-wrap justify-end gap-2">
        <Button size="small" onClick={onCancel}>
          {t.ui.cancel}
        </Button>
        <SubmitButton size="small" problem={save.problem} isBusy={save.isBusy}>
          {t.health.acknowledge}
        </SubmitButton>
      </div>
    </form>
  )
}

const withUnit = (value: number, unit: string) =>
  unit === '°C' ? formatTemperature(value) : `${formatNumber(value)} ${lookUp(t.health.units, unit) ?? unit}`

function Limits({ check: { message, value, unit, warning, critical } }: { check: Check }) {
  // A plain number is already in the message.
  if (unit == null) return null
  const shown = value == null ? '' : withUnit(value, unit)
  return (
    <span className="flex flex-wrap gap-x-3 tabular-nums">
      {shown !== '' && !message.includes(`${value} ${unit}`) && <span className="font-medium text-text">{shown}</span>}
      {warning != null && <span>{t.health.warnsAt(withUnit(warning, unit))}</span>}
      {critical != null && <span>{t.health.criticalAt(withUnit(critical, unit))}</span>}
    </span>
  )
}

function RemedyOf({ check, onLeave }: { check: Check; onLeave(): void }) {
  const { text, command, page } = remedyOf(check.check, useUser())
  if (!text && !page) return null
  return (
    <span className="flex flex-wrap items-center gap-x-2 text-text">
      {text}
      {command && (
        <>
          <code translate="no" className="font-mono text-[0.8125rem] wrap-anywhere">
            {command}
          </code>
          <CopyButton look="quiet" size="small" text={command} />
        </>
      )}
      {page && (
        <a href={hrefOf(...page.parts)} onClick={onLeave}>
          {t.health.open(page.title)}
        </a>
      )}
    </span>
  )
}

export interface CheckRowProps {
  check: Check
  onChange(): void
  /** A link to another page was followed. */
  onLeave(): void
}

/** A check with its thresholds and the time of its last change. A problem has its remedy, and can be acknowledged. */
export function CheckRow({ check, onChange, onLeave }: CheckRowProps) {
  const [isAsking, setAsking] = useState(false)
  const mayManage = useMay('health.manage')
  const undo = useAction(() => api.post('/api/health/un-acknowledge', { body: { check: check.check } }))
  const { status, message, since, acknowledged_until: until, acknowledged_by: by, acknowledged_reason: why } = check
  const isProblem = status !== 'healthy'
  return (
    <li className="flex flex-col gap-2 px-3 py-2.5">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-1.5">
        <Badge tone={healthTones[status] ?? 'neutral'} hasMark>
          {t.shell.health[status]}
        </Badge>
        <div className="flex min-w-0 flex-1 basis-60 flex-col gap-0.5 text-sm text-muted">
          <span lang="en" className="font-medium text-text">
            {message}
          </span>
          <Limits check={check} />
          {isProblem && <RemedyOf check={check} onLeave={onLeave} />}
          <span className="text-xs">{t.health.since(formatDate(since))}</span>
          {until != null && (
            <span className="text-xs">
              {t.health.until(formatDate(until))}
              {by && <span translate="no"> · {by}</span>}
              {why && <span translate="no"> · “{why}”</span>}
            </span>
          )}
        </div>
        {mayManage && until != null && (
          <Button
            size="small"
            isBusy={undo.isBusy}
            onClick={async () => {
              if (await undo.run()) onChange()
            }}
          >
            {t.health.undo}
          </Button>
        )}
        {mayManage && isProblem && until == null && !isAsking && (
          <Button size="small" onClick={() => setAsking(true)}>
            {t.health.acknowledge}…
          </Button>
        )}
      </div>
      <FormProblem problem={undo.problem} />
      {isAsking && (
        <Acknowledge
          check={check}
          onCancel={() => setAsking(false)}
          onDone={() => {
            setAsking(false)
            onChange()
          }}
        />
      )}
    </li>
  )
}
