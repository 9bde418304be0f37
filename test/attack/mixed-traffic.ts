import { connect } from 'node:tls'
import { PASSWORD } from '../support/app.ts'
import type { Files } from '../support/certificates.ts'
import { TerminalClient } from '../support/terminal-client.ts'
import { passTime } from '../support/waiting.ts'
import { ask } from '../tls/clients.ts'
import type { Daemon } from './harness.ts'

/** What the daemon has acknowledged, and so must still be true after kill -9. */
export interface Facts {
  /** Session tokens of logins and refreshes. */
  live: Set<string>
  /** Of acknowledged logouts. */
  ended: Set<string>
  /** API tokens by their id. */
  minted: Map<string, string>
  revoked: Set<string>
  /** Ada's password; two while a change of it is under way. */
  passwords: Set<string>
  /** Ada's earlier ones. */
  formerPasswords: Set<string>
  /** What the port speaks; null while a switch is under way. */
  https: boolean | null
  /** The newest display name of Ada; null while a change of it is under way. */
  displayName: string | null
  acknowledged: number
}

export const noFacts = (): Facts => ({
  live: new Set(),
  ended: new Set(),
  minted: new Map(),
  revoked: new Set(),
  passwords: new Set([PASSWORD]),
  formerPasswords: new Set(),
  https: false,
  displayName: '',
  acknowledged: 0
})

/** Only ever sends the right password. */
export const OWNER_ADDRESS = '10.9.9.9'

/** The connection broke: the daemon is gone, and the outcome of the request is unknown. */
export class Gone extends Error {}

let visitors = 0
/** An address without earlier requests. */
export const newAddress = (): string => {
  visitors++
  return `10.${(visitors >> 16) & 127}.${(visitors >> 8) & 255}.${visitors & 255}`
}

export interface Sent {
  token?: string
  cookie?: string
  body?: object
  from?: string
}

/** One request as through a proxy with HTTPS, so that it is accepted with and without HTTPS. Throws Gone. */
export async function send(
  { port }: Daemon,
  method: string,
  path: string,
  { token, cookie, body, from = newAddress() }: Sent = {}
) {
  const headers = {
    'x-forwarded-for': from,
    'x-forwarded-proto': 'https',
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(cookie === undefined ? {} : { cookie })
  }
  const answer = await ask({ scheme: 'http', port, method, path, headers, ...(body ? { payload: body } : {}) }).catch(
    (error: Error) => {
      throw new Gone(error.message)
    }
  )
  const cookies = answer.headers['set-cookie']?.map((each) => each.split(';', 1)[0]!).join('; ') ?? ''
  return { status: answer.status, body: JSON.parse(answer.body) as Record<string, unknown>, cookies }
}
type Answer = Awaited<ReturnType<typeof send>>

const expectStatus = (answer: Answer, what: string, ...statuses: number[]): Answer => {
  if (!statuses.includes(answer.status))
    throw new Error(`${what} answered ${answer.status} ${JSON.stringify(answer.body)}`)
  return answer
}

export const logIn = (daemon: Daemon, username: string, password: string, from?: string) =>
  send(daemon, 'POST', '/api/auth/login', { body: { username, password }, ...(from ? { from } : {}) })

/** The owner, from one address: in, perhaps refreshed, perhaps out. */
async function comeAndGo(daemon: Daemon, facts: Facts, random: () => number): Promise<void> {
  const login = expectStatus(await logIn(daemon, 'admin', PASSWORD, OWNER_ADDRESS), 'a login', 200)
  let token = login.body.token as string
  facts.live.add(token)
  facts.acknowledged++
  if (random() < 0.5) {
    const refreshed = await send(daemon, 'POST', '/api/auth/refresh', { cookie: login.cookies })
    token = expectStatus(refreshed, 'a refresh', 200).body.token as string
    facts.live.add(token)
    facts.acknowledged++
  }
  if (random() < 0.5) return
  // Both tokens are one session's.
  for (const each of [login.body.token as string, token]) facts.live.delete(each)
  expectStatus(await send(daemon, 'POST', '/api/auth/logout', { token }), 'a logout', 200)
  facts.ended.add(login.body.token as string).add(token)
  facts.acknowledged++
}

/** Strangers who guess, each from a place of their own. */
async function guess(daemon: Daemon, random: () => number): Promise<void> {
  const username = random() < 0.5 ? 'admin' : 'nobody'
  expectStatus(await logIn(daemon, username, 'Wrong-Horse-7'), 'a wrong password', 401)
}

async function mintAndRevoke(daemon: Daemon, owner: string, facts: Facts, random: () => number): Promise<void> {
  const body = { password: PASSWORD, token_name: 'kill', scope: 'read_only' }
  const minted = await send(daemon, 'POST', '/api/auth/generate-api-token', { token: owner, body })
  const { token } = expectStatus(minted, 'a minted token', 200).body as { token: string }
  const { tokens } = (await send(daemon, 'GET', '/api/auth/api-tokens?revoked=1', { token: owner })).body as {
    tokens: { id: string }[]
  }
  const id = tokens.map((each) => each.id).find((each) => !facts.minted.has(each))
  if (id === undefined) throw new Error('a minted token is not listed')
  facts.minted.set(id, token)
  facts.acknowledged++
  if (random() < 0.5) return
  facts.minted.set(id, '')
  expectStatus(await send(daemon, 'DELETE', `/api/auth/api-tokens/${id}`, { token: owner }), 'a revocation', 200)
  facts.revoked.add(token)
  facts.acknowledged++
}

async function changePassword(daemon: Daemon, facts: Facts, random: () => number): Promise<void> {
  const [before] = facts.passwords
  const token = expectStatus(await logIn(daemon, 'ada', before!), 'her login', 200).body.token as string
  const next = `Correct-Horse-${Math.floor(random() * 1e9)}`
  const body = { current_password: before, new_password: next }
  facts.passwords.add(next)
  expectStatus(await send(daemon, 'PUT', '/api/auth/password', { token, body }), 'her new password', 200)
  facts.passwords.delete(before!)
  facts.formerPasswords.add(before!)
  facts.acknowledged++
}

async function changeUser(daemon: Daemon, owner: string, id: number, facts: Facts, random: () => number) {
  const name = `Ada ${Math.floor(random() * 1e9)}`
  facts.displayName = null
  const body = { display_name: name }
  expectStatus(await send(daemon, 'PATCH', `/api/users/${id}`, { token: owner, body }), 'a changed user', 200)
  facts.displayName = name
  facts.acknowledged++
}

async function switchTls(daemon: Daemon, owner: string, pairs: Files[], facts: Facts, random: () => number) {
  const isOn = random() < 0.6
  facts.https = null
  const body = isOn ? pairs[Math.floor(random() * pairs.length)]! : {}
  const path = `/api/ssl/${isOn ? 'configure' : 'disable'}`
  expectStatus(await send(daemon, 'POST', path, { token: owner, body }), 'a switch of TLS', 200)
  facts.https = isOn
  facts.acknowledged++
}

/** A visitor in the middle of a switch: a handshake that succeeds, is refused or breaks. */
const shakeHands = ({ port }: Daemon) =>
  new Promise<void>((done) => {
    const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false }, () => socket.destroy())
    socket.on('error', () => {}).once('close', () => done())
  })

async function useTerminal(daemon: Daemon, owner: string): Promise<void> {
  const headers = { 'x-forwarded-for': newAddress(), 'x-forwarded-proto': 'https' }
  const ticket = async () =>
    (await send(daemon, 'POST', '/api/terminal/ticket', { token: owner })).body.ticket as string
  const url = `ws://127.0.0.1:${daemon.port}/ws/terminal`
  const client = new TerminalClient({ url, ticket }, { socket: { headers } })
  try {
    const use = async () => {
      await client.open()
      client.type('exit\r')
      await client.waitForEnd()
    }
    await Promise.race([use(), daemon.exited])
  } catch (error) {
    client.cut()
    throw new Gone((error as Error).message)
  }
}

export interface TrafficOptions {
  daemon: Daemon
  facts: Facts
  /** A session of the owner's that has just given its password. */
  owner: string
  adaId: number
  pairs: Files[]
  random: () => number
}

/** Everything at once until the daemon is gone. Throws at the first answer that no caller deserves. */
export async function runTraffic({ daemon, facts, owner, adaId, pairs, random }: TrafficOptions): Promise<void> {
  const lanes = [
    () => comeAndGo(daemon, facts, random),
    () => guess(daemon, random),
    () => mintAndRevoke(daemon, owner, facts, random),
    () => changePassword(daemon, facts, random),
    () => changeUser(daemon, owner, adaId, facts, random),
    () => switchTls(daemon, owner, pairs, facts, random),
    () => shakeHands(daemon),
    () => useTerminal(daemon, owner)
  ]
  let isGone = false
  void daemon.exited.then(() => {
    isGone = true
  })
  const repeat = async (step: () => Promise<void>): Promise<void> => {
    while (!isGone) {
      try {
        await step()
      } catch (error) {
        if (!(error instanceof Gone)) throw error
        // It may be the terminal's own end; the loop goes by the process.
        if (!isGone) await Promise.race([daemon.exited, passTime(20)])
      }
    }
  }
  await Promise.all(lanes.map(repeat))
}
