// Records without a pause up to a time, and says what it has written, until it is killed.
import { createRecorder } from '../../lib/history/recorder.ts'
import { historyMigrations } from '../../lib/history/tables.ts'
import { openDatabase } from '../../lib/storage/database.ts'
import { createHistoryStore } from '../../lib/storage/history-store.ts'

const [path, startedAt, until] = process.argv.slice(2)
let now = Number(startedAt)
const recorder = createRecorder({
  open: async () =>
    createHistoryStore(
      openDatabase({ path: path!, migrations: historyMigrations, now: Date.now, onSetAside: () => process.exit(2) })
    ),
  collect: () => ({ cpu: 0.5 }),
  now: () => now,
  monotonicNow: () => now,
  isInPlace: () => true,
  isDamaged: () => false,
  onTrouble: () => process.exit(3)
})
while (now < Number(until)) {
  recorder.tick()
  now += 10_000
  await recorder.settled()
  await new Promise((sent) => process.send!(now, sent))
}
setInterval(() => {}, 1000)
