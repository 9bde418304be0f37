import { type CpuShares, type CpuTimes, measureCpu, parseStat } from './cpu.ts'
import { type Measurement, ok, unavailable } from './measurement.ts'

/** Usage in percent over the last `seconds`; null until there are two samples. */
export interface CpuWindow {
  usage: number | null
  seconds: number
}

/** Long enough that one busy second does not change the host's health status. */
export const WINDOW_SECONDS = 10
// Limits memory use if the sampling interval is short.
const MAX_SAMPLES = 64

/** Turns successive texts of /proc/stat into CPU shares: since the last sample, and over a ten-second window. */
export function createCpuMeter() {
  let samples: { times: CpuTimes; at: number }[] = []

  return {
    /** `at` in milliseconds of the monotonic clock. An unreadable text resets the meter: no share may span a gap. */
    add(text: Measurement<string>, at: number): { interval: Measurement<CpuShares>; window: Measurement<CpuWindow> } {
      const times = text.value === null ? text : parseStat(text.value)
      if (times.value === null) {
        samples = []
        return { interval: times, window: times }
      }
      const before = samples.at(-1)
      samples.push({ times: times.value, at })
      // Keeps exactly one sample that is at least a whole window old.
      while (samples.length > MAX_SAMPLES || (samples[1] && at - samples[1].at >= WINDOW_SECONDS * 1000))
        samples.shift()
      if (!before) {
        const interval = unavailable('CPU usage needs a second sample')
        return { interval, window: ok({ usage: null, seconds: 0 }) }
      }
      const oldest = samples[0]!
      const usage = measureCpu(oldest.times, times.value).value?.usage ?? null
      return {
        interval: measureCpu(before.times, times.value),
        window: ok({ usage, seconds: (at - oldest.at) / 1000 })
      }
    }
  }
}
