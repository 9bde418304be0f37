import { t } from '../texts/index.ts'
import { Spinner } from '../ui/spinner.tsx'

/** Mostly too short to be seen; so it comes late. */
export function Starting() {
  return (
    <main className="grid min-h-dvh place-items-center">
      <p role="status" className="flex animate-late items-center gap-3 text-muted">
        <Spinner />
        {t.access.starting}
      </p>
    </main>
  )
}
