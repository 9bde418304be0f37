import type { GaugeName, HealthCategory } from '../../schemas/host/health.ts'
import type { HealthStatus } from '../../schemas/host/system.ts'
import { WINDOW_SECONDS } from '../host/cpu-meter.ts'
import { memoryFigure } from '../host/memory.ts'
import type { Facts, Faults } from './facts.ts'

/** The result of one check, before thresholds and debouncing. */
export interface Finding {
  /** Name of the check. Stable over restarts: acknowledgements refer to it. */
  check: string
  category: HealthCategory
  /** For callers without a token: no numbers, paths, names or versions. */
  title: string
  /** The checked object, such as a mount point. */
  of?: string
  /** Set if thresholds apply. `phrase` is public and replaces the title and level. */
  gauge?: GaugeName
  phrase?: string
  /** Set if no thresholds apply. `phrase` is public; `message` is for users who may see the system. */
  verdict?: { status: HealthStatus; phrase: string; message: string }
  value: number | null
}

const measured = (
  gauge: GaugeName,
  category: HealthCategory,
  title: string,
  value: number | null,
  of?: string
): Finding => ({
  check: of === undefined ? gauge : `${gauge}:${of}`.slice(0, 200),
  category,
  title,
  gauge,
  value,
  ...(of === undefined ? {} : { of })
})

const judged = (
  check: string,
  category: HealthCategory,
  status: HealthStatus,
  phrase: string,
  message = phrase,
  value: number | null = null
): Finding => ({ check: check.slice(0, 200), category, title: phrase, value, verdict: { status, phrase, message } })

function* findVitals({ vitals, filesystems }: Facts): Generator<Finding> {
  const { cpu, cpuWindow, memory, temperature, rootFilesystem } = vitals
  // CPU usage is judged only over a full window.
  const window = cpuWindow.value
  if (window === null || window.seconds >= WINDOW_SECONDS)
    yield measured('cpu', 'cpu', 'CPU usage', window?.usage ?? null)
  if (cpu.value) yield measured('iowait', 'disks', 'I/O wait', cpu.value.iowait)
  yield measured('memory', 'memory', 'Memory usage', memory.value?.usage ?? null)
  if (memory.value && memory.value.swapUsage !== null)
    yield measured('swap', 'swap', 'Swap usage', memory.value.swapUsage)
  if (temperature.value !== null) yield measured('temperature', 'temperature', 'CPU temperature', temperature.value)
  if (!filesystems?.value)
    yield measured('filesystem', 'filesystems', 'Disk usage', rootFilesystem.value?.usage ?? null, '/')
}

function* findStorage({ filesystems, disks, pools }: Facts): Generator<Finding> {
  for (const { mount, usage, isReadOnly, isStale } of filesystems?.value ?? []) {
    yield measured('filesystem', 'filesystems', 'Disk usage', usage, mount)
    if (isReadOnly)
      yield judged(
        `read_only:${mount}`,
        'filesystems',
        'critical',
        'File system read-only',
        `${mount} became read-only, usually after an I/O error; see dmesg`
      )
    if (isStale) {
      const phrase = 'File system does not answer'
      yield judged(
        `stale:filesystem:${mount}`,
        'filesystems',
        'warning',
        phrase,
        `${mount} does not answer; its disk or server may be down`
      )
    }
  }
  for (const { name, state, usage } of pools?.value ?? []) {
    const status = state === 'ONLINE' ? 'healthy' : state === 'DEGRADED' || state === 'UNKNOWN' ? 'warning' : 'critical'
    const phrase = status === 'healthy' ? 'Pool healthy' : 'Pool not healthy'
    const advice = status === 'healthy' ? '' : `; see: zpool status ${name}`
    yield judged(`pool:${name}`, 'filesystems', status, phrase, `Pool ${name} is ${state}${advice}`)
    if (usage !== null) yield measured('filesystem', 'filesystems', 'Disk usage', usage, `pool ${name}`)
  }
  for (const { name, hasPassed, temperature, errors } of disks?.value ?? []) {
    if (hasPassed !== null) {
      const phrase = hasPassed ? 'Disk healthy' : 'Disk failing'
      const message = `SMART of ${name}: ${hasPassed ? 'passed' : 'failed; back up its data and replace it'}`
      yield judged(`smart:${name}`, 'disks', hasPassed ? 'healthy' : 'critical', phrase, message)
    }
    if (temperature !== null) yield measured('disk_temperature', 'disks', 'Disk temperature', temperature, name)
    if (errors)
      yield judged(
        `io_errors:${name}`,
        'disks',
        'warning',
        'Disk errors',
        `${name} has unreadable sectors or media errors; back up its data and watch or replace it`,
        errors
      )
  }
}

function* findServices({ interfaces, failedUnits, timeSync, updates }: Facts): Generator<Finding> {
  for (const { name, isDown, errorsPerSecond } of interfaces?.value ?? []) {
    const phrase = isDown ? 'Network link down' : 'Network link up'
    yield judged(
      `link:${name}`,
      'network',
      isDown ? 'warning' : 'healthy',
      phrase,
      `${name} ${isDown ? 'has no link; check its cable and switch port' : 'is up'}`
    )
    if (errorsPerSecond !== null) yield measured('network_errors', 'network', 'Network errors', errorsPerSecond, name)
  }
  if (failedUnits?.value) {
    const units = failedUnits.value
    for (const unit of units)
      yield judged(
        `unit:${unit}`,
        'services',
        'warning',
        'Service failed',
        `${unit} has failed; see: systemctl status ${unit}`
      )
    if (units.length === 0) yield judged('units', 'services', 'healthy', 'Services running', 'No unit has failed')
  }
  if (timeSync?.value) {
    const { isSynchronised } = timeSync.value
    const phrase = isSynchronised ? 'Clock synchronised' : 'Clock not synchronised'
    const message = isSynchronised ? phrase : `${phrase}: times and 2FA codes may be wrong; see: timedatectl status`
    yield judged('time_sync', 'time', isSynchronised ? 'healthy' : 'warning', phrase, message)
  }
  if (updates?.value) {
    const { pending, security } = updates.value
    const status = security ? 'warning' : 'healthy'
    const message = `${pending} updates pending${security === null ? '' : `, ${security} of them security updates`}`
    yield judged(
      'updates',
      'updates',
      status,
      security ? 'Updates pending' : 'No security updates pending',
      message,
      pending
    )
  }
}

const healthyPhrases: Record<keyof Faults, string> = {
  audit_log: 'Audit log writable',
  recordings: 'Terminal recordings OK',
  fail2ban: 'fail2ban OK or not in use',
  certificate: 'HTTPS certificate OK or not in use',
  alerts: 'Alerts OK or not in use',
  daemon: 'Monitor OK'
}

/** The public phrase does not name the channel. */
const findAlerts = ({ alertChannels = [] }: Facts): Finding[] =>
  alertChannels.flatMap(({ id, name, fault }) => {
    const message = `Alert channel ${name} cannot deliver: ${fault}; see Alerts in the settings`
    return fault === null ? [] : [judged(`alerts:${id}`, 'alerts', 'warning', 'Alert channel cannot deliver', message)]
  })

function* findOwn(facts: Facts, now: number): Generator<Finding> {
  const { faults, certificateEnds = null } = facts
  const failing = findAlerts(facts)
  yield* failing
  const days = certificateEnds === null ? null : Math.floor((certificateEnds - now) / 86_400_000)
  for (const category of Object.keys(healthyPhrases) as (keyof Faults)[]) {
    for (const phrase of faults[category])
      yield judged(`${category}:${phrase.toLowerCase().replaceAll(' ', '_')}`, category, 'warning', phrase)
    if (category === 'certificate' && days !== null)
      yield {
        ...measured('certificate', 'certificate', 'Days until the HTTPS certificate expires', days),
        phrase: days < 0 ? 'HTTPS certificate has expired' : 'HTTPS certificate expires soon'
      }
    else if (faults[category].length === 0 && !(category === 'alerts' && failing.length > 0))
      yield judged(category, category, 'healthy', healthyPhrases[category])
  }
}

type SourceName = Exclude<keyof Facts, 'vitals' | 'faults' | 'certificateEnds' | 'alertChannels'>
const sources: Record<SourceName, { category: HealthCategory; title: string }> = {
  filesystems: { category: 'filesystems', title: 'File systems' },
  pools: { category: 'filesystems', title: 'Pools' },
  disks: { category: 'disks', title: 'Disks' },
  interfaces: { category: 'network', title: 'Network' },
  failedUnits: { category: 'services', title: 'Services' },
  timeSync: { category: 'time', title: 'Clock' },
  updates: { category: 'updates', title: 'Updates' }
}
const sourceNames = Object.keys(sources) as SourceName[]

/** A stale source is judged by its last value and gets an additional finding. */
function* findStale(facts: Facts): Generator<Finding> {
  for (const name of sourceNames) {
    const { category, title } = sources[name]
    const source = facts[name]
    if (!source?.stale) continue
    const phrase = `${title}: measurements out of date`
    yield judged(`stale:${name}`, category, 'warning', phrase, `${phrase} (${source.reason})`)
  }
}

/** Reasons for categories without findings. */
export function categoryReasons(facts: Facts): Partial<Record<HealthCategory, string>> {
  const reasons: Partial<Record<HealthCategory, string>> = {}
  for (const name of sourceNames) {
    const reason = facts[name]?.reason
    if (reason) reasons[sources[name].category] ??= reason
  }
  const { temperature, memory } = facts.vitals
  if (temperature.reason) reasons.temperature = temperature.reason
  const swap = memoryFigure(memory, 'swapUsage')
  if (swap.reason) reasons.swap = swap.reason
  return reasons
}

/** All findings. `isStale`: the vital signs are out of date. `now` in milliseconds since the epoch. */
export function findAll(facts: Facts, isStale: boolean, now: number): Finding[] {
  const measurements = (phrase: string) => [judged('measurements', 'daemon', 'warning', phrase)]
  const vitals =
    facts.vitals.sampledAt === null
      ? measurements('No measurements')
      : isStale
        ? measurements('Measurements are out of date')
        : findVitals(facts)
  return [...vitals, ...findStorage(facts), ...findServices(facts), ...findStale(facts), ...findOwn(facts, now)]
}
