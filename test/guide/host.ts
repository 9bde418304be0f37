import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { TOTP } from 'otpauth'

const run = promisify(execFile)

/** The output of shell commands; throws if one fails. */
export const sh = async (script: string): Promise<string> =>
  (await run('bash', ['-euo', 'pipefail', '-c', script], { encoding: 'utf8' })).stdout.trim()

export const codeNow = (secret: string): string => new TOTP({ secret }).generate()

interface Ask {
  token?: string
  body?: object
  method?: string
}

/** The daemon of this machine, at its usual place. */
export function createHost(url = 'http://127.0.0.1:8008') {
  const owner = { username: 'admin', password: 'Correct-Horse-7' }
  const ask = async (path: string, { token = '', body, method = body ? 'POST' : 'GET' }: Ask = {}) => {
    const headers = {
      ...(body && { 'content-type': 'application/json' }),
      ...(token !== '' && { authorization: `Bearer ${token}` })
    }
    const reply = await fetch(url + path, { method, headers, ...(body && { body: JSON.stringify(body) }) })
    return { status: reply.status, json: (await reply.json()) as Record<string, unknown> }
  }
  const logIn = (password = owner.password) => ask('/api/auth/login', { body: { ...owner, password } })
  return { owner, ask, logIn }
}
