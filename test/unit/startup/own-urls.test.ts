import type { NetworkInterfaceInfo } from 'node:os'
import t from 'tap'
import { ownUrls } from '../../../lib/startup/own-urls.ts'

const face = (address: string, more: object = {}) =>
  ({
    address,
    family: address.includes(':') ? 'IPv6' : 'IPv4',
    internal: false,
    scopeid: 0,
    ...more
  }) as NetworkInterfaceInfo
const lo = [face('127.0.0.1', { internal: true }), face('::1', { internal: true })]
const interfaces = { lo, eth0: [face('192.0.2.7'), face('2001:db8::7'), face('fe80::7', { scopeid: 2 })] }

t.test('a daemon on one address or name is found there', async (t) => {
  const of = (host: string) => ownUrls({ scheme: 'http', host, port: 8008, interfaces })
  t.same(of('127.0.0.1'), ['http://127.0.0.1:8008'])
  t.same(of('localhost'), ['http://localhost:8008'])
  t.same(of('2001:db8::7'), ['http://[2001:db8::7]:8008'])
})

t.test('a daemon on all addresses is found at those of its interfaces', async (t) => {
  const of = (host: string, present: typeof interfaces | object = interfaces) =>
    ownUrls({ scheme: 'https', host, port: 443, interfaces: present as typeof interfaces })
  t.same(of('0.0.0.0'), ['https://192.0.2.7:443'])
  t.same(of('::'), ['https://192.0.2.7:443'])
  const v6 = { lo, eth0: interfaces.eth0.slice(1) }
  t.same(of('::', v6), ['https://[2001:db8::7]:443'])
  t.same(of('0.0.0.0', v6), ['https://localhost:443'])
  t.same(of('::', { lo }), ['https://localhost:443'])
})
