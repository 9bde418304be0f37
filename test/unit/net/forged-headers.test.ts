import t from 'tap'
import { cookiePath } from '../../../lib/auth/refresh-cookie.ts'
import { compileNetworks, normaliseAddress, parseForwardedElement } from '../../../lib/net/address.ts'
import { resolveClient } from '../../../lib/net/client.ts'
import { isSameOrigin, parseHost } from '../../../lib/net/origin.ts'

// What an attacker sends through a proxy, or as a neighbour straight to us.
const resolve = (headers: Record<string, string>, { peer = '127.0.0.1', encrypted = false } = {}) =>
  resolveClient({ peer: normaliseAddress(peer)!, encrypted, headers, isTrusted: compileNetworks(['loopback']) })
const addressOf = (forwardedFor: string) => resolve({ 'x-forwarded-for': forwardedFor }).address

t.test('a peer at ::127.0.0.1 is not this host', async (t) => {
  t.equal(normaliseAddress('::127.0.0.1'), '::7f00:1')
  t.equal(resolve({ 'x-forwarded-for': '192.0.2.1' }, { peer: '::127.0.0.1' }).address, '::7f00:1')
  t.equal(normaliseAddress('::ffff:127.0.0.1'), '127.0.0.1')
})

t.test('addresses that programs read differently are invalid', async (t) => {
  for (const text of ['010.0.0.1', '::ffff:010.0.0.1', '::ffff:0x7f.0.0.1', '::ffff:127.1', '127.0.0.1%lo', '１.2.3.4'])
    t.equal(normaliseAddress(text), null, text)
})

t.test('zones, ports, brackets and tabs do not hide an address', async (t) => {
  for (const text of ['192.0.2.1', '\t192.0.2.1 ', '192.0.2.1:80', '[::ffff:192.0.2.1]:80', '::ffff:c000:201%eth0'])
    t.equal(addressOf(`203.0.113.9, ${text}`), '192.0.2.1', text)
  for (const text of ['_hidden', 'unknown', '', '"192.0.2.1"', '[192.0.2.1', 'for=192.0.2.1', '192.0.2.1:', '-'])
    t.equal(addressOf(`203.0.113.9, ${text}`), '127.0.0.1', `${text}: nobody vouched for what stands left of it`)
})

t.test('a header of ten thousand elements costs only the hops that are checked', async (t) => {
  let asked = 0
  const isTrusted = () => asked++ < 1e6
  const headers = { 'x-forwarded-for': '127.0.0.1,'.repeat(10_000) + '127.0.0.1' }
  resolveClient({ peer: '127.0.0.1', encrypted: false, headers, isTrusted })
  t.ok(asked <= 34, `${asked} addresses were looked at`)
  t.equal(addressOf(','.repeat(10_000)), '127.0.0.1')
  t.equal(parseForwardedElement(`::1%${'a'.repeat(10_000)}`), null, 'no zone is that long')
})

t.test('of repeated headers the last counts, which is the nearest proxy’s', async (t) => {
  t.equal(resolve({ 'x-real-ip': '203.0.113.9, 192.0.2.1' }).address, '192.0.2.1')
  t.match(
    resolve({
      'x-forwarded-for': '192.0.2.1',
      'x-forwarded-proto': 'https,http',
      'x-forwarded-host': 'forged.example,monitor.example.com',
      'x-forwarded-prefix': '/forged, /monitor'
    }),
    { scheme: 'http', host: 'monitor.example.com', prefix: '/monitor' }
  )
})

t.test('an invalid host is ignored', async (t) => {
  const inner = { host: 'inner', 'x-forwarded-for': '192.0.2.1' }
  for (const text of ['user:pw@evil.example', 'evil.example/path', 'a b', 'a\tb', '$(reboot)', 'a;b', 'é', '[::1', ''])
    t.equal(resolve({ ...inner, 'x-forwarded-host': text }).host, 'inner', text)
  for (const text of ['evil.example\\', '`id`', 'a"b', "a'b", 'a<b', 'a%b', 'a,b']) t.equal(parseHost(text), null, text)
})

t.test('an invalid scheme keeps the connection’s own', async (t) => {
  for (const text of ['', 'on', 'httpsx', 'https,'])
    t.equal(resolve({ 'x-forwarded-proto': text }, { encrypted: true }).scheme, 'https', text)
  t.equal(resolve({ 'x-forwarded-proto': 'on' }).scheme, 'http')
  t.equal(resolve({ 'x-forwarded-proto': 'http' }, { encrypted: true }).scheme, 'http', 'TLS between proxy and host')
})

t.test('no prefix escapes its path, and a cookie’s path follows the same rule', async (t) => {
  const bad = [
    '/..',
    '/a/../b',
    '/.',
    '/a/./',
    '//evil.example',
    '/a;Domain=x',
    '/a b',
    `/${'a'.repeat(300)}`,
    'a',
    '/%2e'
  ]
  for (const text of bad) {
    t.equal(resolve({ 'x-forwarded-for': '192.0.2.1', 'x-forwarded-prefix': text }).prefix, '', text)
    t.equal(cookiePath({ scheme: 'https', host: 'x', prefix: '', basePath: text }), '/api/auth', text)
  }
  t.equal(resolve({ 'x-forwarded-for': '192.0.2.1', 'x-forwarded-prefix': '/.a/b..' }).prefix, '/.a/b..')
})

t.test('in a chain of proxies any forwarded host may be the page’s', async (t) => {
  const from = (forwardedHost: string) =>
    isSameOrigin({ origin: 'https://monitor.example.com', secFetchSite: undefined, host: 'inner:8008', forwardedHost })
  t.ok(from('monitor.example.com, outer.lan'))
  t.ok(from('cdn.example, MONITOR.example.com.'))
  t.notOk(from('monitor.example.com.evil.example'))
  t.notOk(from(''))
})
