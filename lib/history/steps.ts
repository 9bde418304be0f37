import { historySeries, type Series } from '../../schemas/host/history.ts'
import { createDeviceSteps, type DeviceSteps, type Devices } from './devices.ts'

export type Values = Partial<Record<Series, number | null>>

export const SERIES = Object.keys(historySeries) as Series[]
export const SPIKY = SERIES.filter((name) => 'spiky' in historySeries[name])

/** A step of the finest resolution: means, and the maximum of spiky series. */
export interface Step {
  /** Start of the step, seconds since the epoch. */
  at: number
  mean: Values
  max: Values
  /** Of single devices, by kind and name. */
  devices?: DeviceSteps
}

/** Collects the samples of one step. Missing and non-finite values are ignored. */
export function createStep(at: number) {
  const sum: Values = {}
  const count: Values = {}
  const max: Values = {}
  const single = createDeviceSteps()
  return {
    at,
    add(values: Values, devices: Devices): void {
      single.add(devices)
      for (const name of SERIES) {
        const value = values[name]
        if (value === null || value === undefined || !Number.isFinite(value)) continue
        sum[name] = (sum[name] ?? 0) + value
        count[name] = (count[name] ?? 0) + 1
        max[name] = Math.max(max[name] ?? value, value)
      }
    },
    /** Null if there is no value. */
    finish(): Step | null {
      const names = SERIES.filter((name) => count[name])
      const devices = single.finish()
      if (names.length === 0 && devices === null) return null
      const mean = Object.fromEntries(names.map((name) => [name, sum[name]! / count[name]!]))
      return { at, mean, max, ...(devices && { devices }) }
    }
  }
}
