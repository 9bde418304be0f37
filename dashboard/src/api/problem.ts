/** `NETWORK`: nobody answered. `FOREIGN`: something between answered in the daemon's place. Else docs/errors.md. */
export type ProblemCode = string

interface ProblemFields {
  status?: number
  message?: string
  retryAfter?: number | null
  details?: { path: string; message: string }[]
  requiresTotp?: boolean
  needs?: string[]
}

/** What a call of the API failed with; every failure of one is a Problem. `explain` makes a sentence of it. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly code: ProblemCode
  readonly status: number
  /** Seconds to wait before the next try, or null. Counted down from `at`. */
  readonly retryAfter: number | null
  readonly at = Date.now()
  readonly details: { path: string; message: string }[]
  readonly requiresTotp: boolean
  /** What a confirmation takes. */
  readonly needs: string[]

  constructor(code: ProblemCode, fields: ProblemFields = {}) {
    super(fields.message ?? code)
    this.code = code
    this.status = fields.status ?? 0
    this.retryAfter = fields.retryAfter ?? null
    this.details = fields.details ?? []
    this.requiresTotp = fields.requiresTotp ?? false
    this.needs = fields.needs ?? []
  }
}

/** The person said no when asked to confirm; nothing to show for it. */
export const CANCELLED = 'CANCELLED'

export const isProblem = (error: unknown, ...codes: string[]): error is Problem =>
  error instanceof Problem && (codes.length === 0 || codes.includes(error.code))

/** A Problem of whatever was thrown, so that one shape is shown. */
export const toProblem = (error: unknown): Problem =>
  error instanceof Problem ? error : new Problem('FAULT', { message: error instanceof Error ? error.message : '' })
