import type { AttributeReply, SmartReply } from '../../../schemas/host/smart.ts'
import type { Refusal } from '../../auth/credential-check.ts'
import { createReasons, describeAge } from '../age.ts'
import type { Disk } from './disk.ts'
import type { StorageState } from './reader.ts'
import { devicePath, type Smart, supportsSmart } from './smart.ts'
import type { SelfTest, SmartAttribute, SmartDetail } from './smart-detail.ts'

/** Reallocated, pending and uncorrectable sectors. */
const BAD_SECTORS = new Set([5, 197, 198])
const NOT_REPORTED = 'not reported by the disk'

/** The disk of this name; refused if there is none. */
export function findDisk({ disks }: Readonly<StorageState>, name: string): { ok: true; disk: Disk } | Refusal {
  if (disks.value === null) return { ok: false, code: 'BUSY', reason: disks.reason ?? 'not measured yet' }
  const disk = disks.value.disks.find((each) => each.name === name)
  return disk ? { ok: true, disk } : { ok: false, code: 'NOT_FOUND', reason: 'there is no such disk' }
}

function describeAttribute({ failed, raw, ...attribute }: SmartAttribute): AttributeReply {
  const isBad = BAD_SECTORS.has(attribute.id) && Number.parseInt(raw, 10) > 0
  const status = failed === 'now' ? 'critical' : failed === 'past' || isBad ? 'warning' : 'ok'
  return { ...attribute, raw_value: raw, status }
}

const describeTest = ({ lifetimeHours, ...test }: SelfTest) => ({ ...test, lifetime_hours: lifetimeHours })

function describeData(disk: Disk, { detail, model, status, ...smart }: Smart): NonNullable<SmartReply['smart_data']> {
  const { reasons, orReason } = createReasons()
  return {
    device: devicePath(disk.name),
    model: orReason('model', model ?? disk.model, NOT_REPORTED),
    health: smart.health,
    smart_status: status,
    temperature: orReason('temperature', smart.temperature, NOT_REPORTED),
    power_on_hours: orReason('power_on_hours', smart.powerOnHours, NOT_REPORTED),
    attributes: orReason('attributes', detail.attributes?.map(describeAttribute), 'the disk is not an ATA disk'),
    nvme: orReason('nvme', detail.nvme, 'the disk is not an NVMe disk'),
    reasons
  }
}

/** The running self-test, else the result of the last one that was not aborted. */
function stateOf({ isTesting, tests }: SmartDetail): SmartReply['status'] {
  if (isTesting) return 'running'
  if (isTesting === null && tests === null) return null
  const finished = tests?.find(({ passed }) => passed !== null)
  return finished === undefined ? 'idle' : finished.passed ? 'completed' : 'failed'
}

/** The answer of GET /api/storage/smart/:disk; `now` in milliseconds since the epoch. */
export function describeSmart(disk: Disk, { smart }: Readonly<StorageState>, now: number): SmartReply {
  const { reasons, orReason } = createReasons()
  const missing = supportsSmart(disk)
    ? (smart.reason ?? 'not measured yet')
    : 'the disk is virtual and has no SMART data'
  const sample = smart.value?.get(disk.name) ?? { value: null, reason: missing, sampledAt: null, stale: false }
  const detail = sample.value?.detail ?? null
  const reason = detail === null ? (sample.reason ?? missing) : NOT_REPORTED
  const notRunning = detail?.isTesting === false ? 'no self-test is running' : reason
  const tests = detail?.tests?.map(describeTest) ?? null
  const { short = null, long = null } = detail?.minutes ?? {}
  return {
    success: true,
    ...describeAge(sample, now),
    disk: disk.name,
    status: orReason('status', detail && stateOf(detail), reason),
    test_type: orReason('test_type', detail?.testType, notRunning),
    progress: orReason('progress', detail?.progress, notRunning),
    last_test: orReason('last_test', tests?.[0], tests === null ? reason : 'the disk has run no self-test'),
    self_tests: orReason('self_tests', tests, reason),
    duration_minutes: {
      short: orReason('duration_minutes.short', short, reason),
      long: orReason('duration_minutes.long', long, reason)
    },
    smart_data: orReason('smart_data', sample.value && describeData(disk, sample.value), reason),
    reasons
  }
}
