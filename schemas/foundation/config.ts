import { type Static, type TSchema, Type } from 'typebox'

/** How the text of an environment variable is parsed. */
export type Reading = 'text' | 'integer' | 'duration' | 'list'

interface VariableOptions {
  env: `MONITOR_${string}`
  default: string
  description: string
  example: string
  /** Never printed. */
  secret?: boolean
  /** The variable `<env>_FILE` names a file that holds the value. */
  fromFile?: boolean
}

// Annotations are part of the schema, so that parsing, --help and docs/configuration.md share one source.
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
    description: 'Folder of auth.json, settings.json, avatars and self-signed certificates.',
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
    description:
      'File for all security events, one JSON object per line, in addition to the authentication log; empty disables it.',
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
      'Trusted proxies, whose forwarding headers are used: IP addresses, CIDRs, loopback, linklocal, uniquelocal; empty trusts no proxy.',
    example: 'loopback,192.168.1.5,10.0.0.0/8'
  }),
  allowedHosts: variable(Type.Array(Type.String({ format: 'host-name' })), 'list', {
    env: 'MONITOR_ALLOWED_HOSTS',
    default: '',
    description: "Host names accepted in addition to IP addresses, localhost and this machine's own host name.",
    example: 'monitor.example.com'
  }),
  corsOrigins: variable(Type.Array(Type.String({ format: 'origin' })), 'list', {
    env: 'MONITOR_CORS_ORIGINS',
    default: '',
    description: 'Other origins whose pages may call the API with an API token; empty allows no other origin.',
    example: 'https://home.example.com,https://panel.example.com:8443'
  }),
  hsts: seconds(
    {
      env: 'MONITOR_HSTS',
      default: '0',
      description:
        'How long browsers use only HTTPS for this host name (HSTS), on all its ports, including the Proxmox UI on :8006; 0 disables HSTS.',
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
    description: 'Requests to /api per minute and client address.',
    example: '300'
  }),
  rateLimitLogin: perMinute({
    env: 'MONITOR_RATE_LIMIT_LOGIN',
    default: '10',
    description: 'Logins and other password checks per minute and client address.',
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
    description: 'Maximum open connections, idle ones included; further connections are closed at once.',
    example: '4096'
  }),
  maxConnectionsPerAddress: connections({
    env: 'MONITOR_MAX_CONNECTIONS_PER_ADDRESS',
    default: '128',
    description:
      'Maximum open connections from one address (IPv6: one /64); further ones are closed at once. Trusted proxies are exempt.',
    example: '256'
  }),
  fail2banClient: text({
    env: 'MONITOR_FAIL2BAN_CLIENT',
    default: 'fail2ban-client',
    description: 'Program to query for banned addresses.',
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
    description: "Shell of the terminal; empty uses the account's login shell, else /bin/bash.",
    example: '/usr/bin/zsh'
  }),
  terminalIdle: seconds(
    {
      env: 'MONITOR_TERMINAL_IDLE',
      default: '0',
      description: 'Terminals without input for this long are ended; 0 disables the limit.',
      example: '8h'
    },
    0,
    365 * 86400
  ),
  terminalRecord: variable(Type.Union([Type.Literal('off'), Type.Literal('on')]), 'text', {
    env: 'MONITOR_TERMINAL_RECORD',
    default: 'off',
    description: 'on records the output of terminals, not the input, in the state folder; off disables recording.',
    example: 'on'
  }),
  terminalRecordMb: variable(Type.Integer({ minimum: 1, maximum: 1_000_000 }), 'integer', {
    env: 'MONITOR_TERMINAL_RECORD_MB',
    default: '200',
    description: 'Maximum size of all recordings together, MB; the oldest are removed first.',
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
    description: 'Code required for setup, skip and decline on the first launch; empty requires no code.',
    example: 'correct-horse-battery',
    secret: true
  }),
  databaseUrl: variable(Type.String({ pattern: '^(postgres(ql)?://.+)?$' }), 'text', {
    env: 'MONITOR_DATABASE_URL',
    default: '',
    description:
      'PostgreSQL database of a panel: this daemon is then one of its replicas (docs/panel.md). Needs MONITOR_REDIS_URL and MONITOR_ENCRYPTION_KEY; empty for a single host. MONITOR_DATABASE_URL_FILE names a file that holds it.',
    example: 'postgresql://monitor@db.example.com/monitor',
    secret: true,
    fromFile: true
  }),
  redisUrl: variable(Type.String({ pattern: '^(rediss?://.+)?$' }), 'text', {
    env: 'MONITOR_REDIS_URL',
    default: '',
    description: 'Redis of a panel. MONITOR_REDIS_URL_FILE names a file that holds it.',
    example: 'redis://redis.example.com:6379/0',
    secret: true,
    fromFile: true
  }),
  encryptionKey: variable(Type.String(), 'text', {
    env: 'MONITOR_ENCRYPTION_KEY',
    default: '',
    description:
      "Encrypts a panel's secrets in PostgreSQL: 32 bytes in base64 (openssl rand -base64 32); while the key is being changed, the new one and the old one with a comma between them. MONITOR_ENCRYPTION_KEY_FILE names a file that holds it.",
    example: 'n2Qm1zYb0F3cXvJt6pLr8sWd5gHk9aEo4uIy7TqRx0M=',
    secret: true,
    fromFile: true
  }),
  publicUrl: variable(Type.String({ pattern: '^(https?://[^/?#]+(/[^?#]*)?)?$' }), 'text', {
    env: 'MONITOR_PUBLIC_URL',
    default: '',
    description: 'How browsers reach this host; the other hosts of a panel link to it.',
    example: 'https://pve1.example.com:8008'
  }),
  saasDomain: variable(Type.Union([Type.Literal(''), Type.String({ format: 'host-name' })]), 'text', {
    env: 'MONITOR_SAAS_DOMAIN',
    default: '',
    description:
      "Domain of a panel's tenants: acme.panel.example.com is tenant acme, and the bare domain is the operator's own; empty for a panel without tenants.",
    example: 'panel.example.com'
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
