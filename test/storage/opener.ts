// One of several processes that open a new state database at the same moment.
import { openDatabase } from '../../lib/storage/database.ts'
import { stateMigrations } from '../../lib/storage/state-tables.ts'

const path = process.argv[2]!
process.once('message', () => {
  openDatabase({ path, migrations: stateMigrations, now: Date.now, onSetAside: () => process.exit(2) }).close()
  process.disconnect()
})
process.send!('ready')
