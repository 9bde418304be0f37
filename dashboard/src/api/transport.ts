import { learnHostTime } from '../data/host-clock.ts'
import { makeApi, type RawCall } from './paths.ts'
import { basePath, root } from './place.ts'
import { Problem } from './problem.ts'

const TIMEOUT_MS = 15_000

export interface Sent extends RawCall {
  token?: string | null
  /** Returns the raw response instead of JSON. */
  asBlob?: boolean
}

function addressOf({ path, options }: RawCall): URL {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String((options?.path as Record<string, unknown> | undefined)?.[name]))
  )
  const address = new URL(filled.slice(1), root)
  for (const [name, value] of Object.entries(options?.query ?? {})) {
    if (value !== undefined && value !== '') address.searchParams.set(name, String(value))
  }
  return address
}

function headersOf({ method, path, options, token }: Sent): Record<string, string> {
  const { body } = options ?? {}
  return {
    accept: 'application/json',
    ...(token && { authorization: `Bearer ${token}` }),
    ...(body instanceof Blob && { 'content-type': body.type }),
    ...(body !== undefined && !(body instanceof Blob) && { 'content-type': 'application/json' }),
    ...(basePath && method !== 'get' && path.startsWith('/api/auth/') && { 'x-base-path': basePath })
  }
}

const parse = (text: string): Record<string, unknown> | null => {
  try {
    const data: unknown = JSON.parse(text)
    return typeof data === 'object' ? (data as Record<string, unknown> | null) : null
  } catch {
    return null
  }
}

/** Only the daemon's error envelope is read. A proxy's error page has no usable fields. */
function toProblem({ status, headers }: Response, text: string): Problem {
  const data = parse(text)
  if (typeof data?.code !== 'string') return new Problem('FOREIGN', { status })
  const seconds = Number.parseInt(headers.get('retry-after') ?? '', 10)
  return new Problem(data.code, {
    status,
    message: String(data.message ?? ''),
    retryAfter: seconds > 0 ? seconds : null,
    details: (data.details as Problem['details']) ?? [],
    requiresTotp: data.requires_totp === true,
    needs: (data.needs as string[]) ?? []
  })
}

/** One request. Resolves to the response; throws a Problem, or the AbortError of the caller's signal. */
export async function send(call: Sent): Promise<unknown> {
  const { body, signal, timeoutMs = TIMEOUT_MS } = call.options ?? {}
  const timeout = AbortSignal.timeout(timeoutMs)
  let response: Response
  let answer: Blob | string
  try {
    response = await fetch(addressOf(call), {
      method: call.method.toUpperCase(),
      headers: headersOf(call),
      ...(body !== undefined && { body: body instanceof Blob ? body : JSON.stringify(body) }),
      cache: call.asBlob ? 'no-cache' : 'no-store',
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout
    })
    learnHostTime(response.headers.get('date'))
    answer = call.asBlob && response.ok ? await response.blob() : await response.text()
  } catch (error) {
    if (signal?.aborted) throw error
    throw new Problem('NETWORK')
  }
  if (answer instanceof Blob) return answer
  const data = response.ok ? parse(answer) : null
  if (!data) throw toProblem(response, answer)
  return data
}

/** The API without a token and without session renewal, for the calls that create a session. */
export const bare = makeApi(send)
