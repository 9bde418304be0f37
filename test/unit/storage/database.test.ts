import { readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { createSessionStore } from '../../../lib/storage/session-store.ts'
import { openStateDatabase } from '../../../lib/storage/state-database.ts'
import { temporaryFolder } from '../../support/app.ts'
import { openState } from '../../support/audit.ts'

const fields = {
  userId: 1,
  credential: 'c',
  amr: ['pwd'],
  address: '192.0.2.1',
  userAgent: 'x'.repeat(900),
  createdAt: 0,
  confirmedAt: 0,
  expiresAt: 1000
}

t.test('the database and its log are private', async (t) => {
  const folder = await temporaryFolder(t)
  const database = openState(t, join(folder, 'state.sqlite'))
  await createSessionStore(database).open(fields, 'h1')
  for (const name of readdirSync(folder)) t.equal(statSync(join(folder, name)).mode & 0o077, 0, name)
  await database.close()
})

t.test('an invalid database file is moved aside, and no session is live', async (t) => {
  const folder = await temporaryFolder(t)
  const path = join(folder, 'state.sqlite')
  writeFileSync(path, 'this is no database, and long enough to be seen as none'.repeat(40))
  const moved: string[] = []
  const database = openStateDatabase({ path, now: () => 0, onSetAside: (to) => moved.push(to), onTrouble() {} })
  t.match(moved, [/state\.sqlite\.broken-1970/])
  t.equal(createSessionStore(database).find('any', 0), null)
  await database.close()
  t.ok(readdirSync(folder).some((name) => name.includes('broken')))
})
