import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import type { Test } from 'tap'
import type { Devices, DeviceValues } from '../../lib/history/devices.ts'
import { createRecorder } from '../../lib/history/recorder.ts'
import type { Values } from '../../lib/history/steps.ts'
import { historyMigrations } from '../../lib/history/tables.ts'
import { isDamaged, openDatabase, replaceDamaged } from '../../lib/storage/database.ts'
import { createHistoryStore } from '../../lib/storage/history-store.ts'
import { temporaryFolder } from '../support/app.ts'

export const NOON = Date.UTC(2025, 5, 1, 12)
export const NOON_S = NOON / 1000

/** A recorder in a folder of its own, on clocks the test moves. */
export async function recorderIn(t: Test, { folder }: { folder?: string } = {}) {
  const place = folder ?? (await temporaryFolder(t))
  const path = join(place, 'history.sqlite')
  let clock = NOON
  let monotonicNow = 0
  let values: Values = { cpu: 0.5 }
  let devices: Devices = {}
  let database: DatabaseSync | undefined
  let refusal: Error | null = null
  const troubles: (Error | null)[] = []
  const asides: string[] = []
  const recorder = createRecorder({
    async open(isFileDamaged) {
      if (refusal) throw refusal
      const onSetAside = (to: string) => void asides.push(to)
      const options = { path, migrations: historyMigrations, now: Date.now, onSetAside }
      database = isFileDamaged ? replaceDamaged(options) : openDatabase(options)
      return createHistoryStore(database)
    },
    collect: () => values,
    collectDevices: () => devices,
    now: () => clock,
    monotonicNow: () => monotonicNow,
    isInPlace: () => existsSync(path),
    isDamaged,
    onTrouble: (error) => troubles.push(error)
  })
  t.teardown(() => recorder.close())
  const rig = {
    recorder,
    path,
    folder: place,
    troubles,
    asides,
    database: () => database!,
    refuse: (error: Error | null) => (refusal = error),
    measure: (next: Values) => (values = next),
    /** Values of interfaces and of disks, by name. */
    transfer(next: Record<string, DeviceValues>) {
      devices = { ...devices, interface: new Map(Object.entries(next)) }
    },
    turn(next: Record<string, DeviceValues>) {
      devices = { ...devices, disk: new Map(Object.entries(next)) }
    },
    setClock: (to: number) => (clock = to),
    clock: () => clock,
    /** Time in which the daemon is off. */
    skip(ms: number) {
      clock += ms
      monotonicNow += ms
    },
    /** A tick every so often for so long, and what they set off. */
    async run(ms: number, every = 5000) {
      for (let left = ms; left > 0; left -= every) {
        recorder.tick()
        clock += every
        monotonicNow += every
        await recorder.settled()
      }
    },
    rows: (seconds: number, columns = 'at, cpu, cpu_n, cpu_max') =>
      database!
        .prepare(`SELECT ${columns} FROM steps_${seconds} ORDER BY at`)
        .all()
        .map((row) => ({ ...row }))
  }
  return rig
}
