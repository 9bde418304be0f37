import { type Static, type TSchema, Type } from 'typebox'

/** How the text of an environment variable becomes the property's value. */
export type Reading = 'text' | 'integer' | 'duration' | 'list'

interface VariableOptions {
  env: `MONITOR_${string}`
  default: string
  description: string
  example: string
}

// Annotations stay on the schema, so that reading, --help and docs/configuration.md have one source.
const variable = <T extends TSchema>(schema: T, reading: Reading, options: VariableOptions): T =>
  Object.assign({}, schema, { reading, ...options })

const text = (options: VariableOptions, rules = {}) =>
  variable(Type.String({ minLength: 1, ...rules }), 'text', options)
const perMinute = (options: VariableOptions) =>
  variable(Type.Integer({ minimum: 1, maximum: 1_000_000_000 }), 'integer', options)
const connections = (options: VariableOptions) =>
  variable(Type.Integer({ minimum: 1, maximum: 1_000_000 }), 'integer', options)
const seconds = (options: VariableOptions, minimum: number, maximum: number) =>
  variable(Type.Integer({ minimum, maximum }), 'duration', options)

export const ConfigSchema = Type.Object({
  host: text({
    env: 'MONITOR_HOST',
    default: '0.0.0.0',
    description: 'Address to listen on.',
    example: '127.0.0.1'
  }),
  port: variable(Type.Integer({ minimum: 0, maximum: 65535 }), 'integer', {
    env: 'MONITOR_PORT',
    default: '8008',
    description: 'TCP port to listen on; 0 lets the kernel choose.',
    example: '8008'
  }),
  configDir: text({
    env: 'MONITOR_CONFIG_DIR',
    default: '~/.config/proxmenux-monitor',
    description: 'Folder of auth.json, settings.json and avatars.',
    example: '/root/.config/proxmenux-monitor'
  }),
  stateDir: text({
    env: 'MONITOR_STATE_DIR',
    default: '/var/lib/proxmenux-monitor',
    description: 'Folder of the SQLite database and of recordings.',
    example: '/var/lib/proxmenux-monitor'
  }),
  authLog: text({
    env: 'MONITOR_AUTH_LOG',
    default: '/var/log/proxmenux-auth.log',
    description: 'Authentication log, the file fail2ban reads.',
    example: '/var/log/proxmenux-auth.log'
  }),
  auditJson: variable(Type.String({ pattern: '^(~?/.*[^/])?$' }), 'text', {
    env: 'MONITOR_AUDIT_JSON',
    default: '',
    description: 'File that gets every security event as a line of JSON, beside the authentication log; empty: none.',
    example: '/var/log/proxmenux-audit.json'
  }),
  sslConfig: text({
    env: 'MONITOR_SSL_CONFIG',
    default: '/etc/proxmenux/ssl_config.json',
    description: 'TLS settings file.',
    example: '/etc/proxmenux/ssl_config.json'
  }),
  trustedProxies: variable(Type.Array(Type.String({ format: 'proxy' })), 'list', {
    env: 'MONITOR_TRUSTED_PROXIES',
    default: 'loopback',
    description:
      'Proxies whose forwarding headers count: IP addresses, CIDRs, loopback, linklocal, uniquelocal. Empty trusts none.',
    example: 'loopback,192.168.1.5,10.0.0.0/8'
  }),
  allowedHosts: variable(Type.Array(Type.String({ format: 'host-name' })), 'list', {
    env: 'MONITOR_ALLOWED_HOSTS',
    default: '',
    description: "Host names accepted beside IP addresses, localhost and this machine's own.",
    example: 'monitor.example.com'
  }),
  corsOrigins: variable(Type.Array(Type.String({ format: 'origin' })), 'list', {
    env: 'MONITOR_CORS_ORIGINS',
    default: '',
    description: 'Origins whose pages may read the API with a token of their own; empty: none but our own.',
    example: 'https://home.example.com,https://panel.example.com:8443'
  }),
  hsts: seconds(
    {
      env: 'MONITOR_HSTS',
      default: '0',
      description:
        'How long browsers shall use nothing but HTTPS for this host name (HSTS), on all its ports, the Proxmox UI on :8006 included; 0: not at all.',
      example: '365d'
    },
    0,
    10 * 365 * 86400
  ),
  sessionTtl: seconds(
    {
      env: 'MONITOR_SESSION_TTL',
      default: '24h',
      description: 'Lifetime of a session token.',
      example: '15m'
    },
    60,
    365 * 86400
  ),
  refreshTtl: seconds(
    {
      env: 'MONITOR_REFRESH_TTL',
      default: '30d',
      description: 'Lifetime of a refresh token.',
      example: '30d'
    },
    60,
    365 * 86400
  ),
  rateLimit: perMinute({
    env: 'MONITOR_RATE_LIMIT',
    default: '300',
    description: 'Requests per minute and client address to all of /api.',
    example: '300'
  }),
  rateLimitLogin: perMinute({
    env: 'MONITOR_RATE_LIMIT_LOGIN',
    default: '10',
    description: 'Logins, and other checks of a password, per minute and client address.',
    example: '10'
  }),
  rateLimitRefresh: perMinute({
    env: 'MONITOR_RATE_LIMIT_REFRESH',
    default: '20',
    description: 'Session refreshes per minute and client address.',
    example: '20'
  }),
  rateLimitToken: perMinute({
    env: 'MONITOR_RATE_LIMIT_TOKEN',
    default: '100',
    description: 'Requests with an API token per minute and client address.',
    example: '100'
  }),
  maxConnections: connections({
    env: 'MONITOR_MAX_CONNECTIONS',
    default: '1024',
    description: 'Connections open at a time, before and after their requests; more are closed at once.',
    example: '4096'
  }),
  maxConnectionsPerAddress: connections({
    env: 'MONITOR_MAX_CONNECTIONS_PER_ADDRESS',
    default: '128',
    description:
      'Connections open at a time from one address (IPv6: one /64); more are closed at once. Trusted proxies are exempt.',
    example: '256'
  }),
  fail2banClient: text({
    env: 'MONITOR_FAIL2BAN_CLIENT',
    default: 'fail2ban-client',
    description: 'Program that is asked for banned addresses.',
    example: '/usr/bin/fail2ban-client'
  }),
  fail2banJail: text(
    {
      env: 'MONITOR_FAIL2BAN_JAIL',
      default: 'proxmenux',
      description: 'Jail whose banned addresses are refused.',
      example: 'proxmenux'
    },
    { pattern: '^[A-Za-z0-9_][A-Za-z0-9_.-]*$' }
  ),
  shell: variable(Type.String(), 'text', {
    env: 'MONITOR_SHELL',
    default: '',
    description: "Shell of the terminal; empty takes the account's login shell, else /bin/bash.",
    example: '/usr/bin/zsh'
  }),
  terminalIdle: seconds(
    {
      env: 'MONITOR_TERMINAL_IDLE',
      default: '0',
      description: 'How long a terminal may stand without anything being typed before it is ended; 0: for ever.',
      example: '8h'
    },
    0,
    365 * 86400
  ),
  terminalRecord: variable(Type.Union([Type.Literal('off'), Type.Literal('on')]), 'text', {
    env: 'MONITOR_TERMINAL_RECORD',
    default: 'off',
    description: 'on records what terminals show, not what is typed, under the state folder; off does not.',
    example: 'on'
  }),
  terminalRecordMb: variable(Type.Integer({ minimum: 1, maximum: 1_000_000 }), 'integer', {
    env: 'MONITOR_TERMINAL_RECORD_MB',
    default: '200',
    description: 'MB all recordings may take together; the oldest are removed beyond that.',
    example: '1000'
  }),
  terminalRecordDays: variable(Type.Integer({ minimum: 1, maximum: 3650 }), 'integer', {
    env: 'MONITOR_TERMINAL_RECORD_DAYS',
    default: '30',
    description: 'Days recordings are kept.',
    example: '90'
  }),
  setupCode: variable(Type.String(), 'text', {
    env: 'MONITOR_SETUP_CODE',
    default: '',
    description: 'Code that setup, skip and decline ask for on the first launch; empty asks for none.',
    example: 'correct-horse-battery'
  }),
  logLevel: variable(
    Type.Union([
      Type.Literal('fatal'),
      Type.Literal('error'),
      Type.Literal('warn'),
      Type.Literal('info'),
      Type.Literal('debug'),
      Type.Literal('trace'),
      Type.Literal('silent')
    ]),
    'text',
    {
      env: 'MONITOR_LOG_LEVEL',
      default: 'info',
      description: "Lowest level of the daemon's own log: fatal, error, warn, info, debug, trace or silent.",
      example: 'debug'
    }
  )
})
export type Config = Static<typeof ConfigSchema>
