import type { MadeEntry } from '../test/logs/journals.ts'

const STEP_S = 10
const STEPS = 360

/** One hour of a busy host in the form of GET /api/node/metrics, with a gap while the daemon was stopped. */
export function historyOfAnHour() {
  const begin = (Math.floor(Date.now() / 1000 / STEP_S) - STEPS) * STEP_S
  const data = Array.from({ length: STEPS }, (_, i) => {
    const time = begin + i * STEP_S
    if (i > 120 && i < 140) return { time }
    const wave = (length: number) => (1 + Math.sin((i / length) * 2 * Math.PI)) / 2
    // Deterministic noise, so that screenshots can be compared.
    const noise = ((i * 7919) % 101) / 101
    const cpu = 0.06 + 0.1 * wave(110) + 0.05 * noise + (i > 250 && i < 275 ? 0.4 : 0)
    return {
      time,
      cpu,
      cpu_max: Math.min(1, cpu + 0.04 + 0.05 * noise),
      iowait: 0.004 + 0.02 * noise * wave(60),
      loadavg: 0.4 + 2 * cpu,
      loadavg5: 0.6 + 0.6 * wave(160),
      loadavg15: 0.7 + 0.2 * wave(330),
      memtotal: 33_501_757_440,
      memused: 15.2e9 + 6e8 * wave(200) + 5e7 * noise,
      swapused: 104_857_600,
      temperature: 44 + 22 * cpu + noise,
      temperature_max: 45 + 24 * cpu + 2 * noise,
      netin: 2e5 + 9e5 * wave(90) * noise,
      netout: 1e5 + 3e5 * wave(70) * noise,
      diskread: 4e4 * noise + (i > 250 && i < 275 ? 9e6 : 0),
      diskwrite: 2.6e5 + 5e5 * noise
    }
  })
  return { success: true, node: 'pve1', timeframe: 'hour', resolution_seconds: STEP_S, data, reasons: {} }
}

/** The same hour of one interface or one disk, as its route answers. */
export function deviceHistoryOfAnHour(of: 'interface' | 'disk') {
  const { data, ...reply } = historyOfAnHour()
  const points = data.map(({ time, netin, netout, diskread, diskwrite, temperature }) => {
    const isMeasured = netin !== undefined && diskwrite !== undefined && temperature !== undefined
    if (!isMeasured) return { time }
    return of === 'interface'
      ? { time, netin, netin_max: netin * 1.4, netout, netout_max: netout * 1.3 }
      : {
          time,
          diskread,
          diskread_max: diskread * 1.5,
          diskwrite,
          diskwrite_max: diskwrite * 1.8,
          utilization: 2 + diskwrite / 1e5,
          temperature: temperature - 12
        }
  })
  return { ...reply, [of]: of === 'disk' ? 'sda' : 'eno1', data: points }
}

const messages: [unit: string, identifier: string, priority: number, message: string][] = [
  ['ssh.service', 'sshd', 6, 'Accepted publickey for root from 192.168.1.20 port 52144 ssh2: ED25519'],
  ['cron.service', 'CRON', 6, '(root) CMD (cd / && run-parts --report /etc/cron.hourly)'],
  ['pvestatd.service', 'pvestatd', 4, 'status update time (6.412 seconds)'],
  ['pveproxy.service', 'pveproxy', 6, 'worker 118203 started'],
  ['ssh.service', 'sshd', 5, 'Connection closed by authenticating user root 192.0.2.7 port 40022 [preauth]'],
  ['pvescheduler.service', 'pvescheduler', 6, 'INFO: Finished Backup of VM 101 (00:02:41)'],
  ['smartmontools.service', 'smartd', 3, 'Device: /dev/sdb [SAT], 8 Currently unreadable (pending) sectors'],
  ['systemd-timesyncd.service', 'systemd-timesyncd', 6, 'Contacted time server 192.168.1.1:123 (192.168.1.1).']
]

/** One hour of such a host's journal. */
export const journalOfAnHour = (): MadeEntry[] =>
  Array.from({ length: 160 }, (_, i) => {
    const [unit, identifier, priority, message] = messages[(i * 5 + (i >> 3)) % messages.length]!
    const fields = { MESSAGE: message, PRIORITY: String(priority), _SYSTEMD_UNIT: unit, SYSLOG_IDENTIFIER: identifier }
    return { at: (Date.now() - (160 - i) * 22_000) * 1000, fields: { ...fields, _PID: String(1200 + i) } }
  })
