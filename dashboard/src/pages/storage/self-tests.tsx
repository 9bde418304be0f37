import { api } from '../../api/client.ts'
import { formatCount, formatPercent } from '../../data/format.ts'
import { useAction } from '../../data/use-action.ts'
import { Value, ValueOrReason } from '../../parts/sample.tsx'
import { useMay } from '../../session/use-session.ts'
import { t } from '../../texts/index.ts'
import { texts } from '../../texts/smart.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { describeSeconds } from '../../ui/durations.ts'
import { FormProblem } from '../../ui/form-problem.tsx'
import { gaugeIcon } from '../../ui/icon-shapes.ts'
import { Meter } from '../../ui/meter.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { toast } from '../../ui/toast.tsx'
import type { Smart } from './disk.ts'

type Test = NonNullable<Smart['self_tests']>[number]

/** A disk at work may take its time to begin. */
const TIMEOUT_MS = 60_000

function ResultBadge({ passed }: Pick<Test, 'passed'>) {
  if (passed === null) return <Badge>{texts.unfinished}</Badge>
  return (
    <Badge tone={passed ? 'good' : 'bad'} hasMark>
      {passed ? texts.passed : texts.failed}
    </Badge>
  )
}

const columns: Column<Test>[] = [
  { key: 'type', title: texts.type, cell: ({ type }) => <span translate="no">{type}</span> },
  {
    key: 'result',
    title: texts.result,
    cell: ({ passed, status }) => (
      <span className="flex flex-col items-start gap-1">
        <ResultBadge passed={passed} />
        <span translate="no" className="text-xs text-muted">
          {status}
        </span>
      </span>
    )
  },
  {
    key: 'at',
    title: texts.at,
    isNumeric: true,
    cell: ({ lifetime_hours: hours }) => <Value value={hours}>{(value) => formatCount(value)}</Value>
  }
]

function Running({ smart: { test_type: type, progress } }: { smart: Smart }) {
  return (
    <div className="flex flex-col gap-2">
      <Notice role="status" action={<Spinner />}>
        {type === null ? texts.runningAny : texts.running[type]}
        {progress !== null && (
          <span className="block text-xs tabular-nums">{texts.progress(formatPercent(progress))}</span>
        )}
      </Notice>
      {progress !== null && <Meter label={texts.progressLabel} percent={progress} />}
    </div>
  )
}

const durationOf = (minutes: number | null) => (minutes === null ? null : describeSeconds(minutes * 60))

/** The self-tests of a disk: the running one, the earlier ones, and buttons that start one. */
export function SelfTests({ smart, reload }: { smart: Smart; reload(): void }) {
  const mayStart = useMay('health.manage')
  const { disk, status, self_tests: tests, duration_minutes: minutes, reasons } = smart
  const start = useAction(async (type: 'short' | 'long') => {
    await api.post('/api/storage/smart/{disk}/test', { path: { disk }, body: { type }, timeoutMs: TIMEOUT_MS })
    toast(texts.started(disk), 'info')
    reload()
  })
  const takes = texts.takes(durationOf(minutes.short), durationOf(minutes.long))
  return (
    <Card title={texts.tests} icon={gaugeIcon}>
      {status === 'running' && <Running smart={smart} />}
      {mayStart && status !== 'running' && status !== null && (
        <>
          <p className="text-sm text-muted">
            {texts.testsLead} {takes && `${takes}.`}
          </p>
          <div className="flex flex-wrap gap-2">
            <Button size="small" isBusy={start.isBusy} onClick={() => void start.run('short')}>
              {texts.startShort}
            </Button>
            <Button size="small" isBusy={start.isBusy} onClick={() => void start.run('long')}>
              {texts.startLong}
            </Button>
          </div>
        </>
      )}
      <FormProblem showsWait problem={start.problem} />
      <div className="text-sm">
        <ValueOrReason value={tests} reason={reasons.self_tests ?? t.ui.notAvailable}>
          {(rows) =>
            rows.length === 0 ? (
              <p className="text-muted">{texts.none}</p>
            ) : (
              <Table caption={texts.log} columns={columns} rows={rows} keyOf={(test) => rows.indexOf(test)} />
            )
          }
        </ValueOrReason>
      </div>
    </Card>
  )
}
