import type { Test } from 'tap'
import { createGuests } from '../../lib/guests/guests.ts'
import type { Outcome } from '../../lib/guests/types.ts'
import type { Sample } from '../../lib/host/sampling.ts'
import { createProgram } from '../../lib/programs/program.ts'
import { createProxmox as createReader } from '../../lib/proxmox/client.ts'
import type { Resources } from '../../lib/proxmox/resources.ts'
import { temporaryFolder } from '../support/app.ts'
import type { StateOptions } from '../support/proxmox/initial.ts'
import { createProxmox } from '../support/proxmox/proxmox.ts'
import { passTime } from '../support/waiting.ts'

export interface RigOptions extends StateOptions {
  timeoutMs?: number
  /** How much faster waits are, and the clock of intervals. */
  speed?: number
}

/** The guests of a small Proxmox VE in a folder. */
export async function createRig(t: Test, { timeoutMs = 20_000, speed = 1, ...options }: RigOptions = {}) {
  const proxmox = createProxmox({ folder: await temporaryFolder(t), ...options })
  const { run, stop } = createProgram({ file: proxmox.programs.pvesh, timeoutMs, maxBytes: 1e6 })
  const reader = createReader({ run })
  let sample: Sample<Resources> = { value: null, reason: 'not measured yet', sampledAt: null, stale: false }
  let reading: Promise<typeof sample> | null = null
  const readList = async () => {
    const { value } = await reader.read().finally(() => {
      reading = null
    })
    sample = { value, reason: null, sampledAt: Date.now(), stale: false }
    return sample
  }
  let ahead = 0
  const faults: unknown[] = []
  const guests = createGuests({
    file: proxmox.programs.pvesh,
    timeoutMs,
    resources: {
      want: () => sample,
      fresh() {
        reading ??= readList()
        return reading
      }
    },
    now: Date.now,
    monotonicNow: () => performance.now() * speed + ahead,
    wait: (ms) => passTime(ms / speed),
    onFault: (error) => void faults.push(error)
  })
  // Waits may be too short for the first reading.
  await readList()
  t.teardown(() => {
    guests.close()
    stop()
  })
  return {
    proxmox,
    guests,
    faults,
    /** How often the stand-in of pvesh was called with a path that has this text. */
    calls: (text: string) => proxmox.calls().filter((words) => words[0] === 'pvesh' && words.join(' ').includes(text)),
    /** The clock of intervals runs ahead. */
    pass: (ms: number) => {
      ahead += ms
    },
    /** Reads the list of guests and nodes again. */
    refresh: readList,
    /** Ends what `createGuests` runs. */
    close: guests.close
  }
}
export type Rig = Awaited<ReturnType<typeof createRig>>

export function unwrap<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.code}: ${outcome.reason}`)
  return outcome.value
}
