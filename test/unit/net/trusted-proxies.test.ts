import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import t from 'tap'
import { compileNetworks } from '../../../lib/net/address.ts'
import { faultOfProxies } from '../../../lib/net/trusted-proxies.ts'
import { readConfig } from '../../../lib/startup/config.ts'
import { build, setUp, temporaryFolder } from '../../support/app.ts'
import { openSession } from '../../support/sessions.ts'

const quarters = (prefix: (n: number) => string, count: number) => Array.from({ length: count }, (_, n) => prefix(n))

/** Each holds more public addresses than a /8, or a /11 of IPv6. */
const tooWide: Record<string, string[]> = {
  'all of IPv4 in two halves': ['0.0.0.0/1', '128.0.0.0/1'],
  'all of IPv4 in /8s': quarters((n) => `${n}.0.0.0/8`, 256),
  'two /8s': ['11.0.0.0/8', '12.0.0.0/8'],
  'a /8 and a /9 beside it': ['11.0.0.0/8', '12.128.0.0/9'],
  'five /10s': quarters((n) => `11.${n * 64}.0.0/10`, 4).concat('8.0.0.0/10'),
  'a public /8 beside the private networks': ['uniquelocal', '11.0.0.0/8', '12.0.0.0/9'],
  'IPv4 written as IPv6': ['::ffff:11.0.0.0/8', '::ffff:12.0.0.0/8'],
  'all of IPv6 in two halves': ['::/1', '8000::/1'],
  'all global IPv6 addresses in eighths': quarters((n) => `${(0x2000 + n * 0x400).toString(16)}::/6`, 8),
  'all global IPv6 addresses in /8s': quarters((n) => `${(0x20 + n).toString(16)}00::/8`, 32),
  'two /11s of IPv6': ['2600::/11', '2620::/11']
}
const narrow: Record<string, string[]> = {
  nothing: [],
  'all that is private': ['loopback', 'linklocal', 'uniquelocal'],
  'all that is private, written out': ['127.0.0.0/8', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
  'one /8': ['11.0.0.0/8'],
  'one /8, said three times': ['11.0.0.0/8', '11.0.0.0/9', '11.1.2.3'],
  'one /8 in four parts': quarters((n) => `11.${n * 64}.0.0/10`, 4),
  'one /11 of IPv6': ['2600::/11', 'fc00::/7'],
  'a provider’s networks': ['173.245.48.0/20', '104.16.0.0/13', '2606:4700::/32', '2c0f:f248::/32']
}

t.test('MONITOR_TRUSTED_PROXIES is bounded as a whole', async (t) => {
  for (const [name, proxies] of Object.entries(tooWide)) {
    const { config, faults } = readConfig({ MONITOR_TRUSTED_PROXIES: proxies.join(',') })
    t.equal(config, null, name)
    t.same(faults.length, 1, name)
    t.match(faults[0], /^MONITOR_TRUSTED_PROXIES: .* too wide: .*\. Example: MONITOR_TRUSTED_PROXIES=/, name)
  }
  for (const [name, proxies] of Object.entries(narrow))
    t.same(readConfig({ MONITOR_TRUSTED_PROXIES: proxies.join(',') }).faults, [], name)
})

t.test('lists of the API and of settings.json are bounded together with the variable', async (t) => {
  const folder = await temporaryFolder(t)
  const app = await build(t, { trustedProxies: ['loopback', '13.0.0.0/9'] }, { folder })
  await setUp(app)
  const { headers } = await openSession(app, 1, { confirmed: true })
  const put = (proxies: string[]) =>
    app.inject({ method: 'PUT', url: '/api/security/trusted-proxies', headers, payload: { proxies } })
  t.equal((await put(['13.128.0.0/9'])).statusCode, 200, 'a /8 with the variable’s')
  const lists = Object.entries(tooWide).filter(([, proxies]) => proxies.length <= 64)
  for (const [name, proxies] of [...lists, ['with the variable’s', ['11.0.0.0/8']] as const])
    t.match((await put([...proxies])).json(), { code: 'VALIDATION', message: /too wide/ }, name)
  t.same(app.trustedProxies.read(), ['13.128.0.0/9'])

  for (const [name, proxies] of Object.entries(tooWide)) {
    await writeFile(join(folder, 'settings.json'), JSON.stringify({ trusted_proxies: proxies }))
    await app.settings.refresh()
    t.same(app.trustedProxies.read(), ['13.128.0.0/9'], `${name}: the last good list counts`)
  }
  await app.close()
  const again = await build(t, {}, { folder })
  await again.ready()
  t.same(again.trustedProxies.read(), [], 'at a start there is no last good list')
  t.equal((await again.inject('/api/auth/status')).statusCode, 200)
})

t.test('no accepted list trusts more public /16 networks than the 256 of a /8', async () => {
  const network = fc
    .tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 0, max: 255 }), fc.integer({ min: 0, max: 32 }))
    .map(([a, b, length]) => `${a}.${b}.0.0/${length}`)
  const isOwn = compileNetworks(['loopback', 'linklocal', 'uniquelocal'])
  // One address of each public /16: a /8 holds 256 of them.
  const places = Array.from({ length: 65_536 }, (_, n) => `${n >> 8}.${n & 255}.255.255`).filter((a) => !isOwn(a))
  fc.assert(
    fc.property(fc.array(network, { maxLength: 12 }), (proxies) => {
      if (faultOfProxies(proxies) !== null) return
      const isTrusted = compileNetworks(proxies)
      const trusted = places.filter(isTrusted).length
      if (trusted > 256) throw new Error(`${trusted} of ${places.length} places`)
    }),
    { numRuns: 20 }
  )
})
