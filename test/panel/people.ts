import { TOTP } from 'otpauth'
import { type Ask, claimsOf, type Reply, refreshTokenOf } from './client.ts'

export const PASSWORD = 'Correct-Horse-7'
export const OWNER = 'admin'

export interface Person {
  id: number
  username: string
  token: string
  sid: string
  /** The refresh token. */
  refresh: string
}

/** The answer, if it has the status that the test needs to go on. */
export async function need(status: number, reply: Promise<Reply> | Reply): Promise<Reply> {
  const got = await reply
  if (got.status !== status) throw new Error(`answered ${got.status} ${got.text}`)
  return got
}

const personOf = (reply: Reply): Person => ({
  id: reply.json.user.id,
  username: reply.json.user.username,
  token: reply.json.token,
  sid: claimsOf(reply.json.token).sid,
  refresh: refreshTokenOf(reply)!
})

export const tryLogin = (ask: Ask, username: string, password: string, more: object = {}, address?: string) =>
  ask('/api/auth/login', { body: { username, password, ...more }, ...(address === undefined ? {} : { address }) })

export const login = async (ask: Ask, username: string, more: object = {}, password = PASSWORD): Promise<Person> =>
  personOf(await need(200, tryLogin(ask, username, password, more)))

/** The first launch; the owner's session is confirmed for changes of users. */
export async function setUpOwner(ask: Ask): Promise<Person> {
  const body = { username: OWNER, password: PASSWORD }
  const owner = personOf(await need(200, ask('/api/auth/setup', { body })))
  await confirm(ask, owner)
  return owner
}

export const confirm = (ask: Ask, { token }: Person, password = PASSWORD) =>
  need(200, ask('/api/auth/confirm', { token, body: { password } }))

/** Creates a user with the password of all. */
export async function createUser(ask: Ask, owner: Person, username: string, more: object = {}): Promise<number> {
  const body = { username, password: PASSWORD, user_type: 'support', permissions: ['system.view'], ...more }
  return (await need(201, ask('/api/users', { token: owner.token, body }))).json.user.id
}

/** The id of a new reseller. */
export async function createReseller(ask: Ask, owner: Person, name: string, balance: number): Promise<number> {
  const reply = await need(201, ask('/api/resellers', { token: owner.token, body: { name, balance } }))
  return reply.json.reseller.id
}

export const changeUser = (ask: Ask, owner: Person, id: number, body: object) =>
  ask(`/api/users/${id}`, { method: 'PATCH', token: owner.token, body })

/** An API token of a person; its id and its text. */
export async function mint(ask: Ask, { token }: Person, more: object = {}): Promise<{ id: string; token: string }> {
  const body = { password: PASSWORD, token_name: 'script', ...more }
  return (await need(200, ask('/api/auth/generate-api-token', { token, body }))).json
}

export const refresh = (ask: Ask, token: string) =>
  ask('/api/auth/refresh', { method: 'POST', headers: { cookie: `refresh_token_http=${token}` } })

/** The code of an authenticator, `steps` of 30 s from now. */
export const codeAt = (secret: string, steps = 0) =>
  new TOTP({ secret }).generate({ timestamp: Date.now() + steps * 30_000 })
