import { outputOf, type Run } from '../../programs/program.ts'
import { type Measurement, ok, unavailable } from '../measurement.ts'
import { isPlausibleTemperature } from '../temperature.ts'
import type { GpuFigures } from './gpus.ts'
import { cleanText } from './sysfs.ts'

/** What nvidia-smi says about a GPU. */
export interface NvidiaGpu extends GpuFigures {
  name: string | null
  driverVersion: string | null
}

const FIELDS =
  'pci.bus_id,name,driver_version,temperature.gpu,utilization.gpu,memory.total,memory.used,power.draw,clocks.gr,clocks.mem'
const MIB = 1024 ** 2

/** A number in plain digits up to `high`; null for `[N/A]` and `[Not Supported]`. */
const numberIn = (text: string, high: number): number | null => {
  const value = /^\d{1,12}(?:\.\d{1,6})?$/.test(text) ? Number(text) : null
  return value !== null && value <= high ? value : null
}

/** `00000000:01:00.0`, as NVIDIA writes it, in the kernel's form. */
const slotOf = (busId: string): string => busId.toLowerCase().replace(/^0000(?=[0-9a-f]{4}:)/, '')

/** The output of `nvidia-smi --query-gpu=… --format=csv,noheader,nounits`, by PCI slot. */
export function parseNvidia(text: string): Map<string, NvidiaGpu> {
  const gpus = new Map<string, NvidiaGpu>()
  for (const line of text.split('\n').slice(0, 64)) {
    const cells = line.split(',').map((cell) => cell.trim())
    if (cells.length !== FIELDS.split(',').length) continue
    const [busId = '', name, version, celsius = '', busy = '', total = '', used = '', watts = '', ...clocks] = cells
    const temperature = numberIn(celsius, 1000)
    const bytes = (mebibytes: string) => {
      const count = numberIn(mebibytes, 1e8)
      return count === null ? null : count * MIB
    }
    gpus.set(slotOf(busId), {
      name: cleanText(name),
      driverVersion: cleanText(version),
      temperature: temperature !== null && isPlausibleTemperature(temperature) ? temperature : null,
      utilization: numberIn(busy, 100),
      memoryTotal: bytes(total),
      memoryUsed: bytes(used),
      power: numberIn(watts, 10_000),
      clock: numberIn(clocks[0] ?? '', 100_000),
      memoryClock: numberIn(clocks[1] ?? '', 100_000)
    })
  }
  return gpus
}

/** GPUs of NVIDIA's own driver, from nvidia-smi. */
export const createNvidia = ({ run }: { run: Run }) => ({
  async read(): Promise<Measurement<Map<string, NvidiaGpu>>> {
    const ending = await run([`--query-gpu=${FIELDS}`, '--format=csv,noheader,nounits'])
    if (ending.kind === 'missing') return unavailable('nvidia-smi is not installed')
    const gpus = parseNvidia(outputOf(ending, 'nvidia-smi'))
    return gpus.size > 0 ? ok(gpus) : unavailable('nvidia-smi lists no GPU')
  }
})
