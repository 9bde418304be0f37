import t from 'tap'
import { missing, selfSigned } from '../support/certificates.ts'
import { handshake } from '../support/web-sockets.ts'
import { ask } from './clients.ts'
import { listen, tlsDaemon } from './daemon.ts'

const skip = missing

t.test('plain HTTP on the HTTPS port: pages are redirected, the API and WebSockets refused', { skip }, async (t) => {
  const { app, folder, call } = await tlsDaemon(t)
  t.equal((await call('configure', selfSigned(folder, 'server'))).statusCode, 200)
  const port = await listen(app)
  const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    ask({ scheme: 'http', port, path, headers, method })

  for (const [path, location] of [
    ['/', `https://127.0.0.1:${port}/`],
    ['/?a=1&b=%2F', `https://127.0.0.1:${port}/?a=1&b=%2F`],
    ['/assets/home.js', `https://127.0.0.1:${port}/assets/home.js`],
    ['/api/docs', `https://127.0.0.1:${port}/api/docs`],
    ['/no-such-page', `https://127.0.0.1:${port}/no-such-page`],
    ['//evil.example/', `https://127.0.0.1:${port}//evil.example/`],
    ['/%zz', `https://127.0.0.1:${port}/%zz`]
  ] as const) {
    const { status, headers } = await get(path)
    t.equal(status, 308, path)
    t.equal(headers.location, location)
    t.equal(headers['cache-control'], 'no-store', 'no browser keeps it when HTTPS is switched off again')
  }
  t.equal((await get('/', { host: 'Monitor.example.com' })).headers.location, 'https://Monitor.example.com/')
  t.equal((await get('/', { host: '[::1]:8008' })).headers.location, 'https://[::1]:8008/')
  t.equal((await get('/', { host: 'a.example/b' })).status, 426, 'an invalid host is not redirected')
  for (const [target, method] of [
    ['http://evil.example/', 'GET'],
    ['*', 'OPTIONS']
  ] as const)
    t.equal((await get(target, { host: 'monitor' }, method)).status, 426, `${target} is no path to append to a host`)
  t.equal((await get('/', { connection: 'upgrade', upgrade: 'h2c' })).status, 308, 'an offer that may be ignored')

  for (const [path, method] of [
    ['/api/auth/login', 'POST'],
    ['/api/system-info', 'GET'],
    ['/api/no-such-thing', 'GET'],
    ['/%61pi/auth/status', 'GET'],
    ['/ws/nothing', 'GET']
  ] as const) {
    const { status, headers, body } = await get(path, {}, method)
    t.equal(status, 426, path)
    t.match(JSON.parse(body), { success: false, error: 'this port speaks HTTPS; use https://', code: 'HTTPS_REQUIRED' })
    t.match(headers, { upgrade: 'TLS/1.2, HTTP/1.1', connection: 'upgrade, close' })
  }
  for (const path of ['/ws/connection?ticket=x', '/']) {
    const refused = await handshake(`ws://127.0.0.1:${port}${path}`)
    t.equal(refused.status, 426, path)
  }
  t.equal((await ask({ scheme: 'https', port, path: '/api/system-info' })).status, 200)
  t.equal((await ask({ scheme: 'https', port, path: '/' })).status, 200)
})

t.test(
  'plain HTTP is accepted from a trusted proxy that received HTTPS, and from no other sender',
  { skip },
  async (t) => {
    const trusting = await tlsDaemon(t)
    await trusting.call('configure', selfSigned(trusting.folder, 'server'))
    const port = await listen(trusting.app)
    const get = (headers: Record<string, string>, path = '/') => ask({ scheme: 'http', port, path, headers })
    t.equal((await get({ 'x-forwarded-proto': 'https' })).status, 200)
    t.equal((await get({ 'x-forwarded-proto': 'https' }, '/api/system-info')).status, 200)
    const forwarded = {
      'x-forwarded-proto': 'http',
      'x-forwarded-host': 'pve.example',
      'x-forwarded-prefix': '/monitor'
    }
    t.equal((await get(forwarded, '/?x')).headers.location, 'https://pve.example/monitor/?x')

    const wary = await tlsDaemon(t, {}, { trustedProxies: [] })
    await wary.call('configure', selfSigned(wary.folder, 'server'), wary.headers)
    const other = await listen(wary.app)
    const claimed = { 'x-forwarded-proto': 'https' }
    t.equal((await ask({ scheme: 'http', port: other, path: '/api/system-info', headers: claimed })).status, 426)
  }
)

t.test('plain HTTP is refused after bans and limits, and before host, origin and token', { skip }, async (t) => {
  const { app, folder, call } = await tlsDaemon(t, {}, { rateLimit: 6 })
  await call('configure', selfSigned(folder, 'server'))
  const send = () =>
    app.inject({
      method: 'PUT',
      url: '/api/auth/profile',
      headers: { host: 'evil.example' },
      payload: { display_name: 7 }
    })
  t.equal((await send()).json().code, 'HTTPS_REQUIRED')
  for (let i = 0; i < 6; i++) await send()
  t.equal((await send()).json().code, 'RATE_LIMITED')
  app.banGate.replace(['127.0.0.1'])
  t.equal((await send()).json().code, 'IP_BANNED')
})
