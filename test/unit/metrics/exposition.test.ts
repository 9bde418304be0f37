import { spawnSync } from 'node:child_process'
import t from 'tap'
import { createEmptyVitals, type Vitals } from '../../../lib/host/vitals.ts'
import { expose } from '../../../lib/metrics/exposition.ts'
import { family } from '../../../lib/metrics/family.ts'
import { ageFamilies, guestFamilies, vitalsFamilies } from '../../../lib/metrics/host.ts'
import { missing } from '../../edge/programs.ts'
import { addFixtures } from '../../metrics/fixtures.ts'
import { bearer, build, setUp } from '../../support/app.ts'

// As Prometheus 2.42 sends it.
const PROMETHEUS =
  'application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1'

t.test('each family is a block, one without values is left out, and labels are escaped', async (t) => {
  const families = [
    family('gauge', 'one', 'First', [
      [{ a: 'x"y\\z\n' }, 1],
      [{ a: 'unknown' }, null],
      [{ a: 'nan' }, Number.NaN],
      [{ a: 'zero' }, 0]
    ]),
    family('gauge', 'none', 'Nothing', [[{}, undefined]]),
    family('counter', 'two_total', 'Second', [[{}, 2]]),
    family('gauge', 'one', 'First', [[{ a: 'elsewhere' }, 3]])
  ]
  const lines = ['one{a="x\\"y\\\\z\\n"} 1', 'one{a="zero"} 0', 'one{a="elsewhere"} 3']
  t.same(await expose(families, undefined), {
    contentType: 'text/plain; version=0.0.4; charset=utf-8',
    text: `# HELP one First\n# TYPE one gauge\n${lines.join('\n')}\n\n# HELP two_total Second\n# TYPE two_total counter\ntwo_total 2\n`
  })
  t.same(await expose(families, PROMETHEUS), {
    contentType: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
    text: `# HELP one First\n# TYPE one gauge\n${lines.join('\n')}\n# HELP two Second\n# TYPE two counter\ntwo_total 2\n# EOF\n`
  })
})

t.test('OpenMetrics is sent to clients that accept its version', async (t) => {
  for (const [accept, isOpenMetrics] of [
    [undefined, false],
    ['*/*', false],
    ['text/plain', false],
    ['application/openmetrics-text', true],
    ['Application/OpenMetrics-Text; version=1.0.0; charset=utf-8', true],
    ['application/openmetrics-text;version=0.0.1', false],
    ['application/openmetrics-text;version=1.0.0;q=0', false],
    ['application/openmetrics-text;version=1.0.0;q=0.9, text/plain', true]
  ] as const) {
    t.equal((await expose([], accept)).contentType.startsWith('application/openmetrics'), isOpenMetrics, String(accept))
  }
})

t.test('unreadable or outdated vital signs are left out', async (t) => {
  const vitals: Vitals = { ...createEmptyVitals('pve1'), sampledAt: 1_000_000 }
  const series = (now: number) => vitalsFamilies(vitals, now).flatMap(({ values }) => values)
  t.same(series(1_000_000), [])
  vitals.loadAverage = { value: [1, 0.5, 0], reason: null }
  t.same(series(1_000_000), [
    { labels: { node: 'pve1', period: '1m' }, value: 1 },
    { labels: { node: 'pve1', period: '5m' }, value: 0.5 },
    { labels: { node: 'pve1', period: '15m' }, value: 0 }
  ])
  t.same(series(1_015_001), [])
  t.same(vitalsFamilies(createEmptyVitals('pve1'), 0), [])
  t.same(ageFamilies({ vitals: 1_000_000, never: null, future: 1_020_000 }, 1_015_000)[0]!.values, [
    { labels: { source: 'vitals' }, value: 15 },
    { labels: { source: 'future' }, value: 0 }
  ])
})

t.test('a host without guests reports 0, and a stopped guest has no usage', async (t) => {
  const count = (name: string, guests: Parameters<typeof guestFamilies>[1]) =>
    guestFamilies('pve1', guests).find((each) => each.name === name)!.values
  t.same(count('proxmox_vms_total', []), [{ labels: { node: 'pve1' }, value: 0 }])
  const stopped = { vmid: 7, name: 'x', type: 'lxc', isRunning: false, cpu: 0, memoryUsed: 0, memoryMax: 1 }
  t.same(count('proxmox_vm_status', [stopped])[0]!.value, 0)
  t.same(count('proxmox_vm_cpu_usage', [stopped]), [])
})

t.test(
  'promtool complains only about the Monitor’s own names, which all have the label node',
  {
    skip: missing('/usr/bin/promtool', 'prometheus')
  },
  async (t) => {
    const app = await build(t)
    const headers = bearer(await setUp(app))
    addFixtures(app)
    const reply = await app.inject({ url: '/api/prometheus', headers })
    t.equal(reply.headers['content-type'], 'text/plain; version=0.0.4; charset=utf-8')
    const names = [...reply.body.matchAll(/^# TYPE (proxmox_\w+) (\w+)$/gm)].map(([, name, type]) => `${name} ${type}`)
    t.same(names.toSorted(), [
      'proxmox_cpu_temperature_celsius gauge',
      'proxmox_cpu_usage gauge',
      'proxmox_disk_temperature_celsius gauge',
      'proxmox_disk_total_bytes gauge',
      'proxmox_disk_usage_percent gauge',
      'proxmox_disk_used_bytes gauge',
      'proxmox_fan_speed_rpm gauge',
      'proxmox_gpu_clock_speed_mhz gauge',
      'proxmox_gpu_memory_clock_mhz gauge',
      'proxmox_gpu_memory_total_bytes gauge',
      'proxmox_gpu_power_draw_watts gauge',
      'proxmox_gpu_temperature_celsius gauge',
      'proxmox_gpu_utilization_percent gauge',
      'proxmox_interface_bytes_received_total counter',
      'proxmox_interface_bytes_sent_total counter',
      'proxmox_load_average gauge',
      'proxmox_memory_total_bytes gauge',
      'proxmox_memory_usage_percent gauge',
      'proxmox_memory_used_bytes gauge',
      'proxmox_network_bytes_received_total counter',
      'proxmox_network_bytes_sent_total counter',
      'proxmox_swap_total_bytes gauge',
      'proxmox_swap_used_bytes gauge',
      'proxmox_ups_battery_charge_percent gauge',
      'proxmox_ups_input_voltage_volts gauge',
      'proxmox_ups_load_percent gauge',
      'proxmox_ups_runtime_seconds gauge',
      'proxmox_uptime_seconds gauge',
      'proxmox_vm_cpu_usage gauge',
      'proxmox_vm_memory_max_bytes gauge',
      'proxmox_vm_memory_used_bytes gauge',
      'proxmox_vm_status gauge',
      'proxmox_vms_running gauge',
      'proxmox_vms_stopped gauge',
      'proxmox_vms_total gauge'
    ])
    for (const line of reply.body.split('\n').filter((line) => line.startsWith('proxmox_')))
      t.match(line, `{node="${app.vitals.latest().hostname}"`)

    t.match(reply.body, /^proxmox_vms_total\{.*\} 2$/m, 'those of this node')
    t.notMatch(reply.body, 'on another node')

    const checked = spawnSync('/usr/bin/promtool', ['check', 'metrics'], { input: reply.body, encoding: 'utf8' })
    const complaints = checked.stderr.trimEnd().split('\n')
    t.same(complaints, ['proxmox_vms_total non-counter metrics should not have "_total" suffix'])
  }
)
