import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Tree } from '../tree.ts'

export const fixture = (name: string) => join(import.meta.dirname, '../fixtures/hardware', name)
export const textOf = (name: string) => readFileSync(fixture(name), 'utf8')

interface Pci {
  ids: string
  driver?: string
  files?: Tree
}
function pci(slot: string, { ids, driver, files = {} }: Pci): Tree {
  const at = `sys/bus/pci/devices/${slot}`
  const [classId, vendor, device, subVendor = '0000', subDevice = '0000', revision = '00'] = ids.split(' ')
  return {
    [`${at}/class`]: `0x${classId}\n`,
    [`${at}/vendor`]: `0x${vendor}\n`,
    [`${at}/device`]: `0x${device}\n`,
    [`${at}/subsystem_vendor`]: `0x${subVendor}\n`,
    [`${at}/subsystem_device`]: `0x${subDevice}\n`,
    [`${at}/revision`]: `0x${revision}\n`,
    ...(driver ? { [`${at}/driver`]: { to: `../../../bus/pci/drivers/${driver}` } } : {}),
    ...Object.fromEntries(Object.entries(files).map(([name, content]) => [`${at}/${name}`, content]))
  }
}

/** A workstation with three GPUs. Written by hand from the kernel's documentation of /sys. */
export const workstation: Tree = {
  'sys/class/dmi/id/sys_vendor': 'System manufacturer\n',
  'sys/class/dmi/id/product_name': 'System Product Name\n',
  'sys/class/dmi/id/product_serial': 'SERIAL-1\n',
  'sys/class/dmi/id/chassis_type': '3\n',
  'sys/class/dmi/id/board_vendor': 'ASUSTeK COMPUTER INC.\n',
  'sys/class/dmi/id/board_name': 'Pro WS W680-ACE\n',
  'sys/class/dmi/id/board_version': 'Rev 1.xx\n',
  'sys/class/dmi/id/board_serial': 'SERIAL-2\n',
  'sys/class/dmi/id/bios_vendor': 'American Megatrends Inc.\n',
  'sys/class/dmi/id/bios_version': '3701\n',
  'sys/class/dmi/id/bios_date': '05/28/2024\n',

  'proc/cpuinfo': `processor\t: 0
vendor_id\t: GenuineIntel
cpu family\t: 6
model name\t: 13th Gen Intel(R) Core(TM) i5-13500
microcode\t: 0x129
physical id\t: 0
core id\t\t: 0
flags\t\t: fpu vme de pse tsc msr ${'x'.repeat(300)} vmx smx est

processor\t: 1
vendor_id\t: GenuineIntel
model name\t: 13th Gen Intel(R) Core(TM) i5-13500
physical id\t: 0
core id\t\t: 0
flags\t\t: fpu vmx
`,
  'sys/devices/system/cpu/cpu0/cpufreq/cpuinfo_min_freq': '800000\n',
  'sys/devices/system/cpu/cpu0/cpufreq/cpuinfo_max_freq': '4800000\n',
  'sys/devices/system/cpu/cpu0/cpufreq/scaling_governor': 'performance\n',
  'sys/devices/system/cpu/cpu0/cache/index0/level': '1\n',
  'sys/devices/system/cpu/cpu0/cache/index0/type': 'Data\n',
  'sys/devices/system/cpu/cpu0/cache/index0/size': '48K\n',
  'sys/devices/system/cpu/cpu0/cache/index3/level': '3\n',
  'sys/devices/system/cpu/cpu0/cache/index3/type': 'Unified\n',
  'sys/devices/system/cpu/cpu0/cache/index3/size': '24576K\n',

  ...pci('0000:00:00.0', { ids: '060000 8086 a740 1043 8882 01' }),
  ...pci('0000:00:02.0', {
    ids: '030000 8086 4680 1043 8882 04',
    driver: 'i915',
    files: { 'drm/card0/gt_act_freq_mhz': '300\n', 'drm/renderD128/dev': '226:128\n' }
  }),
  ...pci('0000:01:00.0', {
    ids: '030000 10de 2504 1458 4074 a1',
    driver: 'nvidia',
    files: { current_link_speed: '2.5 GT/s PCIe\n', current_link_width: '16\n' }
  }),
  ...pci('0000:03:00.0', {
    ids: '030000 1002 7480 1da2 e452 cf',
    driver: 'amdgpu',
    files: {
      'power/runtime_status': 'active\n',
      gpu_busy_percent: '7\n',
      mem_info_vram_total: '8573157376\n',
      mem_info_vram_used: '318767104\n',
      iommu_group: { to: '../../../../kernel/iommu_groups/17' },
      'drm/card1/dev': '226:1\n',
      'hwmon/hwmon3/temp1_input': '41000\n',
      'hwmon/hwmon3/power1_average': '14500000\n',
      'hwmon/hwmon3/freq1_input': '500000000\n',
      'hwmon/hwmon3/freq2_input': '96000000\n'
    }
  }),
  ...pci('0000:04:00.0', { ids: '020000 8086 125b 1043 8867 06', driver: 'igc' }),
  ...pci('0000:05:00.0', { ids: '010802 144d a80a 144d a801 00', driver: 'nvme' }),
  ...pci('0000:06:00.0', { ids: '120000 1ac1 089a' }),

  'sys/bus/usb/devices/usb1/idVendor': '1d6b\n',
  'sys/bus/usb/devices/1-4/idVendor': '051d\n',
  'sys/bus/usb/devices/1-4/idProduct': '0002\n',
  'sys/bus/usb/devices/1-4/manufacturer': 'American Power Conversion\n',
  'sys/bus/usb/devices/1-4/product': 'Back-UPS RS 900G FW:879.L4 .I USB FW:L4\n',
  'sys/bus/usb/devices/1-4/serial': '4B1948P12345\n',
  'sys/bus/usb/devices/1-4/speed': '1.5\n',
  'sys/bus/usb/devices/1-4/busnum': '1\n',
  'sys/bus/usb/devices/1-4/devnum': '5\n',
  'sys/bus/usb/devices/1-4/bDeviceClass': '00\n',
  'sys/bus/usb/devices/1-4:1.0/driver': { to: '../../../../bus/usb/drivers/usbhid' },
  'sys/bus/usb/devices/2-1/idVendor': '05e3\n',
  'sys/bus/usb/devices/2-1/idProduct': '0626\n',
  'sys/bus/usb/devices/2-1/bDeviceClass': '09\n',
  'sys/bus/usb/devices/2-1/speed': '5000\n',

  'sys/class/hwmon/hwmon0/name': 'nct6798\n',
  'sys/class/hwmon/hwmon0/device': { to: '../../../nct6775.656' },
  'sys/class/hwmon/hwmon0/temp1_input': '33000\n',
  'sys/class/hwmon/hwmon0/temp1_label': 'SYSTIN\n',
  'sys/class/hwmon/hwmon0/temp1_max': '80000\n',
  'sys/class/hwmon/hwmon0/temp2_input': '-128000\n',
  'sys/class/hwmon/hwmon0/fan1_input': '812\n',
  'sys/class/hwmon/hwmon0/fan2_input': '1204\n',
  'sys/class/hwmon/hwmon0/fan2_label': 'CPU Fan\n',
  'sys/class/hwmon/hwmon0/fan3_input': '0\n',
  'sys/class/hwmon/hwmon0/in0_input': '1096\n',
  'sys/class/hwmon/hwmon1/name': 'coretemp\n',
  'sys/class/hwmon/hwmon1/temp1_input': '43000\n',
  'sys/class/hwmon/hwmon1/temp1_label': 'Package id 0\n',
  'sys/class/hwmon/hwmon1/temp1_max': '80000\n',
  'sys/class/hwmon/hwmon1/temp1_crit': '100000\n',
  'sys/class/hwmon/hwmon2/name': 'drivetemp\n',
  'sys/class/hwmon/hwmon2/temp1_input': '35000\n',
  'sys/class/hwmon/hwmon4/name': 'corsairpsu\n',
  'sys/class/hwmon/hwmon4/power1_input': '64200000\n',
  'sys/class/hwmon/hwmon4/power1_label': 'power total\n',
  // A GPU that sleeps.
  'sys/class/hwmon/hwmon5/name': 'amdgpu\n',
  'sys/class/hwmon/hwmon5/device/power/runtime_status': 'suspended\n',
  'sys/class/hwmon/hwmon5/temp1_input': '99000\n',

  'sys/class/power_supply/hidpp_battery_0/type': 'Battery\n',
  'sys/class/power_supply/hidpp_battery_0/scope': 'Device\n',
  'sys/class/power_supply/hidpp_battery_0/capacity': '55\n',
  'sys/class/power_supply/hidpp_battery_0/status': 'Discharging\n',
  'sys/class/power_supply/AC/type': 'Mains\n',
  'sys/class/power_supply/AC/online': '1\n'
}

/** The four programs of this host in a folder, as scripts that note each call. */
export function plantPrograms(
  folder: string,
  more: Partial<Record<'lspci' | 'dmidecode' | 'nvidiaSmi' | 'upsc', string>> = {}
) {
  const bodies = {
    lspci: `cat ${fixture('lspci.txt')}`,
    dmidecode: `cat ${fixture('dmidecode.txt')}`,
    nvidiaSmi: `cat ${fixture('nvidia-smi.csv')}`,
    upsc: `[ "$1" = -l ] && { echo 'Init SSL without certificate database' >&2; echo apc; exit 0; }; cat ${fixture('upsc.txt')}`,
    ...more
  }
  const programs: Record<string, string> = {}
  for (const [name, body] of Object.entries(bodies)) {
    const file = join(folder, name)
    writeFileSync(file, `#!/bin/sh\necho "$*" >> ${folder}/${name}.calls\n${body}\n`)
    chmodSync(file, 0o755)
    programs[name] = file
  }
  const calls = (name: keyof typeof bodies): string[] =>
    existsSync(join(folder, `${name}.calls`))
      ? readFileSync(join(folder, `${name}.calls`), 'utf8')
          .trim()
          .split('\n')
      : []
  return { programs, calls }
}
