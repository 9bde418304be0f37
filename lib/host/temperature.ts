import { type Measurement, ok, unavailable } from './measurement.ts'

/** The reason of a host without a sensor, in contrast to a sensor that cannot be read. */
export const NO_SENSOR = 'no CPU temperature sensor found'

/** A temperature file under /sys, with the kernel's description of the sensor. */
export interface Sensor {
  /** Driver name of the hwmon chip, or type of the thermal zone. */
  chip: string
  /** Text of tempN_label; empty if there is no label. */
  label: string
  path: string
}

const SOC = /^(?:cpu|soc|package|bigcore|littlecore)\d*[-_]thermal/

/**
 * Ranks CPU sensors: 0 is best, null is not a CPU sensor. Tdie is preferred to Tctl, which some Ryzens raise by up to
 * 27 °C for their fan curve (kernel documentation, hwmon/k10temp).
 */
export function rankSensor({ chip, label }: Pick<Sensor, 'chip' | 'label'>): number | null {
  if (chip === 'coretemp') return label.startsWith('Package id ') ? 0 : 2
  if (chip === 'k10temp' || chip === 'zenpower') return label === 'Tdie' ? 0 : label === 'Tctl' ? 1 : null
  if (chip === 'x86_pkg_temp') return 3
  return SOC.test(chip) ? 4 : null
}

/** All sensors of the best rank: one per socket, or one per core if the CPU has no package sensor. */
export function pickCpuSensors(sensors: readonly Sensor[]): Sensor[] {
  let best = Number.POSITIVE_INFINITY
  let picked: Sensor[] = []
  for (const sensor of sensors) {
    const rank = rankSensor(sensor)
    if (rank === null || rank > best) continue
    if (rank < best) picked = []
    best = rank
    picked.push(sensor)
  }
  return picked
}

/** False for values of faulty sensors, such as -128, 255 or 65261 °C. */
export const isPlausibleTemperature = (celsius: number): boolean => celsius > -40 && celsius < 150

/** Converts a sysfs temperature, in thousandths, to °C with one decimal. Implausible values are unavailable. */
export function parseMillidegrees(text: string): Measurement<number> {
  const match = /^(-?\d{1,20})\n?$/.exec(text)
  if (!match) return unavailable('the sensor reports no number')
  const celsius = Math.round(Number(match[1]) / 100) / 10
  return isPlausibleTemperature(celsius)
    ? ok(celsius)
    : unavailable(`the sensor reports ${celsius} °C, which is implausible`)
}
