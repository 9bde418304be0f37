/** A series of single devices. */
export interface DeviceSeries {
  name: string
  /** Its maximum is stored, too. */
  isSpiky?: boolean
  /** A device may lack it. Without any other series a device has a gap. */
  isOptional?: boolean
  /** Decimals that are stored. SQLite stores whole numbers in less than half the space. */
  digits: number
}

export interface DeviceKind {
  /** The devices that are recorded at a time. The file of a host with hundreds of them is small, too. */
  most: number
  series: readonly DeviceSeries[]
}

/** The kinds of devices whose history is kept one by one. Their tables are in `tables.ts`. */
export const deviceKinds = {
  interface: {
    most: 16,
    series: [
      { name: 'netin', isSpiky: true, digits: 0 },
      { name: 'netout', isSpiky: true, digits: 0 }
    ]
  },
  disk: {
    most: 32,
    series: [
      { name: 'diskread', isSpiky: true, digits: 0 },
      { name: 'diskwrite', isSpiky: true, digits: 0 },
      { name: 'utilization', digits: 1 },
      { name: 'temperature', isOptional: true, digits: 1 }
    ]
  }
} satisfies Record<string, DeviceKind>
export type DeviceKindName = keyof typeof deviceKinds
export const DEVICE_KINDS = Object.keys(deviceKinds) as DeviceKindName[]
export const kindOf = (name: DeviceKindName): DeviceKind => deviceKinds[name]

/** The latest values of a device by series, and of the devices by name. */
export type DeviceValues = Readonly<Record<string, number | null>>
export type Devices = Readonly<Partial<Record<DeviceKindName, ReadonlyMap<string, DeviceValues>>>>

/** The values of a step in the order of the series: the mean, then the maximum of a spiky series. */
export type DeviceStep = readonly (number | null)[]
export type DeviceSteps = Readonly<Record<DeviceKindName, ReadonlyMap<string, DeviceStep>>>

const isComplete = ({ series }: DeviceKind, values: DeviceValues): boolean =>
  series.every(({ name, isOptional }) => isOptional || Number.isFinite(values[name]))

const rounded = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits

function createKindStep(kind: DeviceKind) {
  const sums = new Map<string, { sum: number; count: number; max: number }[]>()
  return {
    add(devices: ReadonlyMap<string, DeviceValues>): void {
      for (const [device, values] of devices) {
        if (!isComplete(kind, values)) continue
        let sum = sums.get(device)
        if (sum === undefined) {
          // Names that come and go within a step: the first ones count.
          if (sums.size >= kind.most) continue
          sum = kind.series.map(() => ({ sum: 0, count: 0, max: Number.NEGATIVE_INFINITY }))
          sums.set(device, sum)
        }
        for (const [i, { name }] of kind.series.entries()) {
          const value = values[name]
          if (value == null || !Number.isFinite(value)) continue
          const one = sum[i]!
          one.sum += value
          one.count++
          one.max = Math.max(one.max, value)
        }
      }
    },
    finish: (): Map<string, DeviceStep> =>
      new Map(
        [...sums].map(([device, sum]) => [
          device,
          kind.series.flatMap(({ isSpiky, digits }, i) => {
            const { sum: total, count, max } = sum[i]!
            const mean = count === 0 ? null : rounded(total / count, digits)
            return isSpiky ? [mean, count === 0 ? null : rounded(max, digits)] : [mean]
          })
        ])
      )
  }
}

/** Collects the samples of one step. */
export function createDeviceSteps() {
  const interfaces = createKindStep(kindOf('interface'))
  const disks = createKindStep(kindOf('disk'))
  return {
    add(devices: Devices): void {
      if (devices.interface) interfaces.add(devices.interface)
      if (devices.disk) disks.add(devices.disk)
    },
    /** Null if no device has a value. */
    finish(): DeviceSteps | null {
      const steps = { interface: interfaces.finish(), disk: disks.finish() }
      return DEVICE_KINDS.some((name) => steps[name].size > 0) ? steps : null
    }
  }
}
