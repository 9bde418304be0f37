/** Smaller differences come from rounding and network latency. */
const AGREE_MS = 5000

let aheadMs = 0

/** Reads the `Date` header of a response, which has a resolution of one second. */
export function learnHostTime(date: string | null): void {
  const hostTime = date === null ? Number.NaN : Date.parse(date)
  if (Number.isNaN(hostTime)) return
  const difference = hostTime + 500 - Date.now()
  aheadMs = Math.abs(difference) < AGREE_MS ? 0 : difference
}

/**
 * The current time of the host's clock, in milliseconds since the epoch. Compare times of the host with it, because
 * the browser's clock may be hours off.
 */
export const hostNow = (): number => Date.now() + aheadMs
