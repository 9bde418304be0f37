import { spawnSync } from 'node:child_process'
import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { parseDuration, readConfig, variables } from '../../../lib/startup/config.ts'
import { FolderError, prepareFolders } from '../../../lib/startup/folders.ts'
import { configIn, temporaryFolder } from '../../support/app.ts'
import { executable } from '../../support/executable.ts'

// Contract 1, the table: every variable with its default.
const contract: Record<string, string> = {
  MONITOR_HOST: '0.0.0.0',
  MONITOR_PORT: '8008',
  MONITOR_CONFIG_DIR: '~/.config/proxmenux-monitor',
  MONITOR_STATE_DIR: '/var/lib/proxmenux-monitor',
  MONITOR_AUTH_LOG: '/var/log/proxmenux-auth.log',
  MONITOR_AUDIT_JSON: '',
  MONITOR_SSL_CONFIG: '/etc/proxmenux/ssl_config.json',
  MONITOR_TRUSTED_PROXIES: 'loopback',
  MONITOR_ALLOWED_HOSTS: '',
  MONITOR_CORS_ORIGINS: '',
  MONITOR_HSTS: '0',
  MONITOR_SESSION_TTL: '24h',
  MONITOR_REFRESH_TTL: '30d',
  MONITOR_RATE_LIMIT: '300',
  MONITOR_RATE_LIMIT_LOGIN: '10',
  MONITOR_RATE_LIMIT_REFRESH: '20',
  MONITOR_RATE_LIMIT_TOKEN: '100',
  MONITOR_MAX_CONNECTIONS: '1024',
  MONITOR_MAX_CONNECTIONS_PER_ADDRESS: '128',
  MONITOR_FAIL2BAN_CLIENT: 'fail2ban-client',
  MONITOR_FAIL2BAN_JAIL: 'proxmenux',
  MONITOR_SHELL: '',
  MONITOR_TERMINAL_IDLE: '0',
  MONITOR_TERMINAL_RECORD: 'off',
  MONITOR_TERMINAL_RECORD_MB: '200',
  MONITOR_TERMINAL_RECORD_DAYS: '30',
  MONITOR_SETUP_CODE: '',
  MONITOR_DATABASE_URL: '',
  MONITOR_REDIS_URL: '',
  MONITOR_ENCRYPTION_KEY: '',
  MONITOR_PUBLIC_URL: '',
  MONITOR_SAAS_DOMAIN: '',
  MONITOR_LOG_LEVEL: 'info'
}

t.test('the variables are exactly those of the contract, with their defaults', async (t) => {
  t.same(Object.fromEntries(variables.map((variable) => [variable.env, variable.default])), contract)
})

t.test('the defaults and every example are valid', async (t) => {
  t.not(readConfig({}).config, null)
  // Those of a panel need each other.
  const ofPanel = variables.filter(({ fromFile }) => fromFile).map(({ env, example }) => [env, example])
  const panel = Object.fromEntries(ofPanel)
  for (const { env, example } of variables) {
    const others = env in panel || env === 'MONITOR_SAAS_DOMAIN' ? panel : {}
    t.same(readConfig({ ...others, [env]: example }).faults, [], env)
  }
})

t.test('a panel needs all its variables, and valid URLs', async (t) => {
  const panel = {
    MONITOR_DATABASE_URL: 'postgresql://monitor:x@127.0.0.1/monitor',
    MONITOR_REDIS_URL: 'redis://127.0.0.1:6379/0',
    MONITOR_ENCRYPTION_KEY: Buffer.alloc(32).toString('base64')
  }
  t.same(readConfig(panel).faults, [])
  for (const env of Object.keys(panel)) {
    const { [env as keyof typeof panel]: _, ...others } = panel
    t.match(readConfig(others).faults, [new RegExp(`^${env}: a panel needs it\\. Example: ${env}=`)], env)
  }
  const broken = { ...panel, MONITOR_DATABASE_URL: 'postgresql://monitor:a/b[c@db.example.com:5432/monitor' }
  t.same(readConfig(broken).faults, [
    'MONITOR_DATABASE_URL: the value is not a URL; write special characters of the password as %40 for @. Example: MONITOR_DATABASE_URL=postgresql://monitor@db.example.com/monitor'
  ])
})

t.test('values are converted to their types', async (t) => {
  const { config } = readConfig(
    {
      MONITOR_SESSION_TTL: '15m',
      MONITOR_PORT: '0',
      MONITOR_TRUSTED_PROXIES: ' loopback , 10.0.0.0/8,2001:DB8::/32 ',
      MONITOR_ALLOWED_HOSTS: 'Monitor.Example.com',
      MONITOR_CONFIG_DIR: '~/x'
    },
    '/home/ada'
  )
  t.match(config, {
    sessionTtl: 900,
    port: 0,
    trustedProxies: ['loopback', '10.0.0.0/8', '2001:db8::/32'],
    allowedHosts: ['monitor.example.com'],
    configDir: '/home/ada/x'
  })
})

const bad: Record<string, string> = {
  MONITOR_HOST: '',
  MONITOR_PORT: '65536',
  MONITOR_TRUSTED_PROXIES: 'loopback,10.0.0.0/33',
  MONITOR_ALLOWED_HOSTS: 'http://x',
  MONITOR_AUDIT_JSON: 'audit.json',
  MONITOR_CORS_ORIGINS: 'https://home.example.com/,*',
  MONITOR_HSTS: 'yes',
  MONITOR_SESSION_TTL: '1 day',
  MONITOR_REFRESH_TTL: '0',
  MONITOR_RATE_LIMIT: '-1',
  MONITOR_RATE_LIMIT_LOGIN: 'ten',
  MONITOR_MAX_CONNECTIONS: '0',
  MONITOR_MAX_CONNECTIONS_PER_ADDRESS: 'many',
  MONITOR_FAIL2BAN_JAIL: '-h; reboot',
  MONITOR_LOG_LEVEL: 'loud'
}
for (const [env, value] of Object.entries(bad)) {
  t.test(`${env}=${value} is one line that names the variable and an example`, async (t) => {
    const { faults } = readConfig({ [env]: value })
    t.equal(faults.length, 1)
    t.match(faults[0], new RegExp(`^${env}: .+\\. Example: ${env}=.+$`))
  })
}

t.test('an unknown variable is a warning, as it may be misspelt', async (t) => {
  const read = readConfig({ MONITOR_PROT: '1' })
  t.match(read.config === null ? [] : read.warnings, [/MONITOR_PROT/])
})

t.test('durations are in s, m, h, d or plain seconds', async (t) => {
  t.same(['90', '90s', '15m', '24h', '30d', '', '1w', '-1', '1.5h'].map(parseDuration), [
    90,
    90,
    900,
    86400,
    2592000,
    null,
    null,
    null,
    null
  ])
})

t.test('the process ends before it listens, with one line for each fault', async (t) => {
  const run = spawnSync(executable, {
    env: { PATH: process.env.PATH, MONITOR_PORT: 'x', MONITOR_RATE_LIMIT: '0' },
    encoding: 'utf8'
  })
  t.equal(run.status, 2)
  t.same(run.stdout, '')
  t.equal(run.stderr.trim().split('\n').length, 2)
})

t.test('--help lists every variable with its default', async (t) => {
  const run = spawnSync(executable, ['--help'], {
    encoding: 'utf8'
  })
  t.equal(run.status, 0)
  for (const { env } of variables) t.match(run.stdout, env)
})

t.test('folders are made private', async (t) => {
  const folder = await temporaryFolder(t)
  prepareFolders(configIn(join(folder, 'a/b')), true)
  t.equal(statSync(join(folder, 'a/b')).mode & 0o777, 0o700)
})

t.test('a folder with our name is made private, and any other folder is a warning', async (t) => {
  const folder = await temporaryFolder(t)
  for (const name of ['proxmenux-monitor', 'shared']) mkdirSync(join(folder, name), { mode: 0o755 })
  t.same(prepareFolders(configIn(join(folder, 'proxmenux-monitor')), true).warnings, [])
  t.equal(statSync(join(folder, 'proxmenux-monitor')).mode & 0o777, 0o700)
  t.match(prepareFolders(configIn(join(folder, 'shared')), true).warnings, [/chmod 700/])
  t.equal(statSync(join(folder, 'shared')).mode & 0o777, 0o755)
})

t.test('an ordinary user has separate folders for state, log and TLS settings, and is told where', async (t) => {
  const folder = await temporaryFolder(t)
  // A file where a folder should be cannot be written even by root, who runs these tests.
  writeFileSync(join(folder, 'file'), '')
  mkdirSync(join(folder, 'config'), { mode: 0o700 })
  const wanted = configIn(join(folder, 'config'), {
    stateDir: join(folder, 'file/state'),
    authLog: join(folder, 'file/x.log'),
    sslConfig: join(folder, 'file/ssl.json')
  })
  const { config, warnings } = prepareFolders(wanted, false)
  t.equal(config.stateDir, join(folder, 'config/state'))
  t.equal(config.authLog, join(folder, 'config/x.log'))
  t.equal(config.sslConfig, join(folder, 'config/ssl.json'))
  t.match(warnings, [/STATE_DIR.*config\/state/, /AUTH_LOG.*config\/x\.log/, /SSL_CONFIG.*config\/ssl\.json/])
  // What is there and says HTTPS counts, though this user cannot change it.
  const readable = { ...wanted, sslConfig: '/etc/hostname' }
  t.equal(prepareFolders(readable, false).config.sslConfig, '/etc/hostname')
  t.throws(() => prepareFolders(wanted, true), FolderError)
  for (const configDir of [join(folder, 'file'), join(folder, 'file/c'), '/proc/none', '/proc/none/c'])
    t.throws(() => prepareFolders({ ...wanted, configDir }, false), /^MONITOR_CONFIG_DIR: /, configDir)
})
