// Another process over the same database: writes as many entries as it is told, one at a time.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { createIndexWriter } from '../../lib/audit/index-writer.ts'
import { createAuditStore } from '../../lib/storage/audit-store.ts'
import { openStateDatabase } from '../../lib/storage/state-database.ts'
import { entriesOf } from '../support/audit.ts'
import { until } from '../support/waiting.ts'

const [path, count] = process.argv.slice(2)
const exit = () => process.exit(1)
const database = openStateDatabase({ path: path!, now: Date.now, onSetAside: exit, onTrouble: exit })
const writer = createIndexWriter({ store: createAuditStore(database) })
const [entry] = entriesOf((audit) => audit.userUnlocked({ address: '::1', user: 'other' }))
process.send!('ready')
for (let i = 0; i < Number(count); i++) {
  writer.append(entry!)
  await nextTurn()
}
await until(() => writer.state().waiting === 0)
await writer.close()
await database.close()
process.disconnect()
