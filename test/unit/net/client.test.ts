import t from 'tap'
import { compileNetworks, countingKey, normaliseAddress, parseForwardedElement } from '../../../lib/net/address.ts'
import { resolveClient } from '../../../lib/net/client.ts'
import { isKnownHost, isSameOrigin } from '../../../lib/net/origin.ts'
import { listOwnNames } from '../../../lib/net/own-names.ts'

const resolve = (peer: string, headers: Record<string, string>, trusted: string[] = ['loopback']) =>
  resolveClient({ peer: normaliseAddress(peer)!, encrypted: false, headers, isTrusted: compileNetworks(trusted) })

t.test('one address has one spelling', async (t) => {
  t.equal(normaliseAddress('::ffff:192.0.2.1'), '192.0.2.1')
  t.equal(normaliseAddress('::FFFF:c000:201'), '192.0.2.1')
  t.equal(normaliseAddress('2001:DB8:0:0::1'), '2001:db8::1')
  t.equal(normaliseAddress('fe80::1%eth0'), 'fe80::1')
  for (const text of ['', 'localhost', '10.1', '0x7f.0.0.1', '1.2.3.4.5', '1.2.3', ':::'])
    t.equal(normaliseAddress(text), null, text)
})

t.test('an element of X-Forwarded-For may carry a port', async (t) => {
  t.equal(parseForwardedElement(' 192.0.2.1:4711 '), '192.0.2.1')
  t.equal(parseForwardedElement('[2001:db8::1]:4711'), '2001:db8::1')
  t.equal(parseForwardedElement('[2001:db8::1]'), '2001:db8::1')
  t.equal(parseForwardedElement('2001:db8::1'), '2001:db8::1')
  for (const text of ['unknown', '_hidden', '192.0.2.1:x', 'rhost=192.0.2.1'])
    t.equal(parseForwardedElement(text), null, text)
})

t.test('a header from an untrusted peer is ignored, and the peer is reported', async (t) => {
  const client = resolve('198.51.100.9', { 'x-forwarded-for': '192.0.2.1', 'x-forwarded-proto': 'https', host: 'a' })
  t.match(client, { address: '198.51.100.9', scheme: 'http', forwarded: false, untrustedProxy: '198.51.100.9' })
})

t.test('behind a trusted peer the rightmost untrusted address is the client', async (t) => {
  const chain = 'evil, 203.0.113.66, 192.0.2.1, 10.0.0.2'
  t.equal(resolve('127.0.0.1', { 'x-forwarded-for': chain }, ['loopback', '10.0.0.0/8']).address, '192.0.2.1')
  t.equal(resolve('127.0.0.1', { 'x-forwarded-for': chain }).address, '10.0.0.2')
})

t.test('an IPv4-mapped peer is read as its IPv4 address', async (t) => {
  t.equal(resolve('::ffff:127.0.0.1', { 'x-forwarded-for': '192.0.2.1' }).address, '192.0.2.1')
})

t.test('the walk through X-Forwarded-For stops at an invalid address', async (t) => {
  t.equal(resolve('127.0.0.1', { 'x-forwarded-for': '192.0.2.1, unknown' }).address, '127.0.0.1')
  t.equal(resolve('127.0.0.1', { 'x-forwarded-for': '192.0.2.1, unknown, 127.0.0.2' }).address, '127.0.0.2')
})

t.test('if all addresses are trusted the leftmost is the client', async (t) => {
  t.equal(resolve('127.0.0.1', { 'x-forwarded-for': '127.0.0.3, 127.0.0.2' }).address, '127.0.0.3')
})

t.test('X-Real-IP counts only without X-Forwarded-For, with or without a port', async (t) => {
  t.equal(resolve('127.0.0.1', { 'x-real-ip': '192.0.2.1:5000' }).address, '192.0.2.1')
  t.equal(resolve('127.0.0.1', { 'x-real-ip': '192.0.2.1', 'x-forwarded-for': '192.0.2.2' }).address, '192.0.2.2')
  t.equal(resolve('127.0.0.1', { 'x-real-ip': 'nonsense' }).address, '127.0.0.1')
})

t.test('scheme, host and prefix come from a trusted proxy only, and the last one wins', async (t) => {
  const headers = {
    host: 'inner',
    'x-forwarded-for': '192.0.2.1',
    'x-forwarded-proto': 'http, https',
    'x-forwarded-host': 'forged.example, monitor.example.com',
    'x-forwarded-prefix': '/monitor/'
  }
  t.match(resolve('127.0.0.1', headers), { scheme: 'https', host: 'monitor.example.com', prefix: '/monitor' })
  t.match(resolve('192.0.2.9', headers), { scheme: 'http', host: 'inner', prefix: '' })
  t.equal(resolve('127.0.0.1', { ...headers, 'x-forwarded-prefix': '/a"; Domain=evil' }).prefix, '')
})

t.test('clients are counted by address, IPv6 ones by their /64', async (t) => {
  t.equal(countingKey('192.0.2.1'), '192.0.2.1')
  t.equal(countingKey('2001:db8:1:2:3:4:5:6'), countingKey('2001:db8:1:2::1'))
  t.not(countingKey('2001:db8:1:2::1'), countingKey('2001:db8:1:3::1'))
})

t.test('an origin is compared by host, and by port only if both sides have one', async (t) => {
  const same = (origin: string | undefined, host: string, more = {}) =>
    isSameOrigin({ origin, host, secFetchSite: undefined, forwardedHost: undefined, ...more })
  t.ok(same(undefined, 'a'))
  t.ok(same('http://pve:8008', 'pve:8008'))
  t.ok(same('https://monitor.example.com', 'monitor.example.com'))
  t.ok(same('https://monitor.example.com:8443', 'monitor.example.com'))
  t.ok(same('http://[::1]:8008', '[::1]:8008'))
  t.notOk(same('http://pve:8006', 'pve:8008'))
  t.notOk(same('http://evil.example', 'pve:8008'))
  t.notOk(same('null', 'pve'))
  t.ok(same('https://monitor.example.com', '127.0.0.1:8008', { forwardedHost: 'monitor.example.com' }))
  t.notOk(same('https://monitor.example.com', 'monitor.example.com', { secFetchSite: 'same-site' }))
  t.ok(same('https://renamed.example', 'pve', { secFetchSite: 'same-origin' }))
})

t.test('a known host is an address, localhost, our own name or a configured name', async (t) => {
  const rule = {
    ownNames: listOwnNames('pve', '192.168.1.5 pve.lan pve # us\n192.168.1.6 other.lan\n'),
    allowedHosts: ['mon.example.com']
  }
  for (const host of [
    '192.168.1.5:8008',
    '[2001:db8::1]:8008',
    'localhost',
    'PVE:8008',
    'pve.lan',
    'pve.local',
    'mon.example.com'
  ]) {
    t.ok(isKnownHost(host, rule), host)
  }
  for (const host of ['evil.example', 'other.lan', '', '192.168.1.5.evil.example', 'pve.evil.example', 'a b']) {
    t.notOk(isKnownHost(host, rule), host)
  }
})
