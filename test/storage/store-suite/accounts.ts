import { credentialOf, recordOf } from '../../../lib/auth/accounts.ts'
import type { AuthFile } from '../../../schemas/auth/auth-file.ts'
import {
  count,
  createOwner,
  createToken,
  createUser,
  OWNER,
  PARALLEL,
  parallel,
  revokeToken,
  SECRET,
  START,
  type Stores,
  type StoreTest,
  tokenEntry,
  useBackupCode,
  userEntry,
  useStep
} from './rig.ts'

/** The promises about accounts, codes, API tokens and the secret. */
export function testAccounts(test: StoreTest<Pick<Stores, 'auth' | 'access'>>): void {
  test('accounts: the first launch, then the owner and users, by id and by the name as it was typed', async (t, rig) => {
    const { auth } = rig.stores
    t.equal(await auth.mode(), 'unconfigured')
    t.equal(await auth.findAccount(OWNER), null)
    t.ok((await auth.secret()).length >= 32)
    await createOwner(auth)
    await createUser(auth, 3, 'Zoë')
    await createUser(auth, 2, 'adam')
    t.equal(await auth.mode(), 'enabled')
    t.match(await auth.findAccount(OWNER), { username: 'admin', userType: 'admin', permissions: ['*'] })
    t.equal((await auth.findByName('Zoe\u0308'))?.id, 3)
    t.equal(await auth.findByName('nobody'), null)
    t.equal(await auth.findAccount(4), null)
    t.same(
      (await auth.listAccounts()).map(({ id }) => id),
      [1, 2, 3]
    )
    t.ok((await auth.iterations()) >= 1000)

    await auth.change({ accounts: [2] }, (draft) => {
      draft.users = draft.users!.filter(({ id }) => id !== 2)
    })
    t.equal(await auth.findAccount(2), null, 'a removed account is gone')
    const again = await rig.reopen()
    t.same(
      (await again.auth.listAccounts()).map(({ username }) => username),
      ['admin', 'Zoë']
    )
    t.equal(await again.auth.mode(), 'enabled')
  })

  test('accounts: a change that throws leaves everything as it was', async (t, { stores: { auth } }) => {
    await createOwner(auth)
    const edit = (draft: AuthFile): never => {
      draft.display_name = 'half done'
      throw new Error('stop')
    }
    await t.rejects(auth.change({ accounts: [OWNER] }, edit), /stop/)
    t.equal((await auth.findAccount(OWNER))?.displayName, '')
    t.equal(auth.fault(), null)
  })

  test('accounts: no parallel change is lost', async (t, rig) => {
    const { auth } = rig.stores
    await createOwner(auth)
    await parallel(() =>
      auth.change({ accounts: [OWNER] }, (draft) => {
        const record = recordOf(draft, OWNER)!
        record.display_name = `${record.display_name ?? ''}x`
      })
    )
    t.equal((await auth.findAccount(OWNER))?.displayName, 'x'.repeat(PARALLEL))
    t.equal((await (await rig.reopen()).auth.findAccount(OWNER))?.displayName, 'x'.repeat(PARALLEL))
  })

  test('accounts: of parallel first launches one wins', async (t, { stores: { auth } }) => {
    const won = await parallel((i) =>
      auth.change({ accounts: [OWNER], username: `admin${i}` }, (draft) => {
        if (recordOf(draft, OWNER)) return false
        const { username, password_hash } = userEntry(OWNER, `admin${i}`)
        Object.assign(draft, { enabled: true, configured: true, username, password_hash })
        return true
      })
    )
    t.equal(count(won, true), 1)
    t.equal((await auth.findAccount(OWNER))?.username, `admin${won.indexOf(true)}`)
  })

  test('codes: a TOTP step is used once, and none before it', async (t, rig) => {
    const { auth } = rig.stores
    await createOwner(auth)
    await auth.change({ accounts: [OWNER] }, (draft) => {
      Object.assign(recordOf(draft, OWNER)!, { totp_enabled: true, totp_secret: SECRET })
    })
    const scope = { accounts: [OWNER] }
    t.equal(count(await parallel(() => auth.changeSoon(scope, useStep(7))), true), 1)
    t.equal(await auth.changeSoon(scope, useStep(6)), false)
    const again = await rig.reopen()
    t.equal(await again.auth.changeSoon(scope, useStep(7)), false, 'nor after a restart')
    t.equal(await again.auth.changeSoon(scope, useStep(8)), true)
  })

  test('codes: each backup code is used once', async (t, rig) => {
    const { auth } = rig.stores
    await createOwner(auth)
    const scope = { accounts: [OWNER] }
    await auth.change(scope, (draft) => {
      const codes = ['a', 'b', 'c'].map((letter) => ({ code: letter.repeat(64), used: false }))
      Object.assign(recordOf(draft, OWNER)!, { totp_enabled: true, totp_secret: SECRET, backup_codes: codes })
    })
    t.equal(count(await parallel(() => auth.changeSoon(scope, useBackupCode)), true), 3)
    t.equal(await (await rig.reopen()).auth.changeSoon(scope, useBackupCode), false)
  })

  test('API tokens: by id, by hash and by user; revoked ones stay revoked', async (t, rig) => {
    const { auth } = rig.stores
    await createOwner(auth)
    await createUser(auth, 2, 'adam')
    await createToken(auth, 'a1', OWNER)
    await createToken(auth, 'b2', 2)
    await createToken(auth, 'c3', OWNER)
    const names = async (userId: number | null) => (await auth.listTokens(userId)).map(({ entry }) => entry.id)
    t.same(await names(OWNER), ['a1', 'c3'])
    t.same(await names(2), ['b2'])
    t.same(await names(null), ['a1', 'b2', 'c3'])
    t.match(await auth.findToken('b2'), { account: { username: 'adam' }, isRevoked: false })
    t.equal(await auth.findToken('d4'), null)

    await revokeToken(auth, 'b2')
    const hash = tokenEntry('b2', 2).token_hash
    t.same(await auth.findByHash(hash), { isRegistered: true, isRevoked: true })
    t.same(await auth.findByHash('f'.repeat(64)), { isRegistered: false, isRevoked: false })
    const again = await rig.reopen()
    t.same(await again.auth.findByHash(hash), { isRegistered: true, isRevoked: true })
    t.match(await again.auth.findToken('b2'), { isRevoked: true })
    t.equal((await again.access.read({ tokenHash: hash, now: START })).isRevoked, true)
  })

  test('API tokens: parallel mints and revocations are all kept', async (t, { stores: { auth } }) => {
    await createOwner(auth)
    const ids = Array.from({ length: PARALLEL }, (_, i) => `f${i}`)
    await Promise.all(ids.map((id) => createToken(auth, id, OWNER)))
    t.same((await auth.listTokens(OWNER)).map(({ entry }) => entry.id).toSorted(), ids.toSorted())
    await Promise.all(ids.map((id) => revokeToken(auth, id)))
    t.ok((await auth.listTokens(null)).every(({ isRevoked }) => isRevoked))
  })

  test('the secret: a new one changes the revision and every credential, and stays', async (t, rig) => {
    const { auth, access } = rig.stores
    await createOwner(auth)
    const before = await access.read({ userId: OWNER, now: START })
    const rotated = 'r'.repeat(64)
    const credential = await auth.change({ accounts: [OWNER] }, (draft) => {
      draft.jwt_secret = rotated
      return credentialOf(draft, rotated)
    })
    const after = await access.read({ userId: OWNER, now: START })
    t.not(after.revision, before.revision)
    t.not(after.account?.credential, before.account?.credential)
    t.equal(after.account?.credential, credential)
    t.equal(await (await rig.reopen()).auth.secret(), rotated)
  })
}
