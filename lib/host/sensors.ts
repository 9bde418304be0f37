import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Measurement, ok, unavailable } from './measurement.ts'
import { readText } from './source.ts'
import { NO_SENSOR, parseMillidegrees, pickCpuSensors, type Sensor } from './temperature.ts'

const list = (folder: string): Promise<string[]> => readdir(folder).catch(() => [])
const textOf = async (path: string): Promise<string> => (await readText(path)).value?.trim() ?? ''

async function listHwmon(sysDir: string): Promise<Sensor[]> {
  const sensors: Sensor[] = []
  for (const entry of await list(join(sysDir, 'class/hwmon'))) {
    const folder = join(sysDir, 'class/hwmon', entry)
    const chip = await textOf(join(folder, 'name'))
    for (const file of await list(folder)) {
      if (!/^temp\d+_input$/.test(file)) continue
      const label = await textOf(join(folder, file.replace('_input', '_label')))
      sensors.push({ chip, label, path: join(folder, file) })
    }
  }
  return sensors
}

async function listThermalZones(sysDir: string): Promise<Sensor[]> {
  const sensors: Sensor[] = []
  for (const entry of await list(join(sysDir, 'class/thermal'))) {
    if (!entry.startsWith('thermal_zone')) continue
    const folder = join(sysDir, 'class/thermal', entry)
    sensors.push({ chip: await textOf(join(folder, 'type')), label: '', path: join(folder, 'temp') })
  }
  return sensors
}

/**
 * Reads the CPU temperature in °C; of several sockets, the hottest. Opens only CPU sensors, because reading a disk's
 * sensor would wake the disk.
 */
export function createThermometer(sysDir: string, retryAfterReadings: number) {
  let sensors: Sensor[] = []
  let readingsUntilRetry = 0

  return async (): Promise<Measurement<number>> => {
    // A driver may be loaded later, or reloaded under another number.
    if (sensors.length === 0 && readingsUntilRetry-- <= 0) {
      const hwmon = pickCpuSensors(await listHwmon(sysDir))
      sensors = hwmon.length > 0 ? hwmon : pickCpuSensors(await listThermalZones(sysDir))
      readingsUntilRetry = retryAfterReadings
    }
    if (sensors.length === 0) return unavailable(NO_SENSOR)

    let hottest: number | null = null
    let reason = ''
    for (const { path } of sensors) {
      const text = await readText(path)
      const celsius = text.value === null ? text : parseMillidegrees(text.value)
      if (celsius.value === null) reason = celsius.reason
      else if (hottest === null || celsius.value > hottest) hottest = celsius.value
    }
    if (hottest !== null) return ok(hottest)
    sensors = []
    readingsUntilRetry = 0
    return unavailable(reason)
  }
}
