import { accountsOf } from '../../../lib/auth/accounts.ts'
import type { AuthFile } from '../../../schemas/auth/auth-file.ts'
import {
  createOwner,
  createReseller,
  createToken,
  createUser,
  PARALLEL,
  parallel,
  START,
  type Stores,
  type StoreTest,
  tokenEntry
} from './rig.ts'

const first = (draft: AuthFile) => draft.resellers!.find(({ id }) => id === 1)!

/** The promises about resellers and their users. */
export function testResellers(test: StoreTest<Pick<Stores, 'auth' | 'access'>>): void {
  test('resellers: by id, with their balance to the cent; a removed one is gone', async (t, rig) => {
    const { auth } = rig.stores
    await createReseller(auth, 2, 'Bolt')
    await createReseller(auth, 1, 'Acme')
    t.same(
      (await auth.listResellers()).map(({ id }) => id),
      [1, 2]
    )
    for (const balance of [0.1, 245.55, -0.01, 999_999_999_999.99]) {
      await auth.change({ resellers: [1] }, (draft) => {
        first(draft).balance = balance
      })
      t.same(await auth.findReseller(1), { id: 1, name: 'Acme', balance, is_active: true })
    }
    t.equal(await auth.findReseller(3), null)
    await auth.change({ resellers: [2] }, (draft) => {
      draft.resellers = draft.resellers!.filter(({ id }) => id !== 2)
      draft.next_reseller_id = 7
    })
    t.equal(await auth.findReseller(2), null)
    const again = await rig.reopen()
    t.same(await again.auth.listResellers(), [{ id: 1, name: 'Acme', balance: 999_999_999_999.99, is_active: true }])
    t.equal(await again.auth.change({}, (draft) => draft.next_reseller_id), 7)
  })

  test('resellers: parallel changes are all kept', async (t, { stores: { auth } }) => {
    await createReseller(auth, 1, 'Acme')
    await parallel(() =>
      auth.change({ resellers: [1] }, (draft) => {
        first(draft).balance += 1
      })
    )
    t.equal((await auth.findReseller(1))?.balance, PARALLEL)
  })

  test('resellers: a user is active while their reseller is, in every answer', async (t, rig) => {
    const { auth, access } = rig.stores
    await createOwner(auth)
    await createReseller(auth, 1, 'Acme')
    await createReseller(auth, 2, 'Bolt')
    await createUser(auth, 2, 'adam', { reseller_id: 1 })
    await createUser(auth, 3, 'eve', { reseller_id: 2 })
    await createUser(auth, 4, 'zoe')
    await createToken(auth, 'b2', 2)
    const ids = async (resellerId?: number) => (await auth.listAccounts(resellerId)).map(({ id }) => id)
    t.same([await ids(1), await ids(2), await ids(3), await ids(2 ** 40)], [[2], [3], [], []])

    const { token_hash: tokenHash } = tokenEntry('b2', 2)
    /** Whether user 2 is active, by each way to ask. */
    const answers = async () => [
      (await access.read({ userId: 2, now: START })).account?.isActive,
      (await access.read({ tokenHash, now: START })).account?.isActive,
      (await auth.findAccount(2))?.isActive,
      (await auth.findByName('adam'))?.isActive,
      (await auth.listAccounts(1))[0]?.isActive,
      (await auth.findToken('b2'))?.account?.isActive,
      await auth.change(
        { accounts: [2], apiTokensOf: 2 },
        (draft) => accountsOf(draft).find(({ id }) => id === 2)?.isActive
      )
    ]
    const all = (isActive: boolean) => Array(7).fill(isActive)
    t.same(await answers(), all(true))
    const setActive = (isActive: boolean) =>
      auth.change({ resellers: [1] }, (draft) => {
        first(draft).is_active = isActive
      })
    await setActive(false)
    t.same(await answers(), all(false))
    t.match(await auth.findAccount(2), { isEnabled: true, resellerId: 1, reseller: { name: 'Acme' } })
    t.equal((await access.read({ userId: 3, now: START })).account?.isActive, true)
    t.equal((await access.read({ userId: 4, now: START })).account?.isActive, true)
    await setActive(true)
    t.same(await answers(), all(true))

    await auth.change({ resellers: [1], accountsOf: 1 }, (draft) => {
      t.same(
        draft.users?.filter(({ reseller_id }) => reseller_id === 1).map(({ id }) => id),
        [2]
      )
      draft.resellers = draft.resellers!.filter(({ id }) => id !== 1)
    })
    t.same(await answers(), all(false), 'a reseller that does not exist')
    await auth.change({ accounts: [2], resellers: [2] }, (draft) => {
      draft.users![0]!.reseller_id = 2
    })
    t.equal((await access.read({ userId: 2, now: START })).account?.reseller?.name, 'Bolt')
    const again = await rig.reopen()
    t.match(await again.auth.findAccount(2), { isActive: true, reseller: { id: 2, name: 'Bolt' } })
  })
}
