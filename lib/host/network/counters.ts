import { decodeName } from '../bytes.ts'
import { type Measurement, ok, unavailable } from '../measurement.ts'
import { countIn } from '../plausible.ts'
import type { Counters } from '../rates.ts'

/** Column indexes in /proc/net/dev. Received drops include packets lost because the ring buffer was full. */
const COLUMNS = {
  rxBytes: 0,
  rxPackets: 1,
  rxErrors: 2,
  rxDropped: 3,
  txBytes: 8,
  txPackets: 9,
  txErrors: 10,
  txDropped: 11
}
/** Since boot, or since the interface was created. */
export type InterfaceCounters = Counters<keyof typeof COLUMNS>

const columns = Object.entries(COLUMNS) as [keyof typeof COLUMNS, number][]

/** Reads the text of /proc/net/dev (proc_pid_net(5)). */
export function parseNetDev(text: string): Measurement<Map<string, InterfaceCounters>> {
  const interfaces = new Map<string, InterfaceCounters>()
  for (const line of text.split('\n')) {
    const match = /^ *([^ :]{1,64}): *(\S+(?: +\S+){15,})$/.exec(line)
    if (!match) continue
    const numbers = match[2]!.split(/ +/)
    const counters = {} as Record<keyof typeof COLUMNS, number | null>
    for (const [name, index] of columns) counters[name] = countIn(numbers[index])
    interfaces.set(decodeName(match[1]!), counters)
  }
  return interfaces.size === 0 ? unavailable('/proc/net/dev lists no interface') : ok(interfaces)
}
