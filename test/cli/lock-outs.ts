import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { join } from 'node:path'
import { createSigner } from 'fast-jwt'
import { TOTP } from 'otpauth'
import type { Test } from 'tap'
import { createSelfSigned } from '../../lib/tls/self-signed.ts'
import { startFail2ban } from '../fail2ban/server.ts'
import { claims } from '../support/tokens.ts'
import { until } from '../support/waiting.ts'
import { ask, type Host, OWNER, openHost } from './rig.ts'

/** A host that keeps its operator out. */
interface LockedOut {
  host: Host
  /** Whether the operator is kept out, in the way that the guide describes. */
  isOut: () => Promise<boolean>
  /** Whether the operator is in again. Gets what the command printed. */
  isIn: (printed: string) => Promise<boolean>
}

interface LockOut {
  /** The command of the guide; with what it prints. */
  undo: string
  prints: RegExp
  stage: (t: Test) => Promise<LockedOut>
}

const NEW_OWNER = { ...OWNER, password: 'Another-Horse-7' }
const YEAR_MS = 365 * 86_400_000

const logIn = (host: Host, more: object = {}) => ask(host.daemon, '/api/auth/login', '', { ...OWNER, ...more })
const codeAt = (secret: string, timestamp: number) => new TOTP({ secret }).generate({ timestamp })
const statusOf = async (host: Host) => (await ask(host.daemon, '/api/auth/status')).json
const systemIs = async (host: Host, token: string) => (await ask(host.daemon, '/api/system', token)).status
const isFirstLaunch = async (host: Host) => {
  const { auth_configured, declined } = await statusOf(host)
  return auth_configured === false && declined === false
}

async function withSecondFactor(t: Test) {
  const host = await openHost(t)
  const setup = (await ask(host.daemon, '/api/auth/totp/setup', host.token, {})).json
  const secret = String(setup.secret)
  await ask(host.daemon, '/api/auth/totp/enable', host.token, { token: codeAt(secret, Date.now()) })
  return { host, secret }
}

/** An API token that was minted two years ago, for one. */
function mintExpired(host: Host): string {
  const auth = host.readAuth()
  const secret = String(auth.jwt_secret)
  const [made, end] = [Date.now() - 2 * YEAR_MS, Date.now() - YEAR_MS]
  const seconds = { iat: Math.floor(made / 1000), exp: Math.floor(end / 1000) }
  const token = createSigner({ key: secret, algorithm: 'HS256' })(claims({ ...seconds, token_name: 'Old' }))
  const hash = createHash('sha256').update(token).digest('hex')
  const entry = {
    id: hash.slice(0, 16),
    name: 'Old',
    token_hash: hash,
    token_prefix: token.slice(-4),
    created_at: new Date(made).toISOString(),
    expires_at: new Date(end).toISOString(),
    signed_with: createHash('sha256').update(secret).digest('hex').slice(0, 16)
  }
  writeFileSync(host.auth, JSON.stringify({ ...auth, api_tokens: [entry] }), { mode: 0o600 })
  return token
}

/** The reason for which a client that checks certificates refuses to talk to the daemon; null if it does not. */
const faultOfHttps = ({ daemon }: Host, ca: string): Promise<string | null> =>
  new Promise((done) => {
    const options = { host: '127.0.0.1', port: daemon.port, path: '/api/auth/status', ca }
    request(options, (reply) => done(reply.resume() && null))
      .on('error', (error: NodeJS.ErrnoException) => done(error.code ?? error.message))
      .end()
  })

/** By their names: each way of being kept out that the guide knows, and what it says to do. */
export const lockOuts: Readonly<Record<string, LockOut>> = {
  'the choice of no password hides the first launch': {
    undo: 'reset-password --yes',
    prints: /^The choice of no password is gone/,
    stage: async (t) => {
      const host = await openHost(t)
      await ask(host.daemon, '/api/auth/disable', host.token, { password: OWNER.password })
      await ask(host.daemon, '/api/auth/skip', '', {})
      return {
        host,
        isOut: async () => (await statusOf(host)).declined === true,
        isIn: () => isFirstLaunch(host)
      }
    }
  },

  'an owner with a lost password hides the first launch': {
    undo: 'reset-password --yes',
    prints: /^The login of "admin" is gone/,
    stage: async (t) => {
      const host = await openHost(t)
      const token = (await host.command('tokens create Kept')).stdout.trim()
      const isKept = async () => (await systemIs(host, token)) === 200
      return {
        host,
        isOut: async () => (await logIn(host, NEW_OWNER)).status === 401 && !(await isFirstLaunch(host)),
        isIn: async () =>
          (await isFirstLaunch(host)) &&
          (await ask(host.daemon, '/api/auth/setup', '', NEW_OWNER)).status === 200 &&
          (await logIn(host, NEW_OWNER)).status === 200 &&
          isKept()
      }
    }
  },

  'a lost password, for somebody who only wants to look': {
    undo: 'login-link',
    prints: /#sign-in=[\w-]{43}/,
    stage: async (t) => {
      const host = await openHost(t)
      return {
        host,
        isOut: async () => (await logIn(host, NEW_OWNER)).status === 401,
        isIn: async (printed) => {
          const secret = /#sign-in=([\w-]{43})/.exec(printed)![1]!
          return (await ask(host.daemon, '/api/auth/login-link', '', { secret })).status === 200
        }
      }
    }
  },

  'an API token was revoked': {
    undo: 'tokens create New',
    prints: /^[\w-]+\.[\w-]+\.[\w-]+\n$/,
    stage: async (t) => {
      const host = await openHost(t)
      const { token, id } = (await host.command('tokens create Old --json')).json
      await host.command(`tokens revoke ${id}`)
      return {
        host,
        isOut: async () => (await systemIs(host, String(token))) === 401,
        isIn: async (printed) => (await systemIs(host, printed.trim())) === 200
      }
    }
  },

  'an API token has expired': {
    undo: 'tokens create New',
    prints: /^[\w-]+\.[\w-]+\.[\w-]+\n$/,
    stage: async (t) => {
      const host = await openHost(t)
      const token = mintExpired(host)
      const { tokens } = (await host.command('tokens list --json')).json as { tokens: { expires_at: string }[] }
      t.ok(Date.parse(tokens[0]!.expires_at) < Date.now(), 'the list shows it')
      return {
        host,
        isOut: async () => (await systemIs(host, token)) === 401,
        isIn: async (printed) => (await systemIs(host, printed.trim())) === 200
      }
    }
  },

  'neither authenticator nor backup codes': {
    undo: 'totp disable admin',
    prints: /is off/,
    stage: async (t) => {
      const { host } = await withSecondFactor(t)
      return {
        host,
        isOut: async () => (await logIn(host)).json.requires_totp === true,
        isIn: async () => (await logIn(host)).status === 200
      }
    }
  },

  'five wrong passwords': {
    undo: 'unlock admin',
    prints: /can log in again/,
    stage: async (t) => {
      const host = await openHost(t)
      for (let i = 0; i < 5; i++) await logIn(host, { password: 'wrong' })
      return {
        host,
        isOut: async () => (await logIn(host)).json.code === 'ACCOUNT_LOCKED',
        isIn: async () => (await logIn(host)).status === 200
      }
    }
  },

  'an allow-list without this network': {
    undo: 'users allow admin',
    prints: /^The user "admin" can log in from every address\.\n$/,
    stage: async (t) => {
      const host = await openHost(t)
      await ask(host.daemon, '/api/users/1', host.token, { allowed_ips: '198.51.100.0/24' }, 'PATCH')
      return {
        host,
        isOut: async () => (await logIn(host)).json.code === 'IP_NOT_ALLOWED',
        isIn: async () => (await logIn(host)).status === 200
      }
    }
  }
}

/** An expired certificate under HTTPS. It is undone by a line in the shell, not by a command of ours. */
export async function withExpiredCertificate(t: Test) {
  const host = await openHost(t)
  const { cert, key } = await createSelfSigned(['127.0.0.1'], Date.now() - 2 * YEAR_MS)
  const files = { cert_path: join(host.folder, 'old.pem'), key_path: join(host.folder, 'old.key') }
  writeFileSync(files.cert_path, cert)
  writeFileSync(files.key_path, key, { mode: 0o600 })
  const settings = host.env.MONITOR_SSL_CONFIG!
  writeFileSync(settings, JSON.stringify({ enabled: true, source: 'custom', ...files }))
  const plain = () => fetch(`${host.daemon.url}/api/auth/status`, { redirect: 'manual' })
  await until(async () => (await plain()).status === 426)
  return { host, settings, plain, fault: () => faultOfHttps(host, String(cert)) }
}

/** With the real fail2ban. */
export async function withFail2ban(t: Test) {
  const host = await openHost(t, async (folder) => {
    const { client } = await startFail2ban(t, folder, join(folder, 'auth.log'))
    return { MONITOR_FAIL2BAN_CLIENT: client }
  })
  return { host, client: host.env.MONITOR_FAIL2BAN_CLIENT! }
}

export { codeAt, logIn, withSecondFactor }
