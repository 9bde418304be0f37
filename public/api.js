/** Where the daemon is mounted, whatever path a proxy put before it: this file's own parent folder. */
export const root = new URL('..', import.meta.url)

const TIMEOUT_MS = 15_000

// Empty at the top of a host; else the daemon needs it for its cookie's path, for not every proxy tells.
const basePath = root.pathname.slice(0, -1)

/** What went wrong. `code` is the API's, or NETWORK, FOREIGN or ASSET where it was not the API that answered. */
export class Problem extends Error {
  constructor(
    code,
    { status = 0, message = '', retryAfter = null, details = [], requiresTotp = false, needs = [] } = {}
  ) {
    super(message)
    this.code = code
    this.status = status
    /** Seconds to wait, or null. */
    this.retryAfter = retryAfter
    this.details = details
    this.requiresTotp = requiresTotp
    /** What a confirmation takes. */
    this.needs = needs
  }
}

/** Calls the API; resolves to the answer, throws a Problem. A body makes it a POST, unless it says otherwise. */
export async function call(path, { token, body, method = body ? 'POST' : 'GET' } = {}) {
  const headers = { accept: 'application/json' }
  if (token) headers.authorization = `Bearer ${token}`
  if (body) headers['content-type'] = 'application/json'
  if (basePath) headers['x-base-path'] = basePath
  let response
  let answer
  try {
    response = await fetch(new URL(path, root), {
      method,
      headers,
      body: body && JSON.stringify(body),
      cache: 'no-store',
      signal: AbortSignal.timeout(TIMEOUT_MS)
    })
    answer = await response.text()
  } catch {
    throw new Problem('NETWORK')
  }
  const { status } = response
  const data = parse(answer)
  if (response.ok && data) return data
  if (typeof data?.code !== 'string') throw new Problem('FOREIGN', { status })
  const seconds = Number.parseInt(response.headers.get('retry-after') ?? '', 10)
  throw new Problem(data.code, {
    status,
    message: data.message,
    retryAfter: seconds > 0 ? seconds : null,
    details: data.details,
    requiresTotp: data.requires_totp === true,
    needs: data.needs
  })
}

function parse(text) {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

// Where the API's own words are for programs; everything else is shown as the server said it.
const sentences = {
  NETWORK: 'No answer from this host. Is the service running, and the network up?',
  ASSET: 'A part of this page could not be loaded. Try again.',
  CREDENTIALS: 'The username or the password is wrong.',
  TOTP_REQUIRED: 'Enter the code from your authenticator app.',
  TOTP_INVALID: 'That code is wrong, or it was used before. Enter the one the app shows now.',
  TOKEN_INVALID: 'This token is not valid here: mistyped, expired or revoked.',
  RATE_LIMITED: 'Too many requests from this address.',
  AUTH_STORE_UNREADABLE:
    'The file auth.json on this host cannot be read, so nobody is let in. The service’s log says where the fault is; once it is mended, all goes on by itself.',
  IP_BANNED: 'Access denied: this address is banned.'
}

/** What went wrong, as a sentence for the person in front of the page. */
export function explain(problem) {
  const { code, status, message } = problem
  if (code === undefined) return `This page has a fault: ${message}.`
  if (code === 'FOREIGN') return `Something between you and this host answered in its place (HTTP ${status}).`
  if (message === 'new_password too short') return 'The password is too short.'
  return sentences[code] ?? asSentence(message)
}

const asSentence = (text) => {
  const sentence = text.charAt(0).toUpperCase() + text.slice(1)
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`
}

/** `43 s`, or whole minutes, rounded up, from two minutes on. */
export const describeWait = (seconds) => (seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} minutes`)
