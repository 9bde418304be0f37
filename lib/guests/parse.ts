import type { GuestInterface, GuestPoint, GuestSeries } from '../../schemas/host/guests.ts'
import { guestSeries } from '../../schemas/host/guests.ts'
import { type Entry, isEntry, isSet, numberOf, textIn } from '../proxmox/resources.ts'

// What pvesh prints is external text: types are checked, unknown fields ignored.

const entriesOf = (answer: unknown): Entry[] => (Array.isArray(answer) ? answer.filter(isEntry) : [])

/** Options with secrets. `env` has the environment of a container's first process (Proxmox VE 9.1). */
const SECRET = /^(cipassword|env)$|passw|secret|token/i
const MAX_VALUE = 8192

const textOf = (value: unknown): string => {
  // Raw lines of a container, `lxc.x: y`, are a list of pairs.
  if (Array.isArray(value)) return value.map((pair) => [pair].flat().join(': ')).join('\n')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** A guest's options as text, without secrets. Throws if the answer is no configuration. */
export function parseConfig(answer: unknown): Record<string, string> {
  if (!isEntry(answer) || Array.isArray(answer)) throw new Error('unexpected output from pvesh')
  const options = Object.entries(answer)
    .filter(([name, value]) => name !== 'digest' && !SECRET.test(name) && value !== null)
    .map(([name, value]) => [name, textOf(value).slice(0, MAX_VALUE).toWellFormed()])
  return Object.fromEntries(options)
}

/** True if the configuration of a VM switches the QEMU guest agent on: `1`, or `enabled=1,…`. */
export const hasAgent = (config: Record<string, string>): boolean => /^(enabled=)?1(,|$)/.test(config.agent ?? '')

export interface CurrentState {
  /** For the fields that the list of resources has too, under its names. */
  entry: Entry
  qmpStatus: string | null
  lock: string | null
  haManaged: boolean
}

/** GET …/status/current. Throws if the answer has no status. */
export function parseCurrent(answer: unknown): CurrentState {
  if (!isEntry(answer) || textIn(answer.status) === '') throw new Error('unexpected output from pvesh')
  return {
    entry: { ...answer, maxcpu: answer.cpus },
    qmpStatus: textIn(answer.qmpstatus) || null,
    lock: textIn(answer.lock) || null,
    haManaged: isEntry(answer.ha) && isSet(answer.ha.managed)
  }
}

const isLoopback = (name: string, mac: string | null) =>
  name === 'lo' || (mac === '00:00:00:00:00:00' && /^lo/i.test(name))

const macOf = (entry: Entry) =>
  textIn(entry['hardware-address']).toLowerCase() || textIn(entry.hwaddr).toLowerCase() || null

function addressesOf(entry: Entry): string[] {
  const listed = entriesOf(entry['ip-addresses']).flatMap((each) => {
    const address = textIn(each['ip-address'])
    const prefix = numberOf(each.prefix)
    return address === '' ? [] : [prefix === null ? address : `${address}/${prefix}`]
  })
  const older = [textIn(entry.inet), textIn(entry.inet6)].filter((address) => address !== '')
  return [...new Set([...listed, ...older])]
}

/** GET …/lxc/{vmid}/interfaces, and the same of a VM's agent, which has it under `result`. */
export function parseInterfaces(answer: unknown): GuestInterface[] {
  const entries = entriesOf(isEntry(answer) && 'result' in answer ? answer.result : answer)
  return entries.flatMap((entry) => {
    const name = textIn(entry.name)
    const mac = macOf(entry)
    return name === '' || isLoopback(name, mac) ? [] : [{ name, mac, addresses: addressesOf(entry) }]
  })
}

const seriesNames = Object.keys(guestSeries) as GuestSeries[]

/** GET …/rrddata, oldest first. Proxmox VE reports 0 for the disks of a VM, whose use it cannot see. */
export function parseHistory(answer: unknown, type: 'qemu' | 'lxc'): GuestPoint[] {
  const points = entriesOf(answer).flatMap((entry) => {
    const time = numberOf(entry.time)
    if (time === null || !Number.isInteger(time)) return []
    const values = seriesNames.map((name) => [name, numberOf(entry[name])])
    const point = { time, ...Object.fromEntries(values) } as GuestPoint
    if (type === 'qemu' && point.disk === 0) point.disk = null
    return [point]
  })
  return points.sort((a, b) => a.time - b.time)
}
