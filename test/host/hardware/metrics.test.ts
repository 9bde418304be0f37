import { join } from 'node:path'
import t from 'tap'
import { bearer, build, setUp, temporaryFolder } from '../../support/app.ts'
import { until } from '../../support/waiting.ts'
import { plant } from '../tree.ts'
import { plantPrograms, workstation } from './made-up-host.ts'

t.test('fans, GPUs and UPSs have the Monitor’s names, and outdated values are left out', async (t) => {
  const folder = await temporaryFolder(t)
  plant(folder, workstation)
  const { programs, calls } = plantPrograms(folder)
  const hardware = { sysDir: join(folder, 'sys'), procDir: join(folder, 'proc') }
  const clock = { ahead: 0 }
  const now = () => Date.now() + clock.ahead
  const app = await build(t, {}, { folder, hardware, programs: { ...programs, timeoutMs: 20_000 }, now })
  await app.ready()
  const headers = bearer(await setUp(app))
  const scrape = async () => {
    const { body } = await app.inject({ url: '/api/prometheus', headers })
    const series = body.split('\n').filter((line) => /^proxmox_(?:fan|gpu|ups)_/.test(line))
    return series.map((line) => line.replaceAll(/node="[^"]*",/g, ''))
  }
  const fans = [
    'proxmox_fan_speed_rpm{fan="fan1",adapter="nct6798",device="nct6775.656"} 812',
    'proxmox_fan_speed_rpm{fan="CPU Fan",adapter="nct6798",device="nct6775.656"} 1204',
    'proxmox_fan_speed_rpm{fan="fan3",adapter="nct6798",device="nct6775.656"} 0'
  ]
  t.same(await scrape(), fans, 'what programs tell is not there yet, and no series that would be renamed')
  const nvidia = '{gpu="GA106 [GeForce RTX 3060 Lite Hash Rate]",slot="0000:01:00.0"}'
  await until(async () => (await scrape()).includes(`proxmox_gpu_utilization_percent${nvidia} 3`))
  await until(async () => (await scrape()).includes('proxmox_ups_load_percent{ups="apc"} 23'))
  const whole = await scrape()
  const amd = '{gpu="Navi 33 [Radeon RX 7600/7600 XT/7600M XT/7600S/7700S / PRO W7600]",slot="0000:03:00.0"}'
  for (const line of [
    ...fans,
    `proxmox_gpu_temperature_celsius${nvidia} 44`,
    `proxmox_gpu_memory_total_bytes${nvidia} 12884901888`,
    `proxmox_gpu_power_draw_watts${nvidia} 14.32`,
    `proxmox_gpu_clock_speed_mhz${nvidia} 210`,
    `proxmox_gpu_memory_clock_mhz${nvidia} 405`,
    `proxmox_gpu_temperature_celsius${amd} 41`,
    'proxmox_gpu_clock_speed_mhz{gpu="Raptor Lake-S GT1 [UHD Graphics 770]",slot="0000:00:02.0"} 300',
    'proxmox_ups_battery_charge_percent{ups="apc"} 98',
    'proxmox_ups_runtime_seconds{ups="apc"} 1825',
    'proxmox_ups_input_voltage_volts{ups="apc"} 231'
  ])
    t.ok(whole.includes(line), line)
  t.equal(calls('nvidiaSmi').length, 1)

  clock.ahead = 301_000
  const later = await scrape()
  t.notOk(
    later.some((line) => line.startsWith('proxmox_ups_') || line.includes('GA106')),
    'older than five minutes'
  )
})
