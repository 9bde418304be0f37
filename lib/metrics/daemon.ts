import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Health } from '../health/monitor.ts'
import type { RefusalReason } from '../net/connection-limit.ts'
import { family, type MetricFamily, type MetricValue } from './family.ts'
import { BUCKETS_S, type RequestCounts } from './request-counts.ts'

export interface DaemonState {
  version: string
  /** Milliseconds since the epoch. */
  startedAt: number
  requests: Pick<RequestCounts, 'routes' | 'durations'>
  /** Security events since the start, by name. */
  events: ReadonlyMap<string, number>
  banned: number
  terminals: number
  liveClients: number
  connectionsRefused: Readonly<Record<RefusalReason, number>>
  auditFaults: number
  samplingIsIdle: boolean
  health: Health['status']
}

const NAME = 'proxmenux_monitor_'
/** Each measurement wakes an idle process: fifty per second doubled its CPU usage (docs/decisions/0022). */
const LOOP_RESOLUTION_MS = 200
const STATUSES = ['healthy', 'warning', 'critical'] as const

function requestFamilies({ routes, durations }: DaemonState['requests']): MetricFamily[] {
  const requests = routes.flatMap(({ method, route, byStatus }) =>
    [...byStatus].map(([status, count]) => [{ method, route, status: String(status) }, count] as const)
  )
  const { counts, sumSeconds } = durations()
  const metricName = `${NAME}http_request_duration_seconds`
  let total = 0
  const values: MetricValue[] = counts.map((count, i) => {
    total += count
    return { metricName: `${metricName}_bucket`, labels: { le: String(BUCKETS_S[i] ?? '+Inf') }, value: total }
  })
  values.push({ metricName: `${metricName}_sum`, labels: {}, value: sumSeconds })
  values.push({ metricName: `${metricName}_count`, labels: {}, value: total })
  return [
    family('counter', `${NAME}http_requests_total`, 'Requests answered, by route pattern', requests),
    { name: metricName, help: 'Time from a request to its answer', type: 'histogram', values }
  ]
}

/** Event loop delay since the last scrape, minus the resolution of the measuring timer. */
function createLoopDelay() {
  const histogram = monitorEventLoopDelay({ resolution: LOOP_RESOLUTION_MS })
  histogram.enable()
  const beyond = (nanoseconds: number) => Math.max(0, nanoseconds / 1e9 - LOOP_RESOLUTION_MS / 1000)
  return {
    families(): MetricFamily[] {
      const isEmpty = histogram.count === 0
      const gauge = (name: string, help: string, nanoseconds: number) =>
        family('gauge', `nodejs_eventloop_lag_${name}_seconds`, `${help} since the last scrape`, [
          [{}, isEmpty ? null : beyond(nanoseconds)]
        ])
      const made = [
        gauge('mean', 'Mean delay of the event loop', histogram.mean),
        gauge('p99', '99th percentile of the delay of the event loop', histogram.percentile(99)),
        gauge('max', 'Longest delay of the event loop', histogram.max)
      ]
      histogram.reset()
      return made
    },
    stop: () => void histogram.disable()
  }
}

/** Metrics of the daemon itself. Created at the first scrape, so that an unscraped daemon measures nothing. */
export function createDaemonFamilies() {
  const loop = createLoopDelay()
  return {
    stop: loop.stop,
    families(state: DaemonState): MetricFamily[] {
      const { events, health } = state
      const count = (event: string) => events.get(event) ?? 0
      const gauge = (name: string, help: string, value: number) => family('gauge', NAME + name, help, [[{}, value]])
      const counter = (name: string, help: string, value: number) => family('counter', name, help, [[{}, value]])
      const { user, system } = process.cpuUsage()
      return [
        family('gauge', `${NAME}info`, 'Version of the daemon', [[{ version: state.version }, 1]]),
        ...requestFamilies(state.requests),
        family('counter', `${NAME}logins_total`, 'Checks of a password or code, by outcome', [
          [{ outcome: 'success' }, count('login_succeeded')],
          [{ outcome: 'failure' }, count('login_failed')]
        ]),
        counter(`${NAME}lockouts_total`, 'Users locked out at an address', count('locked_out')),
        counter(`${NAME}bans_total`, 'Addresses that fail2ban has banned', count('address_banned')),
        gauge('banned_addresses', 'Addresses banned now', state.banned),
        family(
          'counter',
          `${NAME}security_events_total`,
          'Events of the audit log',
          [...events].map(([event, times]) => [{ event }, times] as const)
        ),
        gauge('audit_faults', 'Audit logs that cannot be written', state.auditFaults),
        gauge('terminals', 'Terminals open', state.terminals),
        gauge('live_clients', 'Clients of the live stream', state.liveClients),
        family(
          'counter',
          `${NAME}connections_refused_total`,
          'Connections closed at once, by the limit they exceeded',
          Object.entries(state.connectionsRefused).map(([limit, times]) => [{ limit }, times] as const)
        ),
        gauge(
          'sampling_idle',
          '1 while sampling is slowed down because there are no viewers',
          Number(state.samplingIsIdle)
        ),
        family(
          'gauge',
          `${NAME}health`,
          'Health of the host: 1 for the current status',
          STATUSES.map((status) => [{ status }, Number(status === health)] as const)
        ),
        ...loop.families(),
        counter('process_cpu_seconds_total', 'Processor time of the daemon', (user + system) / 1e6),
        family('gauge', 'process_resident_memory_bytes', 'Resident memory of the daemon', [
          [{}, process.memoryUsage.rss()]
        ]),
        family('gauge', 'process_start_time_seconds', 'Start of the daemon, seconds since the epoch', [
          [{}, state.startedAt / 1000]
        ])
      ]
    }
  }
}
