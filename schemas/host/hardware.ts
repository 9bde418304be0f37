import { type Static, type TSchema, Type } from 'typebox'
import { Nullable, SuccessSchema } from '../foundation/answer.ts'
import { AgeSchema, ageProperties, ReasonsSchema } from './age.ts'

// Field names match the Monitor's where it has the same value.

const text = (description: string, example: string) => Nullable(Type.String({ description, examples: [example] }))
const number = (description: string, example: number) => Nullable(Type.Number({ description, examples: [example] }))
const integer = (description: string, example: number) => Nullable(Type.Integer({ description, examples: [example] }))
const flag = (description: string) => Type.Boolean({ description })
/** A list, or null with its reason in `reasons` of the answer. */
const listOf = <T extends TSchema>(item: T, description: string, example: Static<T>) =>
  Nullable(Type.Array(item, { description, examples: [[example]] }))

const SystemSchema = Type.Object({
  manufacturer: text('Manufacturer of the machine.', 'Dell Inc.'),
  model: text('Model of the machine, also of a board without SMBIOS.', 'PowerEdge T150'),
  version: text('Version of the model.', 'v1'),
  chassis: text('Type of chassis.', 'Tower'),
  reasons: ReasonsSchema
})
const MotherboardSchema = Type.Object({
  manufacturer: text('Manufacturer of the board.', 'ASUSTeK COMPUTER INC.'),
  model: text('Model of the board.', 'Pro WS W680-ACE'),
  version: text('Version of the board.', 'Rev 1.xx'),
  reasons: ReasonsSchema
})
const BiosSchema = Type.Object({
  vendor: text('Vendor of the firmware.', 'American Megatrends Inc.'),
  version: text('Version of the firmware.', '3701'),
  date: text('Release date, as ISO-8601 where the firmware has a plain date.', '2024-05-28'),
  reasons: ReasonsSchema
})
const CpuSchema = Type.Object({
  model: text('Model of the processors.', '13th Gen Intel(R) Core(TM) i5-13500'),
  vendor: text('Vendor in the kernel’s form.', 'GenuineIntel'),
  sockets: integer('Occupied sockets.', 1),
  cores: integer('Physical cores.', 14),
  threads: integer('Online logical processors.', 20),
  min_mhz: number('Lowest frequency, MHz.', 800),
  max_mhz: number('Highest frequency, MHz.', 4800),
  governor: text('Frequency governor.', 'performance'),
  microcode: text('Revision of the microcode.', '0x129'),
  virtualization: text('Extension for virtual machines: `VT-x` or `AMD-V`.', 'VT-x'),
  caches: Type.Array(
    Type.Object({
      level: Type.Integer({ description: 'Level 1 to 4.' }),
      type: Type.String({ description: '`Data`, `Instruction` or `Unified`.' }),
      size_bytes: Type.Integer({ description: 'Bytes.' })
    }),
    { description: 'Caches of the first core.', examples: [[{ level: 1, type: 'Data', size_bytes: 49_152 }]] }
  ),
  reasons: ReasonsSchema
})
const MemoryModuleSchema = Type.Object({
  slot: text('The slot, as printed on the board.', 'DIMM_A2'),
  bank: text('The bank.', 'BANK 1'),
  installed: flag('False for an empty slot.'),
  size_bytes: integer('Bytes.', 34_359_738_368),
  type: text('Type of memory.', 'DDR5'),
  form_factor: text('Form factor.', 'DIMM'),
  speed_mts: integer('Rated speed, MT/s.', 4800),
  configured_speed_mts: integer('Configured speed, MT/s.', 4400),
  manufacturer: text('Manufacturer of the module.', 'Micron Technology'),
  part_number: text('Part number.', 'MTC20C2085S1EC48BA1'),
  rank: integer('Ranks.', 2),
  reasons: ReasonsSchema
})
const PciDeviceSchema = Type.Object({
  slot: Type.String({ description: 'Domain, bus, device and function.', examples: ['0000:01:00.0'] }),
  class: text('Name of the class.', 'Ethernet controller'),
  class_id: Type.String({ description: 'Class and subclass, hexadecimal.', examples: ['0200'] }),
  vendor: text('Name of the vendor.', 'Intel Corporation'),
  vendor_id: Type.String({ description: 'Hexadecimal.', examples: ['8086'] }),
  device: text('Name of the device.', 'Ethernet Controller I226-LM'),
  device_id: Type.String({ description: 'Hexadecimal.', examples: ['125b'] }),
  subsystem: text('Name of the subsystem.', 'ASUSTeK Computer Inc. Device 8867'),
  subsystem_vendor_id: text('Hexadecimal.', '1043'),
  subsystem_device_id: text('Hexadecimal.', '8867'),
  revision: text('Hexadecimal.', '06'),
  driver: text('Driver in use.', 'igc'),
  iommu_group: text('IOMMU group.', '17'),
  link_speed_gts: number('Current speed of the link, GT/s.', 5),
  link_width: integer('Current lanes of the link.', 1),
  reasons: ReasonsSchema
})
const UsbDeviceSchema = Type.Object({
  port: Type.String({ description: 'The port in the kernel’s form.', examples: ['1-4.2'] }),
  bus: integer('Number of the bus.', 1),
  address: integer('Number on the bus.', 5),
  vendor_id: Type.String({ description: 'Hexadecimal.', examples: ['051d'] }),
  product_id: Type.String({ description: 'Hexadecimal.', examples: ['0002'] }),
  manufacturer: text('Manufacturer, as the device says.', 'American Power Conversion'),
  product: text('Product, as the device says.', 'Back-UPS RS 900G'),
  speed_mbps: number('Mbit/s.', 1.5),
  hub: flag('True for a hub.'),
  drivers: Type.Array(Type.String(), { description: 'Drivers of its interfaces.', examples: [['usbhid']] }),
  reasons: ReasonsSchema
})
const GpuSchema = Type.Object({
  slot: Type.String({ description: 'Slot in `pci_devices`.', examples: ['0000:03:00.0'] }),
  name: text('Name of the GPU.', 'Navi 33 [Radeon RX 7600]'),
  vendor: text('Vendor of the GPU.', 'AMD'),
  driver: text('Driver in use.', 'amdgpu'),
  driver_version: text('Version of NVIDIA’s driver.', '550.163.01'),
  temperature: number('°C.', 41),
  utilization: number('Percent.', 7),
  memory_total_bytes: integer('Bytes.', 8_573_157_376),
  memory_used_bytes: integer('Bytes.', 318_767_104),
  power_watts: number('Watts.', 14.5),
  clock_mhz: number('MHz.', 500),
  memory_clock_mhz: number('MHz.', 96),
  reasons: ReasonsSchema
})
const reading = {
  name: Type.String({ description: 'Label of the sensor, else its name in /sys.', examples: ['CPU Fan'] }),
  adapter: Type.String({ description: 'Driver of the chip.', examples: ['nct6798'] }),
  device: text('The device of the chip, such as a PCI slot.', '0000:01:00.0')
}
const TemperatureSchema = Type.Object({
  ...reading,
  current: Type.Number({ description: '°C.', examples: [43] }),
  high: number('Threshold of the chip, °C.', 80),
  critical: number('Threshold of the chip, °C.', 100)
})
const FanSchema = Type.Object({
  ...reading,
  speed: Type.Number({ description: 'Revolutions per minute; 0 for a fan at rest or a free header.', examples: [812] }),
  unit: Type.Enum(['RPM'], { type: 'string', description: 'Always `RPM`.' })
})
const VoltageSchema = Type.Object({ ...reading, volts: Type.Number({ description: 'V.', examples: [12.096] }) })
const PowerSchema = Type.Object({ ...reading, watts: Type.Number({ description: 'W.', examples: [64.2] }) })
const PowerSupplySchema = Type.Object({
  name: Type.String({ description: 'Name in /sys.', examples: ['BAT0'] }),
  type: Type.String({ description: '`Battery`, `Mains`, `UPS` or `USB`.', examples: ['Battery'] }),
  status: text('Such as `Charging` or `Full`.', 'Full'),
  online: Nullable(Type.Boolean({ description: 'True if it supplies power.' })),
  capacity_percent: number('Percent.', 100),
  volts: number('V.', 12.4),
  watts: number('W.', 8.1),
  manufacturer: text('Manufacturer.', 'LGC'),
  model: text('Model.', '5B10W13932'),
  peripheral: flag('True if it supplies a peripheral, such as a mouse.'),
  reasons: ReasonsSchema
})
const UpsSchema = Type.Object({
  name: Type.String({ description: 'Name of the UPS in NUT.', examples: ['apc'] }),
  manufacturer: text('Manufacturer.', 'American Power Conversion'),
  model: text('Model.', 'Back-UPS RS 900G'),
  status: text('Flags of NUT: `OL` on line, `OB` on battery, `LB` battery low, `CHRG` charging.', 'OL CHRG'),
  battery_charge: number('Percent.', 98),
  battery_runtime_seconds: number('Seconds until the battery is empty.', 1825),
  battery_voltage: number('V.', 27.3),
  load: number('Percent.', 23),
  input_voltage: number('V.', 231),
  output_voltage: number('V.', 230),
  power_watts: number('W.', 124),
  temperature: number('°C.', 31.2),
  reasons: ReasonsSchema
})

/** The examples of a schema's fields, as an example of the whole; every field has one or is a boolean. */
function exampleOf<T extends TSchema>(schema: T): Static<T> {
  const { properties = {} } = schema as { properties?: Record<string, { examples?: unknown[]; enum?: unknown[] }> }
  return Object.fromEntries(
    Object.entries(properties).map(([name, field]) => [name, field.examples?.[0] ?? field.enum?.[0] ?? false])
  ) as Static<T>
}
const withExample = <T extends TSchema & { type: string }>(schema: T) =>
  Nullable({ ...schema, examples: [exampleOf(schema)] })
const exampleList = <T extends TSchema>(item: T, description: string) => listOf(item, description, exampleOf(item))

const sources = ['inventory', 'sensors', 'pci_names', 'memory_modules', 'nvidia', 'ups'] as const
export const HardwareReplySchema = Type.Object({
  success: SuccessSchema,
  ...ageProperties,
  system: withExample(SystemSchema),
  motherboard: withExample(MotherboardSchema),
  bios: withExample(BiosSchema),
  cpu: withExample(CpuSchema),
  memory_modules: exampleList(MemoryModuleSchema, 'Memory slots with their modules.'),
  pci_devices: exampleList(PciDeviceSchema, 'PCI devices by slot.'),
  usb_devices: exampleList(UsbDeviceSchema, 'USB devices by port, without root hubs.'),
  gpus: exampleList(GpuSchema, 'Display controllers.'),
  temperatures: exampleList(TemperatureSchema, 'Temperature sensors, without those of disks.'),
  fans: exampleList(FanSchema, 'Fans.'),
  voltages: exampleList(VoltageSchema, 'Voltages.'),
  power: exampleList(PowerSchema, 'Power meters.'),
  power_supplies: exampleList(PowerSupplySchema, 'Batteries and adapters.'),
  ups: exampleList(UpsSchema, 'UPSs of this host’s NUT server.'),
  sources: Type.Object(
    Object.fromEntries(sources.map((name) => [name, AgeSchema])) as Record<(typeof sources)[number], typeof AgeSchema>,
    {
      description: 'The age of each part.'
    }
  ),
  reasons: ReasonsSchema
})
export type HardwareReply = Static<typeof HardwareReplySchema>
