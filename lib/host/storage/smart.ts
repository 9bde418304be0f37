import { createProgram, type Ending } from '../../programs/program.ts'
import { type Measurement, ok, unavailable } from '../measurement.ts'
import { numberIn } from '../plausible.ts'
import type { Sample } from '../sampling.ts'
import { isPlausibleTemperature } from '../temperature.ts'
import type { Disk } from './disk.ts'
import { readSmartDetail, type SmartDetail } from './smart-detail.ts'

/** SMART data of a disk; null if the disk does not report the value. */
export interface Smart {
  health: 'healthy' | 'warning' | 'critical' | 'unknown'
  status: 'passed' | 'failed' | 'unknown'
  /** °C. */
  temperature: number | null
  powerOnHours: number | null
  powerCycles: number | null
  /** Revolutions per minute; 0 for an SSD. */
  rotationRate: number | null
  reallocatedSectors: number | null
  pendingSectors: number | null
  crcErrors: number | null
  mediaErrors: number | null
  /** Used share of the rated lifetime, percent; may exceed 100. */
  percentageUsed: number | null
  model: string | null
  serial: string | null
  detail: SmartDetail
}

type Json = { [key: string]: unknown }
const objectOf = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {})
const listOf = (value: unknown): Json[] => (Array.isArray(value) ? value.map(objectOf) : [])
const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

/** Raw values of ATA attributes have six bytes. */
const MAX_RAW = 2 ** 48
/** A hundred years. */
const MAX_HOURS = 876_000
const MAX_ROTATION = 100_000

const parseJson = (text: string): Json | null => {
  try {
    return objectOf(JSON.parse(text))
  } catch {
    return null
  }
}

function assess(smart: Omit<Smart, 'health'>, criticalWarning: number): Smart['health'] {
  if (smart.status === 'failed') return 'critical'
  const { pendingSectors, reallocatedSectors, mediaErrors, percentageUsed } = smart
  const isWorn = (percentageUsed ?? 0) >= 100 || criticalWarning !== 0
  if ((pendingSectors ?? 0) + (reallocatedSectors ?? 0) + (mediaErrors ?? 0) > 0 || isWorn) return 'warning'
  return smart.status === 'passed' ? 'healthy' : 'unknown'
}

/** Matches a message of smartctl, or a power mode, that reports a sleeping disk. */
const ASLEEP = /\b(?:STANDBY|SLEEP)/

/** Reads the output of `smartctl --json=c -a` (7.0 and later). The exit code is ignored: it is a set of findings. */
export function parseSmart(text: string): Measurement<Smart> {
  const json = parseJson(text)
  if (json === null) return unavailable('smartctl printed no JSON')
  const messages = listOf(objectOf(json.smartctl).messages).map(({ string }) => textOf(string) ?? '')
  const passed = objectOf(json.smart_status).passed
  const nvme = objectOf(json.nvme_smart_health_information_log)
  const celsius = objectOf(json.temperature).current
  const temperature = typeof celsius === 'number' && isPlausibleTemperature(celsius) ? celsius : null
  const attributes = new Map(
    listOf(objectOf(json.ata_smart_attributes).table).map(({ id, raw }) => [
      id,
      numberIn(objectOf(raw).value, 0, MAX_RAW)
    ])
  )
  if (typeof passed !== 'boolean' && temperature === null && attributes.size === 0) {
    if (messages.some((message) => ASLEEP.test(message)) || ASLEEP.test(JSON.stringify(json.power_mode ?? ''))) {
      return unavailable('the disk is in standby and is not woken for a reading')
    }
    return unavailable(messages.find(Boolean) ?? 'smartctl reports no data for this disk')
  }
  const smart: Omit<Smart, 'health'> = {
    status: typeof passed !== 'boolean' ? 'unknown' : passed ? 'passed' : 'failed',
    temperature,
    powerOnHours: numberIn(objectOf(json.power_on_time).hours, 0, MAX_HOURS),
    powerCycles: numberIn(json.power_cycle_count, 0, MAX_RAW),
    rotationRate: numberIn(json.rotation_rate, 0, MAX_ROTATION),
    reallocatedSectors: attributes.get(5) ?? numberIn(json.scsi_grown_defect_list, 0, MAX_RAW),
    pendingSectors: attributes.get(197) ?? null,
    crcErrors: attributes.get(199) ?? null,
    mediaErrors: numberIn(nvme.media_errors),
    percentageUsed: numberIn(nvme.percentage_used, 0, 255),
    model: textOf(json.model_name),
    serial: textOf(json.serial_number),
    detail: readSmartDetail(json)
  }
  return ok({ ...smart, health: assess(smart, numberIn(nvme.critical_warning, 0, 255) ?? 0) })
}

export interface SmartReaderOptions {
  file?: string
  /** Milliseconds one disk may take. */
  timeoutMs?: number
  /** Milliseconds since the epoch. */
  now: () => number
}

/** Samples by disk name. A sample is dropped when another disk gets the name. */
export type SmartSamples = ReadonlyMap<string, Readonly<Sample<Smart>>>

/** In /sys the kernel writes `!` for a slash in the name. */
export const devicePath = (name: string): string => `/dev/${name.replaceAll('!', '/')}`

/** Whether smartctl is run for the disk. */
export const supportsSmart = ({ type, isPhysical }: Disk): boolean => isPhysical && type !== 'virtual'

/** A name such as `sdb` can be given to another disk later. */
const identityOf = ({ name, serial, model }: Disk): string => JSON.stringify([name, serial, model])

const MAX_BYTES = 1024 * 1024

/** Runs smartctl for one disk after another; one call at a time. A hanging disk makes only its own sample stale. */
export function createSmartReader({ file = 'smartctl', timeoutMs = 20_000, now }: SmartReaderOptions) {
  // A program per disk: if one is stuck in the kernel on a dead disk, it is not started again and blocks no other disk.
  const programs = new Map<string, ReturnType<typeof createProgram>>()
  const samples = new Map<string, Sample<Smart>>()
  let owners = new Map<string, string>()
  let isClosed = false

  function see(disks: readonly Disk[]): void {
    const seen = new Map(disks.filter(supportsSmart).map((disk) => [disk.name, identityOf(disk)]))
    for (const name of samples.keys()) if (seen.get(name) !== owners.get(name)) samples.delete(name)
    owners = seen
  }

  const measurementOf = (ending: Exclude<Ending, { kind: 'missing' }>): Measurement<Smart> => {
    if (ending.kind === 'ended') return parseSmart(ending.stdout)
    if (ending.kind === 'failed') return unavailable(`smartctl cannot be started (${ending.reason})`)
    return unavailable(
      ending.kind === 'slow' ? 'the disk does not answer smartctl' : 'smartctl was stopped before it finished'
    )
  }

  /** Runs smartctl for one disk and keeps the result. False if smartctl is not installed. */
  async function readDisk(disk: Disk): Promise<boolean> {
    const { name } = disk
    const identity = identityOf(disk)
    const program = programs.get(identity) ?? createProgram({ file, timeoutMs, maxBytes: MAX_BYTES })
    programs.set(identity, program)
    const ending = await program.run(['--json=c', '-n', 'standby', '-a', devicePath(name)])
    if (ending.kind === 'missing') return false
    // Another disk may have got the name while smartctl ran.
    if (owners.get(name) !== identity) return true
    const measurement = measurementOf(ending)
    const last = samples.get(name)
    samples.set(
      name,
      measurement.value === null && last?.value
        ? { ...last, reason: measurement.reason, stale: true }
        : { ...measurement, sampledAt: measurement.value === null ? null : now(), stale: false }
    )
    return true
  }

  return {
    async read(disks: readonly Disk[], signal: AbortSignal): Promise<Measurement<SmartSamples>> {
      see(disks)
      if (owners.size === 0) return unavailable('no disk supports SMART')
      for (const disk of disks.filter(supportsSmart)) {
        if (signal.aborted || isClosed) break
        if (!(await readDisk(disk)))
          return unavailable('smartctl is not installed; to install it: apt install smartmontools')
      }
      return ok(samples)
    },
    readDisk,
    /** True while a disk reports a running self-test. */
    isTesting: (): boolean => [...samples.values()].some(({ value }) => value?.detail.isTesting === true),
    /** Sets the current disks, and drops samples of other disks that had the same name. */
    see,
    close(): void {
      isClosed = true
      for (const program of programs.values()) program.stop()
    }
  }
}
