import { isIP } from 'node:net'
import fc from 'fast-check'
import t from 'tap'
import { escapeValue, readValue } from '../../../lib/audit/line.ts'
import { readBearer } from '../../../lib/auth/authenticate.ts'
import {
  compileNetworks,
  countingKey,
  createAddressMemory,
  isNetwork,
  normaliseAddress,
  parseForwardedElement
} from '../../../lib/net/address.ts'
import { resolveClient } from '../../../lib/net/client.ts'
import { isKnownHost, isSameOrigin, parseHost } from '../../../lib/net/origin.ts'
import { toDecodableTarget } from '../../../lib/net/path.ts'
import { linesOf } from '../../support/audit.ts'

const runs = { numRuns: 2000 }
const check = <T extends unknown[]>(property: fc.IProperty<T>) => fc.assert(property, runs)

/** Any text, and every kind of near miss of an address. */
const anyText = fc.string({ unit: 'binary', maxLength: 80 })
const address = fc.oneof(fc.ipV4(), fc.ipV6())
const nearAddress = fc.oneof(
  address,
  anyText,
  fc.tuple(address, anyText).map(([ip, rest]) => `${ip}${rest}`),
  fc.tuple(address, fc.nat(70_000)).map(([ip, port]) => (ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`)),
  fc.ipV4().map((ip) => `::ffff:${ip}`),
  fc.constantFrom('', ' ', ',', '[', '[]', '[::1', '::1]', '%', '::1%', '1.2.3', '010.0.0.1', '0x7f.1', 'unknown', '-1')
)
const anyHeaders = fc.dictionary(
  fc.constantFrom(
    'host',
    'x-forwarded-for',
    'x-real-ip',
    'x-forwarded-proto',
    'x-forwarded-host',
    'x-forwarded-prefix',
    'forwarded',
    'origin'
  ),
  fc.array(nearAddress, { minLength: 1, maxLength: 5 }).map((list) => list.join(', '))
)
const isCanonical = (text: string) => isIP(text) !== 0 && normaliseAddress(text) === text
const loopback = compileNetworks(['loopback'])
const outside = address.filter((ip) => !loopback(ip) && !ip.startsWith('::'))

t.test('with any headers the client’s address is a canonical address', async () => {
  check(
    fc.property(nearAddress, anyHeaders, fc.boolean(), (socket, headers, trusted) => {
      const peer = createAddressMemory()(socket) ?? '0.0.0.0'
      const client = resolveClient({ peer, encrypted: false, headers, isTrusted: () => trusted })
      return (
        isCanonical(client.address) &&
        isCanonical(client.peer) &&
        ['http', 'https'].includes(client.scheme) &&
        /^(\/[A-Za-z0-9._~-]+)*$/.test(client.prefix)
      )
    })
  )
})

t.test('headers of an untrusted peer only set the note that it sent some', async () => {
  check(
    fc.property(outside, anyHeaders, fc.boolean(), (socket, headers, encrypted) => {
      const peer = createAddressMemory()(socket)!
      const client = resolveClient({ peer, encrypted, headers, isTrusted: loopback })
      return (
        client.address === normaliseAddress(socket) &&
        client.scheme === (encrypted ? 'https' : 'http') &&
        client.prefix === '' &&
        !client.forwarded
      )
    })
  )
})

t.test('behind a proxy that appends the real address, no header from the client counts', async () => {
  const forged = fc.array(nearAddress, { maxLength: 40 }).map((list) => list.join(','))
  check(
    fc.property(outside, forged, anyHeaders, fc.boolean(), (real, before, rest, chain) => {
      // A second trusted proxy, nearer to us, appends the first one's address.
      const appended = chain ? [real, '127.0.0.9'] : [real]
      const headers = { ...rest, 'x-forwarded-for': [before, ...appended].join(', ') }
      const client = resolveClient({ peer: '127.0.0.1', encrypted: false, headers, isTrusted: loopback })
      return client.address === normaliseAddress(real)
    })
  )
})

t.test('parsing addresses, networks and counting keys never throws, and a client has one key', async () => {
  check(
    fc.property(nearAddress, (text) => {
      const element = parseForwardedElement(text)
      if (isNetwork(text)) compileNetworks([text])('192.0.2.1')
      return (element === null || isCanonical(element)) && countingKey(text).length <= Math.max(45, text.length)
    })
  )
  check(
    fc.property(fc.ipV6(), fc.integer({ min: 0, max: 0xffff }), (ip, last) => {
      const own = normaliseAddress(ip)!
      if (!own.includes(':')) return true
      const head = countingKey(own).replace(/::\/64$/, '')
      const neighbour = normaliseAddress(`${head}:0:0:0:${last.toString(16)}`)!
      return !neighbour.includes(':') || countingKey(neighbour) === countingKey(own)
    })
  )
})

t.test('parsing a host never throws and yields one spelling', async () => {
  check(
    fc.property(fc.oneof(nearAddress, fc.domain(), fc.webAuthority({ withPort: true })), (text) => {
      const host = parseHost(text)
      return host === null || (host.name === host.name.toLowerCase() && /^\d{0,5}$/.test(host.port))
    })
  )
})

t.test('a page of another name is never our own, and no foreign name is known', async () => {
  const rule = { ownNames: ['pve'], allowedHosts: ['monitor.example.com'] }
  const port = fc.option(fc.nat(65_535), { nil: undefined })
  const withPort = (name: string, value: number | undefined) => (value === undefined ? name : `${name}:${value}`)
  check(
    fc.property(fc.domain(), port, port, fc.option(anyText, { nil: undefined }), (name, a, b, forwardedHost) => {
      if (name === 'monitor.example.com' || parseHost(forwardedHost ?? '')?.name === name) return true
      const input = { secFetchSite: undefined, host: withPort('monitor.example.com', b), forwardedHost }
      return (
        !isSameOrigin({ ...input, origin: `https://${withPort(name, a)}` }) &&
        isSameOrigin({ ...input, origin: `https://${withPort('monitor.example.com', b)}` }) &&
        !isKnownHost(withPort(name, a), rule)
      )
    })
  )
  check(
    fc.property(anyText, anyText, anyText, (origin, secFetchSite, host) => {
      isSameOrigin({ origin, secFetchSite, host, forwardedHost: host })
      isKnownHost(host, rule)
      return (
        secFetchSite === 'same-origin' ||
        !isSameOrigin({ origin, secFetchSite: 'cross-site', host, forwardedHost: host })
      )
    })
  )
})

t.test('a bearer token is a single word, with any header', async () => {
  check(
    fc.property(anyText, (text) => {
      const read = readBearer(text)
      return typeof read === 'string' || (read.token !== '' && !read.token.includes(' '))
    })
  )
  check(
    fc.property(fc.stringMatching(/^[\w.-]{1,60}$/), fc.constantFrom('Bearer', 'bearer', 'BEARER'), (token, scheme) => {
      const read = readBearer(`${scheme} ${token}`)
      return typeof read === 'object' && read.token === token
    })
  )
})

const unescapeValue = (text: string) =>
  text.replace(/\\u\{([0-9a-f]+)\}/g, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)))

t.test('an audit line is one line with the same fields, with any user name', async () => {
  const format =
    /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d (INFO {3}|WARNING) proxmenux\.auth: authentication failure; rhost=([0-9a-f.:]+) user=([^\s="]+)\n$/
  // Every character that some reader of lines takes for an end of one: Python's splitlines() has the most.
  const lineEnds = /[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/g
  const name = fc.oneof(
    anyText,
    fc.string({ unit: 'binary', maxLength: 2000 }),
    fc
      .array(
        fc.constantFrom('\n', '\r', ' ', ' rhost=1.2.3.4', ' user=x', '\u2028', '\0', '\x1b[2J', '\ud800', '=', '\\'),
        {
          maxLength: 30
        }
      )
      .map((parts) => parts.join(''))
  )
  check(
    fc.property(
      name,
      outside,
      fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('2999') }),
      (user, ip, at) => {
        const real = normaliseAddress(ip)!
        const line = linesOf((audit) => audit.loginFailed({ address: real, user }), at.getTime())[0]!
        const fields = format.exec(line)
        return (
          fields?.[2] === real &&
          line.match(lineEnds)?.length === 1 &&
          line.split(' ').length === 8 &&
          line.split('rhost=').length === 2 &&
          line.length < 2000
        )
      }
    )
  )
  check(
    fc.property(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }),
      (text) => unescapeValue(escapeValue(text)) === text && readValue(escapeValue(text)) === escapeValue(text)
    )
  )
})

t.test('every request target becomes decodable, and a valid one stays unchanged', async () => {
  check(
    fc.property(fc.oneof(anyText, fc.stringMatching(/^\/[%0-9a-fA-F/?#]{0,40}$/)), (target) => {
      const made = toDecodableTarget(target)
      const path = made.split(/[?#]/)[0]!
      decodeURI(path)
      return toDecodableTarget(made) === made && (made === target || target.includes('%'))
    })
  )
  check(fc.property(fc.webPath(), (path) => toDecodableTarget(path) === path))
})
