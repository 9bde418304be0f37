import t, { type Test } from 'tap'
import type { UserEntry } from '../../schemas/auth/auth-file.ts'
import { testAccounts } from '../storage/store-suite/accounts.ts'
import { testResellers } from '../storage/store-suite/resellers.ts'
import {
  createOwner,
  createToken,
  createUser,
  revokeToken,
  SECRET,
  START,
  type StoreRig,
  type Stores,
  startClocks,
  tokenEntry,
  userEntry
} from '../storage/store-suite/rig.ts'
import { postgresqlMissing, startPostgresql } from '../support/postgresql.ts'
import { redisMissing, startRedis } from '../support/redis.ts'
import { type Accounts, newKeys, openAccounts } from './accounts-rig.ts'

/** The stores that these tests use. */
const accountsOf = ({ auth, access }: Accounts): Stores => ({ auth, access }) as Partial<Stores> as Stores

t.test('accounts of a panel', { skip: postgresqlMissing || redisMissing }, async (t) => {
  const [postgresql, redis] = await Promise.all([startPostgresql(t), startRedis(t)])
  let databases = 0
  /** Of each test: an empty panel. After `reopen` another replica answers, with a cache of its own. */
  const openPanel = async (t: Test): Promise<StoreRig<Stores>> => {
    const options = { postgresql: await postgresql.createDatabase(), redis: redis.url(databases++), keys: newKeys() }
    return {
      clocks: startClocks(),
      pass: async () => {},
      precisionMs: 0,
      stores: accountsOf(await openAccounts(t, options)),
      reopen: async () => accountsOf(await openAccounts(t, options))
    }
  }
  for (const part of [testAccounts, testResellers])
    part((name, run) => t.test(name, async (t) => run(t, await openPanel(t))))

  const openTenants = async (t: Test) => {
    const options = { postgresql: await postgresql.createDatabase(), redis: redis.url(databases++), keys: newKeys() }
    let tenant = 0
    const replica = await openAccounts(t, { ...options, tenant: () => tenant })
    await replica.database.query(
      'all',
      "INSERT INTO tenants (id, slug, name, created_at) VALUES (7, 'acme', 'Acme', 0)"
    )
    return {
      ...replica,
      visit: (id: number): void => {
        tenant = id
      }
    }
  }

  t.test('tenants: names, ids and tokens belong to their tenant', async (t) => {
    const { auth, access, visit } = await openTenants(t)
    await createOwner(auth)
    await createUser(auth, 2, 'adam')
    await createToken(auth, 'b2', 2)
    const { token_hash: tokenHash } = tokenEntry('b2', 2)

    visit(7)
    t.equal(await auth.mode(), 'unconfigured')
    t.same(await auth.listAccounts(), [])
    t.equal(await auth.findByName('adam'), null)
    t.equal(await auth.findAccount(2), null)
    t.equal(await auth.findToken('b2'), null)
    t.same(await auth.findByHash(tokenHash), { isRegistered: false, isRevoked: false })
    t.match(await access.read({ tokenHash, now: START }), { mode: 'unconfigured', account: null, apiToken: null })
    await revokeToken(auth, 'b2')
    await createOwner(auth)
    await createUser(auth, 2, 'adam')
    await auth.change({ accounts: [2] }, (draft) => {
      draft.users![0]!.is_active = false
    })

    visit(0)
    t.match(await auth.findByName('adam'), { id: 2, isActive: true })
    t.match(await access.read({ tokenHash, now: START }), { account: { isActive: true }, isRevoked: false })
  })

  t.test('tenants: an unknown tenant admits no caller, and no tenant can be without protection', async (t) => {
    const { auth, access, database, visit } = await openTenants(t)
    visit(99)
    t.equal(await auth.mode(), 'unknown')
    t.match(await access.read({ userId: 1, now: START }), { mode: 'unknown', account: null })
    await t.rejects(createOwner(auth), { name: 'StorageError', code: 'ENOENT' })
    visit(7)
    await auth.change({}, (draft) => Object.assign(draft, { declined: true, terminal_without_auth: true }))
    t.match(await access.read({ now: START }), { mode: 'unconfigured', terminalWithoutAuth: true })
    await createOwner(auth)
    await database.query(7, 'UPDATE tenants SET enabled = false WHERE id = 7')
    t.equal(await auth.mode(), 'disabled')
  })

  t.test('ids and names that no row can hold are not found', async (t) => {
    const { auth } = await openTenants(t)
    await createOwner(auth)
    for (const id of [0, -1, 1.5, 2 ** 31, Number.MAX_SAFE_INTEGER]) t.equal(await auth.findAccount(id), null, `${id}`)
    t.equal(await auth.findByName('adm\0in'), null)
    t.equal(await auth.findToken('a\0'), null)
    const scope = { accounts: [2 ** 31], username: 'a\0', apiToken: 'a\0' }
    t.match(await auth.change(scope, (draft) => draft), { username: 'admin', users: [], api_tokens: [] })
    t.equal(auth.fault(), null)
  })

  t.test('every field of a user and of an API token is stored and read back', async (t) => {
    const { auth } = await openTenants(t)
    await createOwner(auth)
    const code = { code: 'a'.repeat(64), used: true }
    const factors = {
      totp_enabled: true,
      totp_secret: SECRET,
      totp_pending: { secret: SECRET, backup_codes: [code], created_at: 'then', session: 'sid' },
      backup_codes: [code],
      last_totp_counter: 58_000_000_000
    }
    const profile = { display_name: 'Zoë „Z“', email: 'z@example.com', allowed_ips: '192.0.2.0/24' }
    const user: UserEntry = { ...userEntry(2, 'Zoë'), ...factors, ...profile, reseller_id: 3, is_active: false }
    const plain = tokenEntry('a1', 2)
    const full = {
      ...tokenEntry('b2', 2),
      signed_with: 'f',
      scope: 'read_only',
      allowed_ips: '::1',
      ends_at: 'then'
    } as const
    await auth.change({ accounts: [1, 2], username: 'Zoë', apiTokensOf: 2 }, (draft) => {
      Object.assign(draft, factors, profile, { users: [user], api_tokens: [plain, full], next_user_id: 3 })
    })
    const draft = await auth.change({ accounts: [2], apiTokensOf: 2 }, (draft) => draft)
    t.same(draft.users, [user])
    t.same(draft.api_tokens, [plain, full])
    t.match(draft, { ...factors, ...profile, username: 'admin', next_user_id: 3, enabled: true })
    const elsewhere = await auth.change({}, (draft) => draft)
    t.match(elsewhere, { username: 'admin', users: [], api_tokens: [], revoked_tokens: [] })
  })

  t.test('an update without changes writes no row', async (t) => {
    const { auth, database } = await openTenants(t)
    await createOwner(auth)
    await createUser(auth, 2, 'adam')
    const versions = () => database.query(0, 'SELECT xmin::text, id FROM users ORDER BY id')
    const before = await versions()
    await auth.change({ accounts: [2] }, (draft) => {
      Object.assign(draft.users![0]!, { display_name: null, totp_secret: null })
    })
    t.same(await versions(), before)
    await auth.change({ accounts: [2] }, (draft) => {
      draft.users![0]!.display_name = 'Adam'
    })
    t.equal((await versions())[0]!.xmin, before[0]!.xmin, 'the owner was not written')
    t.not((await versions())[1]!.xmin, before[1]!.xmin)
  })
})
