import assert from 'node:assert/strict'
import type { Client, Outcome } from './client.ts'

export interface ScriptOptions {
  client: Client
  /** An image, to compare byte for byte. */
  image: Uint8Array<ArrayBuffer>
  /** The code of an authenticator with this secret. */
  codeOf: (secret: string) => string
  /** Lets this many seconds pass on the daemon's clock. */
  pass: (seconds: number) => void
}

const owner = { username: 'admin', password: 'Correct-Horse-7' }

async function done<T>(call: Promise<Outcome<T>>): Promise<T> {
  const outcome = await call
  if (!outcome.ok) throw new Error(`refused with ${outcome.status} ${outcome.code}`)
  return outcome.data
}

async function refused(call: Promise<Outcome<unknown>>, status: number, code: string) {
  const outcome = await call
  assert(!outcome.ok, `expected ${status} ${code}`)
  assert.deepEqual([outcome.status, outcome.code], [status, code])
  return outcome
}

/** The same calls for every generated client, against a daemon without an owner. Throws at the first difference. */
export async function runScript({ client, image, codeOf, pass }: ScriptOptions): Promise<void> {
  // Setup, and a second factor.
  assert.equal((await done(client.status())).configured, false)
  client.useToken((await done(client.setUp(owner))).token)
  const { secret, backup_codes: codes } = await done(client.beginTotp())
  await done(client.enableTotp(codeOf(secret)))
  const nextCode = () => codes.pop()!

  // Login with the second factor.
  client.useToken(null)
  await refused(client.login({ ...owner, password: 'wrong' }), 401, 'CREDENTIALS')
  assert.equal((await refused(client.login(owner), 401, 'TOTP_REQUIRED')).requires_totp, true)
  const { token, user } = await done(client.login({ ...owner, totp_code: nextCode() }))
  assert.deepEqual([user.id, user.username], [1, 'admin'])

  // 401.
  await refused(client.system(), 401, 'TOKEN_MISSING')
  client.useToken('not-a-token')
  await refused(client.system(), 401, 'TOKEN_INVALID')
  client.useToken(token)
  assert.equal((await done(client.status())).authenticated, true)
  assert.notEqual((await done(client.system())).hostname, '')

  // The life of an API token.
  const wish = { token_name: 'Home Assistant', scope: 'read_only' as const, password: owner.password }
  const minted = await done(client.mintToken({ ...wish, totp_code: nextCode() }))
  client.useToken(minted.token)
  await done(client.system())
  await refused(client.removeUser(2), 403, 'SCOPE')
  client.useToken(token)
  const { tokens } = await done(client.listTokens())
  assert.deepEqual(
    tokens.map(({ id, name, revoked }) => [id, name, revoked]),
    [[minted.id, wish.token_name, false]]
  )
  await done(client.revokeToken(minted.id))
  client.useToken(minted.token)
  await refused(client.system(), 401, 'TOKEN_INVALID')
  client.useToken(token)

  // The avatar, up and down.
  await refused(client.downloadAvatar(), 404, 'NOT_FOUND')
  const profile = await done(client.uploadAvatar(new File([image], 'avatar.png', { type: 'image/png' })))
  assert.deepEqual([profile.has_avatar, profile.avatar_content_type], [true, 'image/png'])
  const received = new Uint8Array(await (await done(client.downloadAvatar())).arrayBuffer())
  assert.deepEqual(received, image)

  // Users; the confirmation of the login expires in between.
  const wished = { username: 'ada', password: 'Another-Horse-8', permissions: ['system.view' as const] }
  const { user: ada } = await done(client.createUser(wished))
  assert.equal((await done(client.renameUser(ada.id, 'Ada'))).user.display_name, 'Ada')
  pass(301)
  const asked = await refused(client.removeUser(ada.id), 403, 'STEP_UP_REQUIRED')
  assert.deepEqual(asked.needs, ['password', 'totp'])
  await done(client.confirm({ password: owner.password, totp_code: nextCode() }))
  await done(client.removeUser(ada.id))
  await refused(client.renameUser(ada.id, 'Ada'), 404, 'NOT_FOUND')

  // The host.
  assert.deepEqual(await done(client.sslStatus()).then(({ enabled, certificate }) => [enabled, certificate]), [
    false,
    null
  ])
  assert((await done(client.logs(5))).logs.length <= 5)
  assert.equal((await done(client.history('hour'))).timeframe, 'hour')
}
