import { useAction } from '../../data/use-action.ts'
import { texts } from '../../texts/connection.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'
import { CopyLine } from './copy-line.tsx'
import type { Report } from './report.ts'

type Problem = Report['problems'][number]

const tones = { error: 'bad', warning: 'warn', info: 'neutral' } as const

/** The proxy a problem is about; null where it is about none, or may be about anybody's address. */
function proxyOf({ code, severity }: Problem, { peer, client_address: client }: Report): string | null {
  if (severity === 'info') return null
  return { PROXY_NOT_TRUSTED: peer, HOP_NOT_TRUSTED: client }[code as string] ?? null
}

interface ProblemsProps {
  report: Report
  /** Trusts a proxy; null for those who cannot. */
  onTrust: ((address: string) => Promise<void>) | null
}

function ProblemCard({ problem, report, onTrust }: ProblemsProps & { problem: Problem }) {
  const { code, severity, message, fix } = problem
  const proxy = onTrust && proxyOf(problem, report)
  const trust = useAction(async () => onTrust?.(proxy!))
  return (
    <li>
      <Card className="gap-x-4 sm:flex-row">
        <div className="w-24 shrink-0">
          <Badge tone={tones[severity]} hasMark>
            {texts.severities[severity]}
          </Badge>
        </div>
        <div className="flex min-w-0 flex-1 flex-col gap-3">
          <p lang="en">{message}</p>
          {fix && <CopyLine text={fix} about={code} />}
          {proxy && (
            <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
              <Button look="primary" isBusy={trust.isBusy} onClick={() => void trust.run()}>
                {texts.trust(proxy)}
              </Button>
              <span className="text-sm text-muted">{texts.trustHint}</span>
            </div>
          )}
          <FormProblem showsWait problem={trust.problem} />
        </div>
      </Card>
    </li>
  )
}

/** What stands in the way, and how it is fixed. */
export function Problems({ report, onTrust }: ProblemsProps) {
  if (report.problems.length === 0) return null
  return (
    <section aria-label={texts.problems}>
      <ul className="flex flex-col gap-3">
        {report.problems.map((problem) => (
          <ProblemCard key={problem.code} problem={problem} report={report} onTrust={onTrust} />
        ))}
      </ul>
    </section>
  )
}
