import { confirmIdentity } from '../session/confirmation.ts'
import { freshToken, reconsider, renew } from '../session/session.ts'
import { makeApi } from './paths.ts'
import { isProblem } from './problem.ts'
import { type Sent, send } from './transport.ts'

const tokenCodes = ['TOKEN_MISSING', 'TOKEN_MALFORMED', 'TOKEN_INVALID']

/** Renews a rejected token once and repeats the call. */
async function sendWithToken(call: Sent): Promise<unknown> {
  const token = await freshToken()
  try {
    return await send({ ...call, token })
  } catch (problem) {
    if (!isProblem(problem, ...tokenCodes)) throw problem
    return send({ ...call, token: await renew(token, problem) })
  }
}

/** A call with the session token. If the API requires a confirmation, asks for it and repeats the call. */
async function sendGuarded(call: Sent): Promise<unknown> {
  try {
    return await sendWithToken(call)
  } catch (problem) {
    if (isProblem(problem, 'STEP_UP_REQUIRED')) {
      await confirmIdentity(problem)
      return sendWithToken(call)
    }
    // The API is then unusable as a whole, so no single page can show the error.
    if (
      isProblem(
        problem,
        'AUTH_STORE_UNREADABLE',
        'SETUP_REQUIRED',
        'IP_BANNED',
        'HTTPS_REQUIRED',
        'ACCOUNT_DISABLED',
        'TENANT_UNKNOWN'
      )
    )
      reconsider(problem)
    throw problem
  }
}

/**
 * The API as docs/openapi.json describes it: `api.get('/api/users/{id}', { path: { id } })`. Resolves to the response
 * body; throws a Problem.
 */
export const api = makeApi(sendGuarded)

/** A response that is a file. */
export const getBlob = (path: '/api/auth/profile/avatar', signal?: AbortSignal): Promise<Blob> =>
  sendGuarded({ method: 'get', path, asBlob: true, ...(signal && { options: { signal } }) }) as Promise<Blob>

/** Recordings can have several MB, and the connection may be slow. */
export const getRecording = (id: string, signal: AbortSignal): Promise<Blob> =>
  sendGuarded({
    method: 'get',
    path: '/api/terminal/recordings/{id}',
    asBlob: true,
    options: { path: { id }, signal, timeoutMs: 120_000 }
  }) as Promise<Blob>

/** Sends a file unchanged, with its own media type. */
export const postBlob = (path: '/api/auth/profile/avatar', body: Blob): Promise<unknown> =>
  sendGuarded({ method: 'post', path, options: { body } })

/** Downloads a file that the host creates for `query`. */
export const getFile = (path: '/api/logs/download', query: object): Promise<Blob> =>
  sendGuarded({ method: 'get', path, asBlob: true, options: { query } }) as Promise<Blob>
