import { readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { openDatabase } from '../../lib/storage/database.ts'
import { createSessionStore } from '../../lib/storage/session-store.ts'
import { temporaryFolder } from '../helper.ts'

const fields = {
  userId: 1,
  credential: 'c',
  amr: ['pwd'],
  address: '192.0.2.1',
  userAgent: 'x'.repeat(900),
  createdAt: 0,
  expiresAt: 1000
}
const never = () => t.fail('a good database was moved aside')

t.test('the database and its log are private', async (t) => {
  const folder = await temporaryFolder(t)
  const database = openDatabase(join(folder, 'state.sqlite'), never)
  await createSessionStore(database).open(fields, 'h1')
  for (const name of readdirSync(folder)) t.equal(statSync(join(folder, name)).mode & 0o077, 0, name)
  database.close()
})

t.test('a file that is no database is moved aside, and then no session is live', async (t) => {
  const folder = await temporaryFolder(t)
  const path = join(folder, 'state.sqlite')
  writeFileSync(path, 'this is no database, and long enough to be seen as none'.repeat(40))
  const moved: string[] = []
  const database = openDatabase(
    path,
    (to) => moved.push(to),
    () => 0
  )
  t.match(moved, [/state\.sqlite\.broken-1970/])
  t.equal(createSessionStore(database).find('any', 0), null)
  database.close()
  t.ok(readdirSync(folder).some((name) => name.includes('broken')))
})

t.test('sessions live until their time, their end or their user’s, also across a reopening', async (t) => {
  const path = join(await temporaryFolder(t), 'state.sqlite')
  const first = openDatabase(path, never)
  const store = createSessionStore(first)
  const mine = await store.open(fields, 'h1')
  const other = await store.open({ ...fields, userId: 2 }, 'h2')
  t.equal(mine.userAgent.length, 256)
  t.not(mine.sid, other.sid)
  t.ok(store.find(mine.sid, 999))
  t.equal(store.find(mine.sid, 1000), null)
  t.equal(await store.endAll(1), 1)
  await store.renewCredential(2, 'c', 'd')
  first.close()

  const second = openDatabase(path, never)
  const again = createSessionStore(second)
  t.equal(again.find(mine.sid, 0), null)
  t.match(again.find(other.sid, 0), { credential: 'd', amr: ['pwd'], userId: 2 })
  await again.removeExpired(1000)
  t.equal(again.find(other.sid, 0), null)
  second.close()
})
