import { rmSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { Compile } from 'typebox/compile'
import { HardwareReplySchema } from '../../../schemas/host/hardware.ts'
import { until } from '../../support/waiting.ts'
import { workstation } from './made-up-host.ts'
import { checkReasons, serve } from './rig.ts'

t.test('the UPS of the NUT server; a UPS that does not answer is listed without values', async (t) => {
  const { whole } = await serve(t, workstation)
  t.match((await whole()).ups, [
    {
      name: 'apc',
      manufacturer: 'American Power Conversion',
      model: 'Back-UPS RS 900G',
      status: 'OL CHRG',
      battery_charge: 98,
      battery_runtime_seconds: 1825,
      load: 23,
      input_voltage: 231,
      output_voltage: null
    }
  ])
  const stale = '[ "$1" = -l ] && { echo apc; echo "bad name"; exit 0; }; echo "Error: Data stale" >&2; exit 1'
  const broken = await serve(t, workstation, { upsc: stale })
  const { ups } = await broken.whole()
  t.equal(ups.length, 1)
  t.match(ups[0], { name: 'apc', status: null, reasons: { status: 'upsc ended with 1: Error: Data stale' } })
})

t.test('a host without any hardware data gives a reason for each part', async (t) => {
  const refused = 'echo "Error: Connection failure: Connection refused" >&2; exit 1'
  const none = 'echo "# dmidecode 3.6"; echo "No SMBIOS nor DMI entry point found, sorry."'
  const { whole } = await serve(t, { 'sys/class': null, proc: null }, { upsc: refused, dmidecode: none })
  const reply = await whole()
  t.same([...Compile(HardwareReplySchema).Errors(reply)], [])
  checkReasons(t, reply, 'reply')
  t.match(reply.reasons, {
    motherboard: /no \/sys\/class\/dmi\/id/,
    cpu: /cpuinfo cannot be read/,
    memory_modules: 'the firmware tables list no memory slot',
    pci_devices: 'this host has no PCI bus',
    usb_devices: 'this host has no USB controller',
    fans: /no sensor chip/,
    ups: 'no NUT server runs on this host'
  })
  t.same(reply.gpus, [])
  t.same(reply.power_supplies, [])
  t.equal(reply.sources.nvidia.reason, 'no GPU has the driver nvidia')
})

t.test(
  'a missing, failing or endless program affects only its own part, and the reason says what to install',
  async (t) => {
    const { whole, folder } = await serve(t, workstation, {
      lspci: 'echo "lspci: Cannot open /proc/bus/pci" >&2; exit 1',
      nvidiaSmi: 'echo "NVIDIA-SMI has failed" ; exit 9',
      dmidecode: 'exec yes "Handle 0x0001"'
    })
    rmSync(join(folder, 'upsc'))
    const reply = await whole()
    t.same([...Compile(HardwareReplySchema).Errors(reply)], [])
    checkReasons(t, reply, 'reply')
    t.match(reply.sources, {
      pci_names: { reason: /lspci ended with 1: lspci: Cannot open/ },
      memory_modules: { reason: /dmidecode printed too much/ },
      nvidia: { reason: /nvidia-smi ended with 9/ },
      ups: { reason: 'upsc is not installed; to install it: apt install nut-client' },
      sensors: { reason: null }
    })
    t.match(reply.gpus[1], { temperature: null, reasons: { temperature: /nvidia-smi ended with 9/ } })
    t.match(reply.gpus[1], { vendor: 'NVIDIA', name: null })
  }
)

t.test('slow programs run hourly, and not at all without requests', async (t) => {
  const { app, whole, get, calls, pass } = await serve(t, workstation)
  const ticks = (count: number) =>
    new Promise<void>((resolve) => {
      app.sampling.onTick(() => {
        if (--count === 0) resolve()
      })
    })
  const alive = setInterval(() => {}, 1000)
  t.teardown(() => clearInterval(alive))
  t.same(calls('lspci'), [], 'not at the start')
  await whole()
  t.same(calls('lspci'), ['-Dvmm'])
  t.same(calls('dmidecode'), ['-t 17'])
  t.same(calls('upsc'), ['-l', 'apc'])
  for (let i = 0; i < 5; i++) await get()
  pass(1_800_000)
  await get()
  await ticks(2)
  t.equal(calls('lspci').length, 1, 'half an hour later')
  t.equal(calls('upsc').length, 4)
  pass(1_800_000)
  await ticks(2)
  t.equal(calls('lspci').length, 1, 'an hour later, without a request')
  await get()
  await until(() => calls('lspci').length === 2)
})
