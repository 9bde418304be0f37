import type { TemperaturePoint } from '../../schemas/host/system.ts'
import type { CpuShares } from './cpu.ts'
import type { CpuWindow } from './cpu-meter.ts'
import type { Filesystem } from './filesystem.ts'
import type { LoadAverage } from './load.ts'
import { type Measurement, unavailable } from './measurement.ts'
import type { Memory } from './memory.ts'
import type { Topology } from './topology.ts'

/** The types of the vital signs. */
export interface Signs {
  /** Shares of the time since the last sample, in percent. */
  cpu: CpuShares
  cpuWindow: CpuWindow
  topology: Topology
  memory: Memory
  loadAverage: LoadAverage
  /** Seconds since boot. */
  uptime: number
  /** °C. */
  temperature: number
  /** The file system mounted at `/`. */
  rootFilesystem: Filesystem
  kernelVersion: string
  osName: string
  proxmoxVersion: string
}

export type Readings = { [Sign in keyof Signs]: Measurement<Signs[Sign]> }

export interface Vitals extends Readings {
  /** When CPU or memory was last read successfully, milliseconds since the epoch; null before the first success. */
  sampledAt: number | null
  /** Grows with each reading, failed ones included. Values derived from an older revision are out of date. */
  revision: number
  hostname: string
  /** Milliseconds since the epoch; null before the uptime was read. */
  bootedAt: number | null
  /** The last hour, one point per minute, oldest first; empty on a host without a sensor. */
  temperatureHistory: TemperaturePoint[]
}

const NOT_YET = unavailable('not measured yet')

export const createEmptyVitals = (hostname: string): Vitals => ({
  sampledAt: null,
  revision: 0,
  hostname,
  bootedAt: null,
  temperatureHistory: [],
  cpu: NOT_YET,
  cpuWindow: NOT_YET,
  topology: NOT_YET,
  memory: NOT_YET,
  loadAverage: NOT_YET,
  uptime: NOT_YET,
  temperature: NOT_YET,
  rootFilesystem: NOT_YET,
  kernelVersion: NOT_YET,
  osName: NOT_YET,
  proxmoxVersion: NOT_YET
})

/** The name this host has, or would have, as a node of Proxmox VE. */
export const nodeNameOf = ({ hostname }: Pick<Vitals, 'hostname'>): string => hostname.split('.', 1)[0]!
