import { join } from 'node:path'
import { type Measurement, ok, unavailable } from '../measurement.ts'
import { linkOf, list, numberOf, textOf } from './sysfs.ts'

/** A PCI device; ids are hexadecimal, without 0x. */
export interface PciDevice {
  /** Domain, bus, device and function: `0000:01:00.0`. */
  slot: string
  /** Class and subclass, four digits; the programming interface is left out, as lspci does. */
  classId: string
  vendorId: string
  deviceId: string
  subsystemVendorId: string | null
  subsystemDeviceId: string | null
  revision: string | null
  driver: string | null
  iommuGroup: string | null
  /** GT/s. */
  linkSpeed: number | null
  linkWidth: number | null
}

export interface UsbDevice {
  /** The port in the kernel's form, such as `1-4.2`. */
  port: string
  bus: number | null
  address: number | null
  vendorId: string
  productId: string
  manufacturer: string | null
  product: string | null
  /** Mbit/s. */
  speed: number | null
  isHub: boolean
  /** The drivers of its interfaces. */
  drivers: string[]
}

const SLOT = /^[0-9a-f]{4,8}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]$/
const hexOf = async (path: string, length: number): Promise<string | null> => {
  const text = (await textOf(path)) ?? ''
  return new RegExp(`^(?:0x)?[0-9a-f]{${length}}$`).test(text) ? text.slice(-length) : null
}
/** `16.0 GT/s PCIe` or `2.5 GT/s`. */
const gigatransfers = (text: string | null): number | null => {
  const match = /^(\d{1,3}(?:\.\d)?) GT\/s/.exec(text ?? '')
  return match ? Number(match[1]) : null
}

/** The PCI devices in /sys, in the order of their slots. Files of `config` space are not read, which would wake devices. */
export async function readPciDevices(sysDir: string): Promise<Measurement<PciDevice[]>> {
  const root = join(sysDir, 'bus/pci/devices')
  const slots = (await list(root)).filter((name) => SLOT.test(name))
  if (slots.length === 0) return unavailable('this host has no PCI bus')
  const devices: PciDevice[] = []
  for (const slot of slots) {
    const folder = join(root, slot)
    const [classId, vendorId, deviceId] = [
      await hexOf(join(folder, 'class'), 6),
      await hexOf(join(folder, 'vendor'), 4),
      await hexOf(join(folder, 'device'), 4)
    ]
    // The device was removed meanwhile.
    if (classId === null || vendorId === null || deviceId === null) continue
    const subsystemVendorId = await hexOf(join(folder, 'subsystem_vendor'), 4)
    const hasSubsystem = subsystemVendorId !== null && subsystemVendorId !== '0000'
    devices.push({
      slot,
      classId: classId.slice(0, 4),
      vendorId,
      deviceId,
      subsystemVendorId: hasSubsystem ? subsystemVendorId : null,
      subsystemDeviceId: hasSubsystem ? await hexOf(join(folder, 'subsystem_device'), 4) : null,
      revision: await hexOf(join(folder, 'revision'), 2),
      driver: await linkOf(folder, 'driver'),
      iommuGroup: await linkOf(folder, 'iommu_group'),
      linkSpeed: gigatransfers(await textOf(folder, 'current_link_speed')),
      linkWidth: await numberOf(join(folder, 'current_link_width'), { low: 1, high: 64 })
    })
  }
  return ok(devices)
}

/** The USB devices in /sys, without the root hubs that the kernel adds for each controller. */
export async function readUsbDevices(sysDir: string): Promise<Measurement<UsbDevice[]>> {
  const root = join(sysDir, 'bus/usb/devices')
  const names = await list(root)
  if (names.length === 0) return unavailable('this host has no USB controller')
  const devices: UsbDevice[] = []
  for (const port of names.filter((name) => /^\d+-\d+(?:\.\d+)*$/.test(name))) {
    const folder = join(root, port)
    const [vendorId, productId] = [await hexOf(join(folder, 'idVendor'), 4), await hexOf(join(folder, 'idProduct'), 4)]
    if (vendorId === null || productId === null) continue
    const drivers = new Set<string>()
    for (const entry of names.filter((name) => name.startsWith(`${port}:`))) {
      const driver = await linkOf(root, entry, 'driver')
      if (driver !== null) drivers.add(driver)
    }
    const speed = Number(await textOf(folder, 'speed'))
    devices.push({
      port,
      bus: await numberOf(join(folder, 'busnum'), { low: 1, high: 65_535 }),
      address: await numberOf(join(folder, 'devnum'), { low: 1, high: 65_535 }),
      vendorId,
      productId,
      manufacturer: await textOf(folder, 'manufacturer'),
      product: await textOf(folder, 'product'),
      speed: speed > 0 && speed <= 100_000 ? speed : null,
      isHub: (await hexOf(join(folder, 'bDeviceClass'), 2)) === '09',
      drivers: [...drivers]
    })
  }
  return ok(devices)
}
