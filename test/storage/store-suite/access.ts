import {
  createOwner,
  createToken,
  createUser,
  HOUR,
  newSession,
  OWNER,
  START,
  type Stores,
  type StoreTest,
  tokenEntry
} from './rig.ts'

/** The promises about the one question of the request path. */
export function testAccess(test: StoreTest<Pick<Stores, 'auth' | 'access' | 'sessions'>>): void {
  test('access: one question answers what decides a request', async (t, { stores: { auth, access, sessions } }) => {
    t.match(await access.read({ now: START }), { mode: 'unconfigured', session: null, account: null, apiToken: null })
    await createOwner(auth)
    await createUser(auth, 2, 'adam')
    await createToken(auth, 'b2', 2)
    const { token_hash: tokenHash } = tokenEntry('b2', 2)
    const { sid } = await sessions.open(newSession(2), 'h1')
    t.match(await access.read({ sid, now: START }), {
      mode: 'enabled',
      session: { sid, userId: 2 },
      account: { username: 'adam' },
      apiToken: null,
      isRevoked: false
    })
    t.match(await access.read({ tokenHash, now: START }), { account: { id: 2 }, apiToken: { id: 'b2' }, session: null })
    t.match(await access.read({ userId: 2, now: START }), { account: { id: 2 } })
    t.match(await access.read({ tokenHash: 'f'.repeat(64), now: START }), { account: { id: OWNER }, apiToken: null })
    const unknown = await access.read({ sid: 'unknown', tokenHash, now: START })
    t.match(unknown, { session: null, account: null }, 'an ended session has no account, with any token')
    t.equal((await access.read({ sid, now: START + HOUR })).session, null, 'an expired session is not found')
  })

  test('access: the next question sees every acknowledged change', async (t, {
    stores: { auth, access, sessions }
  }) => {
    await createOwner(auth)
    await createUser(auth, 2, 'adam')
    const { sid } = await sessions.open(newSession(2), 'h1')
    const read = () => access.read({ sid, now: START })
    await auth.change({ accounts: [2] }, (draft) => {
      draft.users![0]!.permissions = ['logs.view']
    })
    t.same((await read()).account?.permissions, ['logs.view'])
    await auth.change({ accounts: [2] }, (draft) => {
      draft.users![0]!.is_active = false
    })
    t.equal((await read()).account?.isActive, false)
    await sessions.end(sid)
    t.equal((await read()).session, null)
    await auth.change({}, (draft) => Object.assign(draft, { terminal_without_auth: true }))
    t.equal((await read()).terminalWithoutAuth, true)
  })
}
