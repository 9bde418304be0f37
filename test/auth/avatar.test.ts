import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { hashPassword } from '../../lib/auth/passwords/derive.ts'
import { bearer, build, CHEAP_HASHES, PASSWORD, setUp, temporaryFolder } from '../support/app.ts'
import { makeForm, makeImage } from '../support/images.ts'
import { mintApiToken } from '../support/tokens.ts'
import { get, png, post, profileOf, raw, types, url } from './avatar-requests.ts'

t.test(
  'each image type is uploaded as a form or as bytes, is served unchanged, and is stored as one file',
  async (t) => {
    const folder = await temporaryFolder(t)
    const app = await build(t, {}, { folder })
    const token = await setUp(app)
    for (const type of types) {
      const image = await makeImage(type)
      for (const body of [
        raw(type, image),
        await makeForm([
          ['note', 'x'],
          ['file', image, type]
        ])
      ]) {
        const from = Date.now() - 5
        const reply = await post(app, token, body)
        t.match(reply.json(), { success: true, username: 'admin', has_avatar: true, avatar_content_type: type })
        t.same(await profileOf(app, token), reply.json())
        t.match(reply.json().avatar_mtime, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
        t.ok(Date.parse(reply.json().avatar_mtime) >= from - 50)
        const served = await get(app, token)
        t.equal(served.statusCode, 200)
        t.ok(served.rawPayload.equals(image))
        t.match(served.headers, {
          'content-type': type,
          'x-content-type-options': 'nosniff',
          'content-security-policy': "default-src 'none'; sandbox",
          'cache-control': 'private, no-cache',
          vary: 'authorization',
          etag: /^"[^"]+"$/
        })
        t.same(await readdir(join(folder, 'avatars')), ['1'])
      }
    }
  }
)

t.test('an unchanged avatar is answered with 304', async (t) => {
  const app = await build(t)
  const token = await setUp(app)
  await post(app, token, raw('image/png', png))
  const etag = String((await get(app, token)).headers.etag)
  const unchanged = await get(app, token, { 'if-none-match': `"x", W/${etag}` })
  t.equal(unchanged.statusCode, 304)
  t.equal(unchanged.body, '')
  t.match(unchanged.headers, { etag, 'content-type': undefined, 'content-length': undefined })
  await post(app, token, raw('image/png', png))
  t.equal((await get(app, token, { 'if-none-match': etag })).statusCode, 200)
})

t.test('an avatar can be removed, also if there is none', async (t) => {
  const folder = await temporaryFolder(t)
  const app = await build(t, {}, { folder })
  const token = await setUp(app)
  const none = { success: true, has_avatar: false, avatar_mtime: null, avatar_content_type: null }
  const remove = () => app.inject({ method: 'DELETE', url, headers: bearer(token) })
  t.match((await remove()).json(), none)
  t.match((await get(app, token)).json(), { success: false, error: 'there is no avatar', code: 'NOT_FOUND' })
  await post(app, token, raw('image/png', png))
  t.match((await remove()).json(), none)
  t.match(await profileOf(app, token), none)
  t.equal((await get(app, token)).statusCode, 404)
  t.same(await readdir(join(folder, 'avatars')), [])
})

t.test('the answer to a change of the display name includes the avatar', async (t) => {
  const app = await build(t)
  const token = await setUp(app)
  await post(app, token, raw('image/png', png))
  const payload = { display_name: 'Ada' }
  const reply = await app.inject({ method: 'PUT', url: '/api/auth/profile', headers: bearer(token), payload })
  t.match(reply.json(), { display_name: 'Ada', has_avatar: true, avatar_content_type: 'image/png' })
})

t.test('an avatar survives a restart, and temporary files of a crash are removed', async (t) => {
  const folder = await temporaryFolder(t)
  const first = await build(t, {}, { folder })
  const token = await setUp(first)
  await post(first, token, raw('image/png', png))
  const { headers } = await get(first, token)
  await first.close()
  await writeFile(join(folder, 'avatars', '.1.0123456789ab.tmp'), 'half')
  const second = await build(t, {}, { folder })
  const served = await get(second, token)
  t.ok(served.rawPayload.equals(png))
  t.equal(served.headers.etag, headers.etag)
  t.same(await readdir(join(folder, 'avatars')), ['1'])
})

t.test('each account has its own avatar and cannot reach another’s', async (t) => {
  const app = await build(t)
  const owner = await setUp(app)
  const user = { user_type: 'support' as const, is_active: true, permissions: [] }
  await app.authStore.update((draft) => {
    draft.users = [{ ...user, id: 7, username: 'ada', password_hash: hashPassword(PASSWORD, CHEAP_HASHES.iterations) }]
  })
  const login = { username: 'ada', password: PASSWORD }
  const ada = (await app.inject({ method: 'POST', url: '/api/auth/login', payload: login })).json().token
  const gif = await makeImage('image/gif')
  await post(app, owner, raw('image/png', png))
  const etag = String((await get(app, owner)).headers.etag)
  t.equal((await get(app, ada)).statusCode, 404)
  t.match(await profileOf(app, ada), { username: 'ada', has_avatar: false })
  await post(app, ada, raw('image/gif', gif))
  t.ok((await get(app, ada, { 'if-none-match': etag })).rawPayload.equals(gif))
  await app.inject({ method: 'DELETE', url, headers: bearer(ada) })
  t.ok((await get(app, owner)).rawPayload.equals(png))
})

t.test('a setup after "disable" does not inherit the previous owner’s avatar', async (t) => {
  const app = await build(t)
  const token = await setUp(app)
  await post(app, token, raw('image/png', png))
  const payload = { password: PASSWORD }
  const reply = await app.inject({ method: 'POST', url: '/api/auth/disable', headers: bearer(token), payload })
  t.equal(reply.statusCode, 200)
  t.match(await profileOf(app, await setUp(app, 'other')), { username: 'other', has_avatar: false })
})

t.test('the avatar is refused without a token, to API tokens and without an account', async (t) => {
  const app = await build(t)
  const token = await setUp(app)
  const api = mintApiToken(app, { scope: 'full_admin' })
  for (const method of ['GET', 'POST', 'DELETE'] as const) {
    t.equal((await app.inject({ method, url })).statusCode, 401)
    t.equal((await app.inject({ method, url, headers: bearer(api) })).json().code, 'SCOPE')
  }
  t.equal((await app.inject({ method: 'HEAD', url, headers: bearer(token) })).statusCode, 404)
  const open = await build(t)
  await open.inject({ method: 'POST', url: '/api/auth/skip' })
  for (const method of ['GET', 'POST', 'DELETE'] as const)
    t.equal((await open.inject({ method, url })).json().code, 'NO_ACCOUNT')
})
