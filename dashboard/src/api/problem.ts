/** `NETWORK`: no response. `FOREIGN`: a proxy responded instead of the daemon. Other codes: docs/errors.md. */
export type ProblemCode = string

interface ProblemFields {
  status?: number
  message?: string
  retryAfter?: number | null
  details?: { path: string; message: string }[]
  requiresTotp?: boolean
  needs?: string[]
}

/** The error of an API call. Every failure is a Problem; `explain` turns it into a sentence. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly code: ProblemCode
  readonly status: number
  /** Seconds to wait before the next try, or null. Counted from `at`. */
  readonly retryAfter: number | null
  readonly at = Date.now()
  readonly details: { path: string; message: string }[]
  readonly requiresTotp: boolean
  /** The credentials that a confirmation requires. */
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

/** The user cancelled the confirmation. Nothing is shown. */
export const CANCELLED = 'CANCELLED'

export const isProblem = (error: unknown, ...codes: string[]): error is Problem =>
  error instanceof Problem && (codes.length === 0 || codes.includes(error.code))

/** Converts any thrown value to a Problem. */
export const toProblem = (error: unknown): Problem =>
  error instanceof Problem ? error : new Problem('FAULT', { message: error instanceof Error ? error.message : '' })
