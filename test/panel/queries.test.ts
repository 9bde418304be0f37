import t from 'tap'
import { changeAccess } from '../../lib/storage/panel/access-cache.ts'
import type { PanelDatabase, Query } from '../../lib/storage/panel/database.ts'
import { rotateKey } from '../../lib/storage/panel/rotate-key.ts'
import { createToken, createUser, START, tokenEntry } from '../storage/store-suite/rig.ts'
import { postgresqlMissing, startPostgresql } from '../support/postgresql.ts'
import { redisMissing, startRedis } from '../support/redis.ts'
import { newKeys, openAccounts } from './accounts-rig.ts'

const TENANTS = 50
const USERS = 20_000
const TENANT = 7

/** Users 1 to 400 of each tenant, each with an API token, half of them revoked, and a session. */
const FILL = `
  INSERT INTO tenants (id, slug, name, created_at, enabled)
    SELECT id, 'tenant' || id, 'Tenant', 0, true FROM generate_series(1, ${TENANTS} - 1) AS id;
  INSERT INTO users (tenant_id, id, username, name_key, password_hash, iterations, user_type)
    SELECT n % ${TENANTS}, 1 + n / ${TENANTS}, 'user' || n / ${TENANTS}, 'user' || n / ${TENANTS},
      'pbkdf2_sha256$1000$c2FsdHNhbHQ=$aGFzaGhhc2hoYXNoaGFzaA==', 1000, 'customer' FROM generate_series(0, ${USERS} - 1) n;
  INSERT INTO api_tokens (tenant_id, id, user_id, name, token_hash, token_prefix, created_at, expires_at)
    SELECT tenant_id, 't' || id, id, '', 'hash' || id, '', '', '' FROM users;
  INSERT INTO revoked_tokens (tenant_id, token_hash) SELECT tenant_id, token_hash FROM api_tokens WHERE user_id % 2 = 0;
  INSERT INTO sessions (tenant_id, sid, user_id, credential, amr, address, user_agent, created_at, expires_at,
      last_used_at, unusual)
    SELECT tenant_id, 's' || id, id, '', '{pwd}', '', '', 0, ${START} + 1000, 0, false FROM users;`

interface Plan {
  'Node Type': string
  'Relation Name'?: string
  'One-Time Filter'?: string
  Plans?: Plan[]
}

/** Tables that grow with the number of users. */
const BIG = ['users', 'api_tokens', 'revoked_tokens', 'sessions']
const scansIn = (plan: Plan): string[] => {
  // What lies below is never run: a key of the statement is null.
  if (plan['One-Time Filter'] === 'false') return []
  const own = plan['Node Type'] === 'Seq Scan' ? BIG.filter((table) => table === plan['Relation Name']) : []
  return [...own, ...(plan.Plans ?? []).flatMap(scansIn)]
}

t.test('no statement of the accounts scans a whole table', { skip: postgresqlMissing || redisMissing }, async (t) => {
  const [postgresql, redis] = await Promise.all([startPostgresql(t), startRedis(t)])
  /** By their text and by which of their values are null. */
  const statements = new Map<string, { text: string; values: unknown[] }>()
  const collect =
    (query: Query): Query =>
    (text, values = []) => {
      statements.set(JSON.stringify([text, values.map((value) => value === null)]), { text, values })
      return query(text, values)
    }
  const wrap = (database: PanelDatabase): PanelDatabase => ({
    ...database,
    query: (tenant, text, values) => collect((...args) => database.query(tenant, ...args))(text, values),
    transaction: (tenant, work) => database.transaction(tenant, (query) => work(collect(query)))
  })
  const options = { postgresql: await postgresql.createDatabase(), redis: redis.url(0), keys: newKeys() }
  const replica = await openAccounts(t, { ...options, wrap, tenant: () => TENANT })
  const { auth, access, database, pool } = replica
  await database.transaction('all', async (query) => {
    for (const statement of FILL.split(';').filter((each) => each.trim() !== '')) await query(statement)
  })
  for (const table of ['tenants', ...BIG]) await database.query('all', `ANALYZE ${table}`)
  statements.clear()

  await auth.mode()
  await auth.secret()
  await auth.iterations()
  t.match(await auth.findAccount(5), { username: 'user4' })
  t.match(await auth.findByName('user4'), { id: 5 })
  t.equal((await auth.listAccounts()).length, USERS / TENANTS)
  t.match(await auth.findToken('t6'), { account: { id: 6 }, isRevoked: true })
  t.same(await auth.findByHash('hash7'), { isRegistered: true, isRevoked: false })
  t.equal((await auth.listTokens(null)).length, USERS / TENANTS)
  t.equal((await auth.listTokens(8)).length, 1)
  t.match(await access.read({ sid: 's9', tokenHash: 'hash9', now: START }), {
    session: { userId: 9 },
    account: { id: 9 }
  })
  await createUser(auth, 900, 'new')
  await createToken(auth, 'b2', 900)
  await auth.change({ apiToken: 'b2' }, (draft) => {
    draft.revoked_tokens = [tokenEntry('b2', 900).token_hash]
    draft.api_tokens![0]!.ends_at = new Date(START).toISOString()
  })
  await auth.change({ accounts: [900], username: 'user5', apiTokensOf: 900, apiToken: 't10' }, (draft) => {
    t.same(
      draft.users!.map(({ id }) => id),
      [6, 10, 900],
      'the scope and no more'
    )
    t.same(draft.api_tokens!.map(({ id }) => id).toSorted(), ['b2', 't10'])
    draft.users = draft.users!.filter(({ id }) => id !== 900)
    draft.terminal_without_auth = true
  })
  t.same(await rotateKey(database, options.keys), { secrets: 1, renewed: 0 })
  await changeAccess(replica, TENANT, async (_, changed) => void changed.add('tenant'))

  t.ok(statements.size > 20, `${statements.size} statements`)
  const client = await pool.connect()
  t.teardown(() => client.release())
  await client.query("SELECT set_config('monitor.tenant_id', $1, false)", [String(TENANT)])
  for (const { text, values } of statements.values()) {
    if (!/^(SELECT|INSERT|UPDATE|DELETE)/.test(text)) continue
    const { rows } = await client.query(`EXPLAIN (FORMAT JSON) ${text}`, values)
    t.same(scansIn(rows[0]['QUERY PLAN'][0].Plan), [], text.replace(/\s+/g, ' '))
  }
  const { rows } = await client.query('EXPLAIN (FORMAT JSON) SELECT * FROM users WHERE email = $1', ['x'])
  t.same(scansIn(rows[0]['QUERY PLAN'][0].Plan), ['users'], 'a statement without an index would be noticed')
})
