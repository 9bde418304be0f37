import t from 'tap'
import { variables } from '../../lib/startup/config.ts'
import { bearer, build, setUp } from '../support/app.ts'

t.test('the variables in force, as they could be written, and without secrets', async (t) => {
  const setupCode = 'correct-horse-battery'
  const app = await build(t, {
    sessionTtl: 900,
    refreshTtl: 90,
    allowedHosts: ['monitor.example.com', 'pve1.example.com'],
    terminalRecord: 'on',
    setupCode
  })
  const body = { username: 'admin', password: 'Correct-Horse-7', setup_code: setupCode }
  const { token } = (await app.inject({ method: 'POST', url: '/api/auth/setup', payload: body })).json()
  const reply = await app.inject({ url: '/api/security/configuration', headers: bearer(token) })
  t.equal(reply.statusCode, 200)
  const shown: { name: string; value: string; default: string; customised: boolean }[] = reply.json().variables
  const of = (name: string) => shown.find((variable) => variable.name === name)
  t.match(of('MONITOR_SESSION_TTL'), { value: '15m', default: '24h', customised: true })
  t.match(of('MONITOR_REFRESH_TTL'), { value: '90', default: '30d', customised: true })
  t.match(of('MONITOR_ALLOWED_HOSTS'), { value: 'monitor.example.com,pve1.example.com', default: '', customised: true })
  t.match(of('MONITOR_TERMINAL_RECORD'), { value: 'on', default: 'off', customised: true })
  t.match(of('MONITOR_TERMINAL_RECORD_DAYS'), { value: '30', default: '30', customised: false })
  t.match(of('MONITOR_TRUSTED_PROXIES'), { value: 'loopback', customised: false })
  t.match(of('MONITOR_HSTS'), { value: '0', default: '0', customised: false })

  t.same(
    variables.filter(({ env }) => of(env) === undefined).map(({ env }) => env),
    ['MONITOR_SETUP_CODE', 'MONITOR_DATABASE_URL', 'MONITOR_REDIS_URL', 'MONITOR_ENCRYPTION_KEY']
  )
  t.notMatch(reply.body, setupCode)
})

t.test('a folder at its default is shown as the default', async (t) => {
  const app = await build(t, { sslConfig: '/etc/proxmenux/ssl_config.json' })
  const headers = bearer(await setUp(app))
  const { variables: shown } = (await app.inject({ url: '/api/security/configuration', headers })).json()
  t.match(
    shown.find(({ name }: { name: string }) => name === 'MONITOR_SSL_CONFIG'),
    { value: '/etc/proxmenux/ssl_config.json', customised: false }
  )
  t.match(
    shown.find(({ name }: { name: string }) => name === 'MONITOR_CONFIG_DIR'),
    { default: '~/.config/proxmenux-monitor', customised: true }
  )
})
