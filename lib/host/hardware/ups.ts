import { type Ending, outputOf, type Run } from '../../programs/program.ts'
import { type Measurement, ok, unavailable } from '../measurement.ts'
import { cleanText } from './sysfs.ts'

/** A UPS that NUT knows; null where its driver reports nothing. Serial numbers are left out. */
export interface Ups {
  name: string
  manufacturer: string | null
  model: string | null
  /** The flags of NUT, such as `OL CHRG` (on line, charging) or `OB LB` (on battery, battery low). */
  status: string | null
  /** Percent. */
  charge: number | null
  load: number | null
  /** Seconds until the battery is empty. */
  runtime: number | null
  /** V. */
  inputVoltage: number | null
  outputVoltage: number | null
  batteryVoltage: number | null
  /** W. */
  power: number | null
  /** °C. */
  temperature: number | null
  /** Why there are no figures; null if the driver answered. */
  reason: string | null
}

/** More than any host has. Each takes a program. */
const MAX_UPS = 8

/** The output of `upsc <ups>`: `variable: value` per line (upsc(8); variables in NUT's nut-names.txt). */
export function parseUps(name: string, text: string, reason: string | null = null): Ups {
  const variables = new Map(
    text.split('\n').flatMap((line): [string, string][] => {
      const [, variable, value] = /^([\w.]+): (.*)$/.exec(line) ?? []
      return variable ? [[variable, value!]] : []
    })
  )
  const textIn = (...names: string[]) => names.map((each) => cleanText(variables.get(each))).find(Boolean) ?? null
  const number = (variable: string, low: number, high: number): number | null => {
    const value = variables.get(variable)?.trim() ?? ''
    if (!/^-?\d{1,9}(?:\.\d{1,6})?$/.test(value)) return null
    return Number(value) >= low && Number(value) <= high ? Number(value) : null
  }
  return {
    name,
    manufacturer: textIn('device.mfr', 'ups.mfr'),
    model: textIn('device.model', 'ups.model'),
    status: textIn('ups.status'),
    charge: number('battery.charge', 0, 100),
    load: number('ups.load', 0, 1000),
    runtime: number('battery.runtime', 0, 1e8),
    inputVoltage: number('input.voltage', 0, 1000),
    outputVoltage: number('output.voltage', 0, 1000),
    batteryVoltage: number('battery.voltage', 0, 1000),
    power: number('ups.realpower', 0, 1e6),
    temperature: number('ups.temperature', -40, 150),
    reason
  }
}

/** Such as `Error: Data stale` or `Error: Driver not connected`: the UPS is there, and its figures are not. */
function reasonOf(ending: Ending): string {
  try {
    outputOf(ending, 'upsc')
    return 'upsc printed nothing'
  } catch (error) {
    return (error as Error).message
  }
}

/** The UPSs of this host's own NUT server, from upsc. */
export const createUps = ({ run }: { run: Run }) => ({
  async read(): Promise<Measurement<Ups[]>> {
    const listed = await run(['-l'])
    if (listed.kind === 'missing') return unavailable('upsc is not installed; to install it: apt install nut-client')
    if (listed.kind === 'ended' && /Connection refused|Connection failure/.test(listed.stderr))
      return unavailable('no NUT server runs on this host')
    const names = outputOf(listed, 'upsc')
      .split('\n')
      .filter((name) => /^[\w.-]{1,64}$/.test(name))
    if (names.length === 0) return unavailable('the NUT server has no UPS')
    const found: Ups[] = []
    for (const name of names.slice(0, MAX_UPS)) {
      const ending = await run([name])
      if (ending.kind === 'ended' && ending.code === 0) found.push(parseUps(name, ending.stdout))
      else found.push(parseUps(name, '', reasonOf(ending)))
    }
    return ok(found)
  }
})
