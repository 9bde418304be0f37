import t, { type Test } from 'tap'
import { recordOf } from '../../lib/auth/accounts.ts'
import type { PanelDatabase } from '../../lib/storage/panel/database.ts'
import { rotateKey } from '../../lib/storage/panel/rotate-key.ts'
import { prepareSecret } from '../../lib/storage/panel/signing-secret.ts'
import { createOwner, createUser, OWNER, SECRET, START, userEntry } from '../storage/store-suite/rig.ts'
import { postgresqlMissing, startPostgresql } from '../support/postgresql.ts'
import { redisMissing, startRedis } from '../support/redis.ts'
import { type Accounts, newKeys, openAccounts } from './accounts-rig.ts'

const PENDING = 'KRSXG5CTMVRXEZLUKN2HE2LO'

/** Everything that PostgreSQL and Redis hold, as text. */
async function dump({ database, redis }: Accounts): Promise<{ tables: string; keys: string }> {
  const named = await database.query<{ name: string }>(
    'all',
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'"
  )
  const tables: unknown[] = []
  for (const { name } of named) tables.push(await database.query('all', `SELECT * FROM "${name}"`))
  const keys = await redis.keys('*')
  return { tables: JSON.stringify(tables), keys: JSON.stringify([keys, await redis.mget(keys)]) }
}

t.test('secrets of a panel', { skip: postgresqlMissing || redisMissing }, async (t) => {
  const [postgresql, redis] = await Promise.all([startPostgresql(t), startRedis(t)])
  let databases = 0
  const open = async (t: Test) => {
    const options = { postgresql: await postgresql.createDatabase(), redis: redis.url(databases++), keys: newKeys() }
    return { options, replica: await openAccounts(t, options) }
  }

  t.test('no secret is stored in clear text', async (t) => {
    const { replica } = await open(t)
    const { auth, access } = replica
    await createOwner(auth)
    await createUser(auth, 2, 'adam')
    const pending = { secret: PENDING, backup_codes: [], created_at: new Date(START).toISOString() }
    for (const id of [OWNER, 2]) {
      await auth.change({ accounts: [id] }, (draft) => {
        Object.assign(recordOf(draft, id)!, { totp_enabled: true, totp_secret: SECRET, totp_pending: pending })
      })
      const facts = await access.read({ userId: id, now: START })
      t.match(facts.account, { totpSecret: SECRET, totpPending: { secret: PENDING } }, 'they are read again')
    }
    const { tables, keys } = await dump(replica)
    t.match(tables, /"totp_secret":"[\w+/=]{40,}"/)
    t.match(keys, /monitor:0:user:2/, 'Redis has versions')
    for (const secret of [SECRET, PENDING, await auth.secret()]) {
      for (const form of [secret, Buffer.from(secret).toString('base64'), Buffer.from(secret).toString('hex')]) {
        t.notOk(tables.includes(form), 'PostgreSQL')
        t.notOk(keys.includes(form), 'Redis')
      }
    }
    t.notOk(keys.includes('pbkdf2'), 'no password hash is in Redis')
  })

  t.test('replicas that start at the same time mint one signing secret', async (t) => {
    const { options, replica } = await open(t)
    await replica.database.query('all', 'DELETE FROM system_preferences')
    await Promise.all(Array.from({ length: 10 }, () => prepareSecret(replica.database, replica.keys)))
    const others = await Promise.all([openAccounts(t, options), openAccounts(t, options)])
    const secrets = await Promise.all(others.map(({ auth }) => auth.secret()))
    t.match(secrets[0], /^[\w-]{64}$/)
    t.equal(secrets[0], secrets[1])
  })

  t.test('a start with another key fails with one line, which contains no key', async (t) => {
    const { options, replica } = await open(t)
    const other = newKeys()
    const error = await prepareSecret(replica.database, other).catch((error: Error) => error)
    t.match((error as Error).message, /^MONITOR_ENCRYPTION_KEY is not the key that this database was encrypted with/)
    const { message } = error as Error
    t.notMatch(message, '\n')
    for (const key of [other[0], options.keys[0]])
      for (const form of ['hex', 'base64'] as const) t.notOk(message.includes(key.toString(form)))
    await prepareSecret(replica.database, [other[0], options.keys[0]])
  })

  t.test('after a rotation, also an interrupted one, everything is encrypted with the new key', async (t) => {
    const { options, replica } = await open(t)
    const USERS = 450
    await createOwner(replica.auth)
    await replica.auth.change({}, (draft) => {
      draft.users = Array.from({ length: USERS }, (_, i) => ({
        ...userEntry(i + 2, `user${i}`),
        ...(i % 2 === 0 ? { totp_enabled: true, totp_secret: SECRET } : {}),
        ...(i % 3 === 0 ? { totp_pending: { secret: PENDING, backup_codes: [], created_at: '' } } : {})
      }))
    })
    const secret = await replica.auth.secret()
    const next = newKeys()
    const both = [next[0], options.keys[0]] as const
    const total = 1 + USERS / 2 + USERS / 3

    let transactions = 0
    const breaksOff: PanelDatabase = {
      ...replica.database,
      transaction(tenant, work) {
        if (++transactions === 2) throw new Error('broken off')
        return replica.database.transaction(tenant, work)
      }
    }
    await t.rejects(rotateKey(breaksOff, both), /broken off/)
    const rotation = await rotateKey(replica.database, both)
    t.equal(rotation.secrets, total)
    t.ok(rotation.renewed > 0 && rotation.renewed < total, 'what was done is skipped')
    t.same(await rotateKey(replica.database, both), { secrets: total, renewed: 0 })

    const { auth } = await openAccounts(t, { ...options, keys: next })
    t.equal(await auth.secret(), secret)
    const accounts = await auth.listAccounts()
    t.equal(accounts.length, USERS + 1)
    t.equal(accounts.filter(({ totpSecret }) => totpSecret === SECRET).length, USERS / 2)
    t.equal(accounts.filter(({ totpPending }) => totpPending?.secret === PENDING).length, USERS / 3)
    await t.rejects(rotateKey(replica.database, newKeys()), { name: 'DecryptionError' })
  })
})
