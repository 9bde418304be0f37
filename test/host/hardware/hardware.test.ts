import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { Compile } from 'typebox/compile'
import { HardwareReplySchema } from '../../../schemas/host/hardware.ts'
import { bearer, build, setUp } from '../../support/app.ts'
import { until } from '../../support/waiting.ts'
import type { Tree } from '../tree.ts'
import { workstation } from './made-up-host.ts'
import { checkReasons, serve } from './rig.ts'

t.test('the first answer has the values of files; programs follow in the background', async (t) => {
  const { get, whole } = await serve(t, workstation)
  const first = await get()
  t.same([...Compile(HardwareReplySchema).Errors(first)], [])
  t.match(first, { motherboard: { model: 'Pro WS W680-ACE' }, memory_modules: null, ups: null })
  t.match(first.pci_devices[4], { class: null, class_id: '0200', vendor_id: '8086', driver: 'igc' })
  t.match(first.reasons, { memory_modules: 'not measured yet', ups: 'not measured yet' })
  checkReasons(t, first, 'first')
  const reply = await whole()
  t.same([...Compile(HardwareReplySchema).Errors(reply)], [])
  checkReasons(t, reply, 'reply')
  t.notMatch(JSON.stringify(reply), /SERIAL|4B1948P12345|3A1B2C4D|9876543210/, 'no serial number')
})

t.test('board, firmware and processors, without vendors’ placeholder names', async (t) => {
  const { get } = await serve(t, workstation)
  const { system, motherboard, bios, cpu } = await get()
  t.match(system, { manufacturer: null, model: null, version: null, chassis: 'Desktop' })
  t.same(system.reasons.model, 'not named by the firmware')
  t.match(motherboard, { manufacturer: 'ASUSTeK COMPUTER INC.', model: 'Pro WS W680-ACE', version: 'Rev 1.xx' })
  t.match(bios, { vendor: 'American Megatrends Inc.', version: '3701', date: '2024-05-28' })
  t.match(cpu, {
    model: '13th Gen Intel(R) Core(TM) i5-13500',
    vendor: 'GenuineIntel',
    sockets: 1,
    min_mhz: 800,
    max_mhz: 4800,
    governor: 'performance',
    microcode: '0x129',
    virtualization: 'VT-x'
  })
  t.same(cpu.caches, [
    { level: 1, type: 'Data', size_bytes: 49_152 },
    { level: 3, type: 'Unified', size_bytes: 25_165_824 }
  ])
})

t.test('memory slots, PCI names and USB devices', async (t) => {
  const { whole } = await serve(t, workstation)
  const { memory_modules: modules, pci_devices: devices, usb_devices: usb } = await whole()
  t.equal(modules.length, 4)
  t.match(modules[0], {
    slot: 'DIMM_A1',
    installed: false,
    size_bytes: null,
    reasons: { size_bytes: 'the slot is empty' }
  })
  t.match(modules[1], {
    slot: 'DIMM_A2',
    bank: 'BANK 0',
    installed: true,
    size_bytes: 32 * 1024 ** 3,
    type: 'DDR5',
    form_factor: 'DIMM',
    speed_mts: 4800,
    configured_speed_mts: 4400,
    manufacturer: 'Micron Technology',
    part_number: 'MTC20C2085S1EC48BA1',
    rank: 2
  })
  t.equal(devices.length, 7)
  t.match(devices[4], {
    slot: '0000:04:00.0',
    class: 'Ethernet controller',
    vendor: 'Intel Corporation',
    device: 'Ethernet Controller I226-LM',
    subsystem: 'ASUSTeK Computer Inc.',
    subsystem_device_id: '8867',
    revision: '06'
  })
  t.match(devices[2], { link_speed_gts: 2.5, link_width: 16 })
  t.match(devices[3], { iommu_group: '17' })
  t.match(devices[6], {
    class: null,
    vendor: null,
    device: null,
    subsystem: null,
    driver: null,
    reasons: { device: 'pci.ids has no name', driver: 'no driver is bound to the device' }
  })
  t.same(
    usb.map(({ port, hub, drivers, speed_mbps }: Record<string, unknown>) => [port, hub, drivers, speed_mbps]),
    [
      ['1-4', false, ['usbhid'], 1.5],
      ['2-1', true, [], 5000]
    ]
  )
})

t.test('GPUs have the values that their drivers offer', async (t) => {
  const { whole } = await serve(t, workstation)
  const { gpus } = await whole()
  t.match(gpus, [
    {
      slot: '0000:00:02.0',
      name: 'Raptor Lake-S GT1 [UHD Graphics 770]',
      driver: 'i915',
      clock_mhz: 300,
      utilization: null,
      reasons: { utilization: 'not offered by the driver i915' }
    },
    {
      slot: '0000:01:00.0',
      name: 'GA106 [GeForce RTX 3060 Lite Hash Rate]',
      driver: 'nvidia',
      driver_version: '550.163.01',
      temperature: 44,
      utilization: 3,
      memory_total_bytes: 12_884_901_888,
      memory_used_bytes: 542_113_792,
      power_watts: 14.32,
      clock_mhz: 210,
      memory_clock_mhz: 405
    },
    {
      slot: '0000:03:00.0',
      driver: 'amdgpu',
      temperature: 41,
      utilization: 7,
      memory_total_bytes: 8_573_157_376,
      memory_used_bytes: 318_767_104,
      power_watts: 14.5,
      clock_mhz: 500,
      memory_clock_mhz: 96
    }
  ])
})

t.test('a suspended or passed-through GPU is not read', async (t) => {
  const at = 'sys/bus/pci/devices/0000:03:00.0'
  const read = async (tree: Tree) => {
    const { get } = await serve(t, { ...workstation, ...tree })
    return (await get()).gpus[2]
  }
  t.match(await read({ [`${at}/power/runtime_status`]: 'suspended\n' }), {
    temperature: null,
    reasons: { temperature: 'the GPU is suspended and is not woken for a reading' }
  })
  t.match(await read({ [`${at}/driver`]: { to: '../../../bus/pci/drivers/vfio-pci' } }), {
    utilization: null,
    reasons: { utilization: 'the GPU is passed through to a guest' }
  })
})

t.test('sensors, fans and power supplies, without sensors whose reading would wake a device', async (t) => {
  const { get } = await serve(t, workstation)
  const { temperatures, fans, voltages, power, power_supplies: supplies } = await get()
  t.same(temperatures, [
    { name: 'SYSTIN', adapter: 'nct6798', device: 'nct6775.656', current: 33, high: 80, critical: null },
    { name: 'Package id 0', adapter: 'coretemp', device: null, current: 43, high: 80, critical: 100 }
  ])
  t.same(
    fans.map(({ name, speed, unit }: Record<string, unknown>) => [name, speed, unit]),
    [
      ['fan1', 812, 'RPM'],
      ['CPU Fan', 1204, 'RPM'],
      ['fan3', 0, 'RPM']
    ]
  )
  t.match(voltages, [{ name: 'in0', volts: 1.096 }])
  t.match(power, [{ name: 'power total', adapter: 'corsairpsu', watts: 64.2 }])
  t.match(supplies, [
    { name: 'AC', type: 'Mains', online: true, capacity_percent: null, peripheral: false },
    { name: 'hidpp_battery_0', type: 'Battery', capacity_percent: 55, status: 'Discharging', peripheral: true }
  ])
})

t.test('a changed sensor value is in the answer five seconds later', async (t) => {
  const { get, folder, pass } = await serve(t, workstation)
  t.equal((await get()).fans[0].speed, 812)
  writeFileSync(join(folder, 'sys/class/hwmon/hwmon0/fan1_input'), '900\n')
  t.equal((await get()).fans[0].speed, 812)
  pass(6000)
  t.equal((await get()).fans[0].speed, 900)
})

t.test("this machine's own hardware fits the schema, with names if lspci is installed", async (t) => {
  const app = await build(t, {}, { programs: {} })
  await app.ready()
  const headers = bearer(await setUp(app))
  const get = async () => (await app.inject({ url: '/api/hardware', headers })).json()
  let reply = await get()
  t.same([...Compile(HardwareReplySchema).Errors(reply)], [])
  await until(async () => {
    reply = await get()
    return ['pci_names', 'memory_modules', 'ups'].every((name) => reply.sources[name].reason !== 'not measured yet')
  })
  t.same([...Compile(HardwareReplySchema).Errors(reply)], [])
  checkReasons(t, reply, 'reply')
  t.type(reply.cpu.model, 'string')
  const hasNames = reply.sources.pci_names.reason === null
  const named = (reply.pci_devices ?? []).filter(({ vendor }: { vendor: string | null }) => vendor !== null)
  t.equal(named.length > 0, hasNames, reply.sources.pci_names.reason ?? 'lspci')
})
