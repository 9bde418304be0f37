import t from 'tap'
import { verifyPanelAudit } from '../../lib/storage/panel/verify-audit.ts'
import { HOUR, newSession, START } from '../storage/store-suite/rig.ts'
import { failures } from '../support/audit.ts'
import { postgresqlMissing, startPostgresql } from '../support/postgresql.ts'
import { redisMissing, startRedis } from '../support/redis.ts'
import { openReplica } from './replica.ts'

/** 20,000 rows of each large table, in 20 tenants with 100 users each. */
const FILL = `
INSERT INTO tenants (id, slug, name, created_at) SELECT n, 't' || n, 'T', 0 FROM generate_series(1, 19) AS n;
INSERT INTO sessions (tenant_id, sid, user_id, credential, amr, address, user_agent, created_at, expires_at,
  last_used_at, unusual)
SELECT n % 20, 's' || n, n / 20 % 100, 'c', '{pwd}', '192.0.2.1', repeat('x', 100), ${START}, ${START} + n * 1000, ${START},
  false FROM generate_series(0, 19999) AS n;
INSERT INTO refresh_tokens (tenant_id, hash, sid, expires_at) SELECT tenant_id, 'h' || sid, sid, expires_at FROM sessions;
INSERT INTO seen_addresses (tenant_id, user_id, address, seen_at)
SELECT n % 20, n / 20 % 100, '192.0.2.' || n / 2000, ${START} + n * 1000 FROM generate_series(0, 19999) AS n;
INSERT INTO token_uses (tenant_id, token_hash, used_at, address)
SELECT n % 20, 'h' || n, ${START}, '192.0.2.1' FROM generate_series(0, 19999) AS n;
INSERT INTO audit_events (tenant_id, id, at, level, event, address, username, target, hash)
SELECT n % 20, n / 20 + 1, ${START} + n * 1000, 'INFO', 'e' || n % 7, '192.0.2.' || n % 250, 'u' || n % 90, NULL, ''
FROM generate_series(0, 19999) AS n;
INSERT INTO audit_ends (tenant_id, head_id) SELECT id, 1000 FROM tenants;
ANALYZE;`

t.test(
  'no statement of the stores scans a whole large table',
  { skip: postgresqlMissing || redisMissing },
  async (t) => {
    const [postgresql, redisServer] = [await startPostgresql(t), await startRedis(t)]
    const url = await postgresql.createDatabase()
    await postgresql.asSuperuser(FILL, url.split('/').at(-1))
    const statements = new Map<string, unknown[]>()
    const { database, stores } = await openReplica(t, {
      database: url,
      redis: redisServer.url(0),
      now: () => START,
      tenant: () => 7,
      onStatement: (text, values) => statements.set(text, values)
    })
    const { sessions, tokenUses, audit, settings } = stores

    const session = await sessions.open(newSession(5), 'r0')
    await sessions.find(session.sid, START)
    await sessions.listOf(5, START)
    sessions.touch(session, START + 1)
    await sessions.flush()
    await sessions.findRefresh('r0')
    await sessions.rotate({ hash: 'r0', successor: 'r1', expiresAt: START + HOUR, now: START, graceMs: 0 })
    await sessions.setSecondFactor(5, null)
    await sessions.renewCredential(5, 'c', 'd')
    await sessions.lastLoginsOf([1, 2, 3])
    await sessions.end(session.sid)
    await sessions.endAll(5)
    await sessions.removeExpired(START + 300_000)
    tokenUses.touch('h7', START + 1, '192.0.2.1')
    await tokenUses.flush()
    await tokenUses.findAll(['h7', 'h27'])
    await audit.append(failures(100))
    for (const filter of [{}, { event: 'e1' }, { user: 'u7' }, { address: '192.0.2.7' }, { event: 'e1', user: 'u7' }])
      await audit.list({ limit: 101, ...filter })
    await audit.list({ limit: 101, before: { at: START + 5_000_000 } })
    await audit.prune(900, 100)
    await verifyPanelAudit(database, 7)
    await settings.update((draft) => {
      draft.trusted_proxies = ['192.0.2.1']
    })

    const plans = [...statements].filter(([text]) => /^\s*(SELECT|INSERT|UPDATE|DELETE|WITH)/.test(text))
    t.ok(plans.length >= 30, `${plans.length} statements`)
    for (const [text, values] of plans) {
      const rows = await database.query<{ 'QUERY PLAN': string }>(7, `EXPLAIN ${text}`, values)
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
      const found = /Seq Scan on (sessions|refresh_tokens|seen_addresses|token_uses|audit_events)\b/.exec(plan)
      t.equal(found?.[1], undefined, `${text}\n${found ? plan : ''}`)
    }
  }
)
