import { numberIn } from '../plausible.ts'

/** An ATA attribute; null if the disk does not report the value. */
export interface SmartAttribute {
  id: number
  name: string
  /** Normalised values: a value at or below the threshold is a failure. */
  value: number | null
  worst: number | null
  threshold: number | null
  /** As smartctl prints it. */
  raw: string
  failed: 'now' | 'past' | null
}

/** An entry of the self-test log, the newest first. */
export interface SelfTest {
  /** As smartctl prints it, such as `Short offline`. */
  type: string
  status: string
  /** Null while it runs, or if it was aborted. */
  passed: boolean | null
  /** Power-on hours of the disk at the end of the test. */
  lifetimeHours: number | null
}

/** What SMART reports beyond the summary of a disk. */
export interface SmartDetail {
  /** Null for a disk that is not ATA. */
  attributes: SmartAttribute[] | null
  /** The health log of NVMe; null for other disks. */
  nvme: Record<string, number> | null
  /** Null if the disk does not report its self-tests. */
  isTesting: boolean | null
  /** Percent of the running self-test. */
  progress: number | null
  /** Of the running self-test, where the disk says. */
  testType: 'short' | 'long' | null
  tests: SelfTest[] | null
  /** Minutes that each self-test takes, as the disk estimates. */
  minutes: { short: number | null; long: number | null }
}

type Json = { [key: string]: unknown }
const objectOf = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {})
const listOf = (value: unknown): Json[] => (Array.isArray(value) ? value.map(objectOf) : [])
const textOf = (value: unknown): string =>
  typeof value === 'string'
    ? value
        .replaceAll(/[\0-\x1f\x7f-\x9f]+/g, ' ')
        .trim()
        .slice(0, 200)
    : ''

const MAX_ATTRIBUTES = 100
const MAX_TESTS = 21
const MAX_HOURS = 876_000
/** Execution status of a running ATA self-test (ACS-4, table 147), in the upper four bits. */
const ATA_RUNNING = 15
/** Results of NVMe self-tests that are not failures of the disk (NVM Express 2.0, figure 208): aborted or no result. */
const NVME_ABORTED = new Set([1, 2, 3, 4, 8, 9, 15])

/** Whether a status byte of ATA means a running self-test; null if it is no byte. */
function isRunning(value: unknown): boolean | null {
  const byte = numberIn(value, 0, 255)
  return byte === null ? null : byte >> 4 === ATA_RUNNING
}

const failedOf = (text: string): SmartAttribute['failed'] =>
  text === 'now' || text === 'FAILING_NOW' ? 'now' : text === 'past' || text === 'In_the_past' ? 'past' : null

function attributesOf(json: Json): SmartAttribute[] | null {
  const table = objectOf(json.ata_smart_attributes).table
  if (!Array.isArray(table)) return null
  return listOf(table)
    .slice(0, MAX_ATTRIBUTES)
    .flatMap((row) => {
      const id = numberIn(row.id, 1, 255)
      if (id === null) return []
      return {
        id,
        name: textOf(row.name) || `Attribute ${id}`,
        value: numberIn(row.value, 0, 255),
        worst: numberIn(row.worst, 0, 255),
        threshold: numberIn(row.thresh, 0, 255),
        raw: textOf(objectOf(row.raw).string),
        failed: failedOf(textOf(row.when_failed))
      }
    })
}

function nvmeOf(json: Json): Record<string, number> | null {
  const log = objectOf(json.nvme_smart_health_information_log)
  const values = Object.entries(log).flatMap(([name, value]) => {
    const number = /^[a-z_]{1,40}$/.test(name) ? numberIn(value) : null
    return number === null ? [] : [[name, number] as const]
  })
  return values.length === 0 ? null : Object.fromEntries(values)
}

const ataTest = (row: Json): SelfTest => {
  const status = objectOf(row.status)
  return {
    type: textOf(objectOf(row.type).string) || 'unknown',
    status: textOf(status.string) || 'unknown',
    passed: !isRunning(status.value) && typeof status.passed === 'boolean' ? status.passed : null,
    lifetimeHours: numberIn(row.lifetime_hours, 0, MAX_HOURS)
  }
}

const nvmeTest = (row: Json): SelfTest => {
  const result = objectOf(row.self_test_result)
  const value = numberIn(result.value, 0, 15)
  return {
    type: textOf(objectOf(row.self_test_code).string) || 'unknown',
    status: textOf(result.string) || 'unknown',
    passed: value === null || NVME_ABORTED.has(value) ? null : value === 0,
    lifetimeHours: numberIn(row.power_on_hours, 0, MAX_HOURS)
  }
}

function ataTests(json: Json): Pick<SmartDetail, 'isTesting' | 'progress' | 'testType' | 'tests'> {
  const { status } = objectOf(objectOf(json.ata_smart_data).self_test)
  const { value, remaining_percent: remaining } = objectOf(status)
  const isTesting = isRunning(value)
  const left = numberIn(remaining, 0, 100)
  const log = objectOf(json.ata_smart_self_test_log)
  const { table } = 'extended' in log ? objectOf(log.extended) : objectOf(log.standard)
  return {
    isTesting,
    progress: isTesting && left !== null ? 100 - left : null,
    testType: null,
    tests: 'standard' in log || 'extended' in log ? listOf(table).slice(0, MAX_TESTS).map(ataTest) : null
  }
}

function nvmeTests(log: Json): Pick<SmartDetail, 'isTesting' | 'progress' | 'testType' | 'tests'> {
  const operation = numberIn(objectOf(log.current_self_test_operation).value, 0, 15)
  const isTesting = operation === null ? null : operation > 0
  return {
    isTesting,
    progress: isTesting ? numberIn(log.current_self_test_completion_percent, 0, 100) : null,
    testType: operation === 1 ? 'short' : operation === 2 ? 'long' : null,
    tests: listOf(log.table).slice(0, MAX_TESTS).map(nvmeTest)
  }
}

/** Reads the details from the JSON of `smartctl -a` (7.0 and later; self-tests of NVMe since 7.4). */
export function readSmartDetail(json: Json): SmartDetail {
  const minutes = objectOf(objectOf(objectOf(json.ata_smart_data).self_test).polling_minutes)
  const nvmeLog = objectOf(json.nvme_self_test_log)
  return {
    attributes: attributesOf(json),
    nvme: nvmeOf(json),
    ...(Object.keys(nvmeLog).length > 0 ? nvmeTests(nvmeLog) : ataTests(json)),
    minutes: { short: numberIn(minutes.short, 0, 10_000), long: numberIn(minutes.extended, 0, 10_000) }
  }
}

/** Why smartctl started no self-test, from the JSON of `smartctl -t`: its first error. */
export function refusalOf(text: string): string | null {
  try {
    const messages = listOf(objectOf(objectOf(JSON.parse(text)).smartctl).messages)
    const errors = messages.filter(({ severity }) => severity === 'error')
    return textOf((errors[0] ?? messages[0])?.string) || null
  } catch {
    return null
  }
}
