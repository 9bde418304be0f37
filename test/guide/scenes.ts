import assert from 'node:assert/strict'
import { appendFile, copyFile, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { selfSigned } from '../support/certificates.ts'
import { comes } from '../support/waiting.ts'
import { codeNow, createHost, sh } from './host.ts'

export interface Scene {
  /** Brings about the situation that the section is about. */
  stage?: () => Promise<unknown>
  /** What each command prints. */
  prints: RegExp[]
  /** Standard input. */
  input?: string
  /** The answer to the question that a command asks on a terminal. */
  answer?: string
  /** Variables that the block takes from blocks before it. */
  env?: () => Promise<Record<string, string>>
  /** Shell before the block. */
  prelude?: string
  /** That the commands had their effect. */
  check?: () => Promise<unknown>
}

const CODE = 'choose-your-own'
const EXAMPLES = '/usr/share/doc/proxmenux-monitor/examples'
const checkout = '/opt/proxmenux-monitor'
const NOTHING = /^$/
const TOKEN = /^[\w-]+\.[\w-]+\.[\w-]+$/

const host = createHost()
const { ask, logIn, owner } = host
const statusOf = async (path: string, token = '') => (await ask(path, { token })).status
const configured = async () => (await ask('/api/auth/status')).json.auth_configured
const setUp = () => ask('/api/auth/setup', { body: { ...owner, setup_code: CODE } })
const AUTH_LOG = '/var/log/proxmenux-auth.log'

const soon = async (what: string, isSo: () => Promise<unknown>) => assert.ok(await comes(isSo), what)
const logsIn = () => soon('the owner can log in', async () => (await logIn()).status === 200)

async function becomeOwner(): Promise<void> {
  await soon('it is a first launch', async () => (await configured()) === false)
  assert.equal((await setUp()).status, 200)
}

async function stageProxies(): Promise<void> {
  await appendFile('/etc/hosts', '127.0.0.1 monitor.example.com example.com\n')
  const live = '/etc/letsencrypt/live/monitor.example.com'
  await mkdir(live, { recursive: true })
  const { cert_path, key_path } = selfSigned(live, 'own')
  await copyFile(cert_path, `${live}/fullchain.pem`)
  await copyFile(key_path, `${live}/privkey.pem`)
  await sh('systemctl start nginx')
}

/** As a site of its own would have it. */
async function addSubPath(): Promise<void> {
  const site = 'server { listen 80; server_name example.com; include snippets/proxmenux-monitor-subpath.conf; }'
  await writeFile('/etc/nginx/conf.d/example.com.conf', site)
  await sh('systemctl stop caddy && nginx -t && systemctl start nginx')
  const url = 'http://example.com/proxmenux-monitor'
  assert.equal(await sh(`curl -so /dev/null -w '%{http_code}' ${url}/api/auth/status`), '200')
}

/** What the package brings. */
async function stageFail2ban(): Promise<void> {
  await sh('rm -rf /etc/fail2ban/jail.d/* && mkdir -p /run/fail2ban')
  for (const file of ['filter.d/proxmenux.conf', 'jail.d/proxmenux.conf'])
    await copyFile(`${checkout}/deploy/fail2ban/${file}`, `/etc/fail2ban/${file}`)
}

async function turnOnSecondFactor(): Promise<boolean> {
  const token = String((await logIn()).json.token)
  const { secret } = (await ask('/api/auth/totp/setup', { token, body: {} })).json
  if (secret === undefined) return false
  const body = { token: codeNow(String(secret)) }
  return (await ask('/api/auth/totp/enable', { token, body })).status === 200
}

async function stageSecondFactor(): Promise<void> {
  // The section before rotated the secret, which the daemon sees within a second: until then it logs in with the old one.
  await soon('2FA is on', turnOnSecondFactor)
  assert.equal((await logIn()).json.requires_totp, true)
}

async function stageAllowList(): Promise<void> {
  const token = String((await logIn()).json.token)
  const body = { allowed_ips: '198.51.100.0/24' }
  assert.equal((await ask('/api/users/1', { token, body, method: 'PATCH' })).status, 200)
  assert.equal((await logIn()).json.code, 'IP_NOT_ALLOWED')
}

async function stageLockout(): Promise<void> {
  for (let i = 0; i < 5; i++) await logIn('wrong')
  assert.equal((await logIn()).status, 423)
}

const session = async () => ({ SESSION: String((await logIn()).json.token) })
const tokens = async () => {
  const { SESSION } = await session()
  const body = { password: owner.password, token_name: 'To be revoked' }
  const { json } = await ask('/api/auth/generate-api-token', { token: SESSION, body })
  return { SESSION, TOKEN: String(json.token), ID: String(json.id) }
}

/** What each block of shell commands needs, and does: by its heading, in the order of the blocks. */
export const scenes: Readonly<Record<string, Scene[]>> = {
  'Reaching the dashboard': [
    {
      stage: async () => {
        await mkdir('/etc/proxmenux', { recursive: true })
        // The scenes log in more often than ten times a minute.
        await writeFile('/etc/proxmenux/monitor.env', 'MONITOR_RATE_LIMIT_LOGIN=1000\n')
        await sh('ip addr add 192.168.1.10/32 dev lo && systemctl start proxmenux-monitor')
        await mkdir(dirname(EXAMPLES), { recursive: true })
        await rm(EXAMPLES, { recursive: true, force: true })
        await symlink(`${checkout}/deploy`, EXAMPLES)
        // As the package has it.
        await symlink(`${checkout}/bin/proxmenux-monitor`, '/usr/bin/proxmenux-monitor')
      },
      prints: [/"hostname":/]
    }
  ],
  'First launch': [
    {
      prints: [NOTHING, NOTHING, NOTHING, NOTHING],
      check: async () => {
        const { json } = await ask('/api/auth/status')
        assert.equal(json.setup_code_required, true)
        assert.equal((await ask('/api/auth/setup', { body: owner })).status, 401)
        await becomeOwner()
      }
    }
  ],
  Users: [
    {
      input: 'Correct-Horse-8\n',
      prints: [/The user "ada" was created/, /\bada\b/, /is disabled/, /is enabled/]
    }
  ],
  'Login and sessions': [{ prints: [NOTHING, /"username":"admin"/] }],
  'Lost password': [
    { answer: 'y', prints: [/The login of "admin" is gone/], check: becomeOwner },
    { prints: [/http:\/\/\S+#sign-in=[\w-]{43}/] }
  ],
  'Somebody else may have access': [
    {
      env: tokens,
      answer: 'y',
      prints: [/[1-9]\d* sessions? ended/, /To be revoked/, /revoked/, /The signing secret is new/],
      check: async () => assert.match(await sh('proxmenux-monitor sessions list'), /No sessions/)
    }
  ],
  Backup: [{ prints: [/monitor\.backup/] }],
  'Lost authenticator': [{ stage: stageSecondFactor, prints: [/is off/], check: logsIn }],
  'API tokens': [
    { prints: [TOKEN] },
    { env: session, prints: [/"token_name":"Grafana"/] },
    {
      env: tokens,
      prints: [/"cpu_usage":/, /"name":"To be revoked"/, /"success":true/],
      check: async () => assert.match(await sh('proxmenux-monitor tokens list --json'), /"revoked":\s*true/)
    }
  ],
  'HTTPS from the shell': [
    {
      prints: [/^/, NOTHING],
      check: () => soon('HTTPS is on', () => sh('curl -fsk https://192.168.1.10:8008/api/auth/status').catch(() => ''))
    }
  ],
  'HTTPS stands in the way': [
    { prints: [NOTHING], check: () => soon('HTTPS is off', () => statusOf('/api/auth/status').catch(() => 0)) }
  ],
  'Behind a reverse proxy': [
    {
      prints: [NOTHING, NOTHING],
      check: () => assert.rejects(sh('curl -fsS http://192.168.1.10:8008/api/auth/status'), 'only loopback is open')
    }
  ],
  Nginx: [
    {
      stage: stageProxies,
      prints: [NOTHING, NOTHING, NOTHING, /test is successful/, NOTHING],
      check: () =>
        soon('Nginx serves the Monitor', () =>
          sh('curl -fsk https://monitor.example.com/api/auth/status').catch(() => '')
        )
    }
  ],
  Caddy: [
    {
      stage: () => sh('systemctl stop nginx && systemctl start caddy'),
      prints: [NOTHING, /Valid configuration/, NOTHING],
      check: async () =>
        assert.match(await sh('curl -sI http://monitor.example.com/'), /^HTTP\/1\.1 308.*ocation: https:\/\/monitor/s)
    }
  ],
  'Under a path of another site': [{ prints: [NOTHING], check: addSubPath }],
  'Audit log': [
    {
      async stage() {
        await logIn('wrong')
        // The log is written after the answer.
        await soon('the log has it', async () => (await readFile(AUTH_LOG, 'utf8')).includes('authentication failure;'))
      },
      prints: [/authentication failure; rhost=127\.0\.0\.1 user=admin/, /login_failed/, /whole/]
    }
  ],
  Fail2ban: [
    {
      stage: stageFail2ban,
      // The server needs a moment after its start.
      prelude: 'fail2ban-client() { for i in $(seq 100); do command fail2ban-client "$@" && return; sleep 0.2; done; }',
      prints: [/newest version/, NOTHING, /Banned IP list:/]
    }
  ],
  'Your address is banned': [
    {
      stage: async () => {
        await sh('fail2ban-client set proxmenux banip 192.0.2.10')
        assert.match(await sh('fail2ban-client status proxmenux'), /192\.0\.2\.10/)
      },
      prints: [/^1$/],
      check: async () => assert.doesNotMatch(await sh('fail2ban-client status proxmenux'), /192\.0\.2\.10/)
    }
  ],
  Troubleshooting: [{ prints: [/^ok {4}port\b.*\n(ok|warn) +fail2ban\b/s] }],
  'The first-launch dialog does not appear': [{ prints: [NOTHING, NOTHING, NOTHING], check: becomeOwner }],
  'An API token gets 401': [{ prints: [/./, TOKEN] }],
  'Locked out after wrong passwords': [{ stage: stageLockout, prints: [/can log in again/], check: logsIn }],
  'The allow-list excludes you': [{ stage: stageAllowList, prints: [/from every address/], check: logsIn }],
  'The daemon does not start': [
    {
      stage: () => sh('systemctl start systemd-journald'),
      prints: [/Active: active \(running\)/, /./]
    }
  ]
}
