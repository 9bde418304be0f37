import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import type { AuthFile, UserEntry } from '../../../schemas/auth/auth-file.ts'
import type { SettingsFile } from '../../../schemas/foundation/settings-file.ts'
import { build, PASSWORD, setUp, temporaryFolder } from '../../support/app.ts'
import { ADA, login } from '../../support/users.ts'

const hash = `pbkdf2_sha256$600000$${'A'.repeat(22)}==$${'B'.repeat(43)}=`
const entry = (more: object = {}) =>
  ({
    id: 9,
    username: 'nine',
    password_hash: hash,
    user_type: 'support',
    is_active: true,
    permissions: [],
    ...more
  }) as UserEntry

/** Drafts that a fault of this program could make, by their effect on auth.json. */
const mistakes: Record<string, (draft: AuthFile) => unknown> = {
  'a user with the id of another': (draft) => draft.users!.push(entry({ id: 2 })),
  'a user with the owner’s id': (draft) => draft.users!.push(entry({ id: 1 })),
  'a user with the name of another': (draft) => draft.users!.push(entry({ username: ADA.username })),
  'a user with the owner’s name': (draft) => draft.users!.push(entry({ username: 'admin' })),
  'a user without a hash': (draft) => draft.users!.push(entry({ password_hash: undefined })),
  'a user with a hash of no known scheme': (draft) => draft.users!.push(entry({ password_hash: 'plain' })),
  'a user with a second factor without its secret': (draft) => draft.users!.push(entry({ totp_enabled: true })),
  'an unknown permission': (draft) => Object.assign(draft.users![0]!, { permissions: ['everything'] }),
  'an owner without a name': (draft) => Object.assign(draft, { username: null }),
  'an owner with a second factor without its secret': (draft) => Object.assign(draft, { totp_enabled: true }),
  'a short secret': (draft) => Object.assign(draft, { jwt_secret: 'short' }),
  'a secret of megabytes': (draft) => Object.assign(draft, { jwt_secret: 'x'.repeat(1e6) }),
  'an API token without its hash': (draft) => Object.assign(draft, { api_tokens: [{ id: 'a' }] }),
  'a revoked token that is no hash': (draft) => Object.assign(draft, { revoked_tokens: ['x'] }),
  'users that are no list': (draft) => Object.assign(draft, { users: {} })
}

t.test('an invalid change by the daemon itself is refused before it is written, and service goes on', async (t) => {
  const folder = await temporaryFolder(t)
  const lines: string[] = []
  const stream = { write: (line: string) => void lines.push(line) }
  const app = await build(t, {}, { folder, fastify: { logger: { level: 'error', stream } } })
  let mistake: (draft: AuthFile) => unknown = () => {}
  app.post('/api/mistake', { config: { access: 'open' } }, async () =>
    app.authStore.update((draft) => void mistake(draft))
  )
  await setUp(app)
  const before = await app.authStore.update((draft) => {
    draft.users = [entry({ id: 2, username: ADA.username })]
  })
  t.equal(before, undefined)
  const read = () => readFile(join(folder, 'auth.json'), 'utf8')
  const stored = await read()
  for (const [name, make] of Object.entries(mistakes)) {
    mistake = make
    lines.length = 0
    const reply = await app.inject({ method: 'POST', url: '/api/mistake' })
    t.match(reply.json(), { success: false, code: 'INTERNAL', request_id: String }, name)
    t.match(lines.join(''), /refused to write/, `${name} is logged`)
    t.notMatch(lines.join(''), /short|x{100}|plain"/, `${name}: no value is logged`)
    t.equal(await read(), stored, `${name}: the file is as it was`)
    t.equal(app.authStore.snapshot().mode, 'enabled', name)
  }
  t.equal((await login(app, 'admin', PASSWORD)).statusCode, 200)
})

t.test('an invalid change of the settings is refused in the same way', async (t) => {
  const folder = await temporaryFolder(t)
  const app = await build(t, {}, { folder })
  await app.settings.trustProxy('192.0.2.1')
  const read = () => readFile(join(folder, 'settings.json'), 'utf8')
  const stored = await read()
  const changes: object[] = [{ trusted_proxies: ['nowhere'] }, { health: { acknowledged: {} } }, { pending_change: 7 }]
  for (const change of changes) {
    await t.rejects(
      app.settings.update((draft: SettingsFile) => void Object.assign(draft, change)),
      /refused to write/
    )
    t.equal(await read(), stored)
  }
  t.same(app.settings.current().trusted_proxies, ['192.0.2.1'])
})

t.test('a file with such a mistake, made by hand, is unreadable', async (t) => {
  const folder = await temporaryFolder(t)
  const app = await build(t, {}, { folder })
  await setUp(app)
  const { writeFile } = await import('node:fs/promises')
  const path = join(folder, 'auth.json')
  const file = JSON.parse(await readFile(path, 'utf8'))
  for (const users of [[entry({ username: 'admin' })], [entry(), entry({ username: 'ten' })], [entry({ id: 1 })]]) {
    await writeFile(path, JSON.stringify({ ...file, users }))
    await app.authStore.refresh()
    t.equal(app.authStore.snapshot().mode, 'unreadable')
    t.match(app.authStore.snapshot().fault, /^\/users\/\d\/(id|username) /)
  }
  await writeFile(path, JSON.stringify(file))
  await app.authStore.refresh()
  t.equal(app.authStore.snapshot().mode, 'enabled')
})
