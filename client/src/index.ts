import createClient, { type Client } from 'openapi-fetch'
import { connect, type Ended, isFinal, type Topic, type Update } from './live.js'
import { createQueue } from './queue.js'
import type { components, paths } from './schema.js'

export type { Topic, Topics, Update } from './live.js'
export type { components, paths } from './schema.js'

type Envelope = components['schemas']['ErrorReply']
export type ErrorCode = components['schemas']['ErrorCode']
export type User = components['schemas']['User']
export type Credentials = components['schemas']['LoginBody']

/** A refusal of the daemon. */
export class MonitorError extends Error {
  override readonly name = 'MonitorError'
  readonly status: number
  readonly code: ErrorCode
  /** A code of two-factor authentication is required, or was wrong. */
  readonly requiresTotp: boolean

  constructor(
    status: number,
    { code, message, requires_totp = false }: Pick<Envelope, 'code' | 'message' | 'requires_totp'>
  ) {
    super(message)
    this.status = status
    this.code = code
    this.requiresTotp = requires_totp
  }
}

export interface MonitorOptions {
  /** The address of the daemon, with the base path if a proxy has one. */
  url: string
  /** An API token. Without it, log in. */
  token?: string
}

export interface FollowOptions {
  /** Ends the stream. */
  signal?: AbortSignal
}

export interface Monitor {
  /** Typed calls of every route: `api.GET('/api/users/{id}', { params: { path: { id: 2 } } })`. */
  api: Client<paths>
  /** Opens a session. Throws a MonitorError. */
  login(credentials: Credentials): Promise<User>
  /** Renews the token of the session. Throws a MonitorError if the session has ended. */
  refresh(): Promise<void>
  /** Ends the session. */
  logout(): Promise<void>
  /** The data of topics at each change. Reconnects by itself. Throws a MonitorError when the session has ended. */
  follow<Name extends Topic>(topics: readonly Name[], options?: FollowOptions): AsyncGenerator<Update<Name>, void>
}

const FIRST_DELAY_MS = 500
const LONGEST_DELAY_MS = 30_000

const pause = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer)
        resolve()
      },
      { once: true }
    )
  })

/** Empty in browsers, which keep cookies themselves. */
function readCookies(response: Response, known: ReadonlyMap<string, string>): Map<string, string> {
  const cookies = new Map(known)
  for (const line of response.headers.getSetCookie()) {
    const [pair = ''] = line.split(';')
    const [name = '', value = ''] = pair.split(/=(.*)/)
    if (value === '') cookies.delete(name)
    else cookies.set(name, value)
  }
  return cookies
}

export function createMonitor({ url, token: apiToken }: MonitorOptions): Monitor {
  const baseUrl = url.replace(/\/+$/, '')
  let token = apiToken ?? null
  let cookies = new Map<string, string>()
  let isLoggedIn = false
  let refreshing: Promise<void> | null = null

  const withToken = (request: Request): Request => {
    if (token !== null) request.headers.set('authorization', `Bearer ${token}`)
    return request
  }

  async function take<T>(call: Promise<{ data?: T; error?: Envelope; response: Response }>): Promise<T> {
    const { data, error, response } = await call
    if (error !== undefined) throw new MonitorError(response.status, error)
    if (data === undefined) throw new TypeError(`${response.url} answered ${response.status} without a body`)
    cookies = readCookies(response, cookies)
    return data
  }

  /** Without a token and without a retry. */
  const open = createClient<paths>({ baseUrl, credentials: 'include' })

  async function renew(): Promise<void> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const reply = await take(open.POST('/api/auth/refresh', cookie === '' ? {} : { headers: { cookie } }))
    token = reply.token
    isLoggedIn = true
  }
  function refresh(): Promise<void> {
    refreshing ??= renew().finally(() => {
      refreshing = null
    })
    return refreshing
  }

  /** Sends a request. If the session's token has expired, refreshes it and repeats the request once. */
  async function send(request: Request): Promise<Response> {
    const again = request.clone()
    const used = token
    const response = await fetch(withToken(request))
    if (response.status !== 401 || !isLoggedIn) return response
    const { code }: Partial<Envelope> = await response
      .clone()
      .json()
      .catch(() => ({}))
    if (code !== 'TOKEN_INVALID') return response
    // Another call may have refreshed it meanwhile.
    if (token === used) {
      const isRenewed = await refresh().then(
        () => true,
        (error: unknown) => {
          if (error instanceof MonitorError) return false
          throw error
        }
      )
      if (!isRenewed) return response
    }
    return fetch(withToken(again))
  }
  const api = createClient<paths>({ baseUrl, credentials: 'include', fetch: send })

  async function* follow<Name extends Topic>(
    topics: readonly Name[],
    { signal = new AbortController().signal }: FollowOptions = {}
  ): AsyncGenerator<Update<Name>, void> {
    const stopping = new AbortController()
    const stop = () => stopping.abort()
    signal.addEventListener('abort', stop, { once: true })
    let delay = FIRST_DELAY_MS
    try {
      while (!signal.aborted) {
        const { data: ticket, error, response } = await api.POST('/api/live/ticket')
        // A daemon that is busy or restarts is asked again.
        if (error && response.status < 500 && response.status !== 429) throw new MonitorError(response.status, error)
        if (ticket) {
          const queue = createQueue<Update<Name>>()
          let refusal: MonitorError | null = null
          const ended = connect({
            url: `${baseUrl.replace(/^http/, 'ws')}/ws/live`,
            ticket: ticket.ticket,
            topics,
            signal: stopping.signal,
            onUpdate: queue.push,
            onRefused(code, message) {
              refusal = new MonitorError(403, { code: code as ErrorCode, message })
              queue.close()
            }
          }).finally(queue.close)
          for await (const update of queue.values()) {
            delay = FIRST_DELAY_MS
            yield update
          }
          if (refusal) throw refusal
          const end: Ended = await ended
          if (isFinal(end))
            throw new MonitorError(401, { code: 'TOKEN_INVALID', message: end.reason || `closed with ${end.code}` })
        }
        await pause(delay, signal)
        delay = Math.min(delay * 2, LONGEST_DELAY_MS)
      }
    } finally {
      signal.removeEventListener('abort', stop)
      stopping.abort()
    }
  }

  return {
    api,
    async login(body) {
      const reply = await take(open.POST('/api/auth/login', { body }))
      token = reply.token
      isLoggedIn = true
      return reply.user
    },
    refresh,
    async logout() {
      await take(api.POST('/api/auth/logout'))
      token = null
      cookies = new Map()
      isLoggedIn = false
    },
    follow
  }
}
