import { t } from '../texts/index.ts'
import { Spinner } from '../ui/spinner.tsx'

/** Appears with a delay, because starting is usually too short to notice. */
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
