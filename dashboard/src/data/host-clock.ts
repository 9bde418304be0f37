/** Below this the difference is that of rounding and of the way. */
const AGREE_MS = 5000

let aheadMs = 0

/** Takes the time of an answer's `Date` header, which has whole seconds. */
export function learnHostTime(date: string | null): void {
  const told = date === null ? Number.NaN : Date.parse(date)
  if (Number.isNaN(told)) return
  const difference = told + 500 - Date.now()
  aheadMs = Math.abs(difference) < AGREE_MS ? 0 : difference
}

/**
 * Now by the host's clock, in milliseconds since the epoch: what times of the host are compared with. The visitor's clock
 * may be hours off.
 */
export const hostNow = (): number => Date.now() + aheadMs
