import { type AddressInfo, Socket } from 'node:net'
import { connect, createServer, type TLSSocket } from 'node:tls'
import t from 'tap'
import { compileNetworks } from '../../../lib/net/address.ts'
import { describeTls, examine, parsePage } from '../../../lib/net/doctor.ts'
import { createSelfSigned } from '../../../lib/tls/self-signed.ts'

interface Case {
  peer?: string
  configured?: string[]
  added?: string[]
  page?: string
  encrypted?: boolean
  httpVersion?: string
}

/** What the doctor says of a request with these headers; of a good proxy unless the case says otherwise. */
function look(headers: Record<string, string>, { page, peer = '192.168.1.5', ...more }: Case = {}) {
  const { configured = ['loopback'], added = [], encrypted = false, httpVersion = '1.1' } = more
  const isTrusted = compileNetworks([...configured, ...added])
  return examine({
    input: { peer, encrypted, headers, isTrusted },
    page: page === undefined ? null : parsePage(page),
    tls: null,
    httpVersion,
    configured,
    added,
    port: 8008
  })
}
const good = {
  host: 'monitor.example.com',
  'x-forwarded-for': '198.51.100.7',
  'x-forwarded-proto': 'https',
  'x-forwarded-host': 'monitor.example.com'
}
const trusted = { added: ['192.168.1.5'], page: 'https://monitor.example.com/' }
const without = (...names: (keyof typeof good)[]) => {
  const headers: Record<string, string> = { ...good }
  for (const name of names) delete headers[name]
  return headers
}
const codes = (answer: ReturnType<typeof look>) => answer.problems.map(({ code, severity }) => `${severity} ${code}`)
const fixOf = (answer: ReturnType<typeof look>, code: string) =>
  answer.problems.find((problem) => problem.code === code)?.fix

t.test('a correctly configured proxy is explained, without a problem', async (t) => {
  const answer = look(good, trusted)
  t.same(answer, {
    peer: '192.168.1.5',
    forwarded: {
      'x-forwarded-for': '198.51.100.7',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'monitor.example.com'
    },
    hops: [
      { address: '192.168.1.5', trusted: true, why: 'settings.json: 192.168.1.5' },
      { address: '198.51.100.7', trusted: false, why: 'not trusted' }
    ],
    client_address: '198.51.100.7',
    scheme: 'https',
    host: 'monitor.example.com',
    prefix: '',
    encrypted: false,
    tls: null,
    http_version: '1.1',
    websocket: { path: '/ws/connection' },
    problems: []
  })
  t.same(codes(look({ host: 'pve:8008' }, { peer: '192.168.1.20', page: 'http://pve:8008/' })), [], 'no proxy at all')
})

t.test('an untrusted proxy is one problem, with the line that trusts it', async (t) => {
  const answer = look(good, { page: trusted.page, added: ['10.0.0.1'] })
  t.same(codes(answer), ['error PROXY_NOT_TRUSTED'], 'its consequences are not reported again')
  t.equal(fixOf(answer, 'PROXY_NOT_TRUSTED'), 'MONITOR_TRUSTED_PROXIES=loopback,192.168.1.5')
  t.equal(fixOf(look(good, { configured: [] }), 'PROXY_NOT_TRUSTED'), 'MONITOR_TRUSTED_PROXIES=192.168.1.5')
  t.match(answer.hops, [
    { address: '192.168.1.5', trusted: false, why: 'not trusted' },
    { address: '198.51.100.7', trusted: false, why: 'ignored: not added by a trusted proxy' }
  ])
  t.equal(answer.client_address, '192.168.1.5')
  t.same(codes(look(without('x-forwarded-proto'), { page: trusted.page })), [
    'error PROXY_NOT_TRUSTED',
    'error SCHEME_MISMATCH'
  ])
})

t.test('a proxy that does not forward the client’s address', async (t) => {
  const nobody = without('x-forwarded-for')
  t.same(codes(look(nobody, trusted)), ['error NO_FORWARDED_FOR'])
  t.same(codes(look({ ...nobody, forwarded: 'for=198.51.100.7;proto=https' }, trusted)), ['error FORWARDED_ONLY'])
  t.same(codes(look({ host: 'monitor.example.com' }, trusted)), ['error NO_FORWARDED_FOR', 'error SCHEME_MISMATCH'])
  t.same(codes(look({ ...nobody, 'x-real-ip': '198.51.100.7' }, trusted)), [], 'X-Real-IP will do')
  for (const [headers, code] of [
    [{ ...good, 'x-forwarded-for': '198.51.100.7, unknown' }, 'X-Forwarded-For has "unknown"'],
    [{ ...good, 'x-forwarded-for': '' }, 'X-Forwarded-For has ""'],
    [{ ...nobody, 'x-real-ip': '_hidden' }, 'X-Real-IP has "_hidden"']
  ] as const) {
    const answer = look(headers, trusted)
    t.same(codes(answer), ['error BROKEN_FORWARDED_FOR'])
    t.match(answer.problems[0]!.message, code)
    t.match(answer.hops[1], { trusted: false, why: 'not an IP address' })
    t.equal(answer.client_address, '192.168.1.5')
  }
})

t.test('every host of a network trusted as a whole can claim any address', async (t) => {
  const chain = { ...good, 'x-forwarded-for': '192.168.1.77' }
  const wide = { ...trusted, configured: ['loopback', 'uniquelocal'], added: [] }
  t.same(codes(look(chain, wide)), ['warning CLIENT_IS_TRUSTED'])
  t.equal(fixOf(look(chain, wide), 'CLIENT_IS_TRUSTED'), 'MONITOR_TRUSTED_PROXIES=loopback,192.168.1.5')
  t.equal(look(chain, wide).hops[1]!.why, 'MONITOR_TRUSTED_PROXIES: uniquelocal')
  const added = { ...trusted, added: ['192.168.0.0/16', '10.0.0.1'] }
  t.equal(fixOf(look(chain, added), 'CLIENT_IS_TRUSTED'), '"trusted_proxies": ["10.0.0.1","192.168.1.5"]')
  const direct = look({ host: 'pve' }, { peer: '192.168.1.77', configured: ['loopback', '192.168.0.0/16'] })
  t.equal(fixOf(direct, 'CLIENT_IS_TRUSTED'), 'MONITOR_TRUSTED_PROXIES=loopback')
  t.same(codes(look({ host: 'localhost' }, { peer: '127.0.0.1' })), ['info CLIENT_IS_LOCAL'])
  t.same(codes(look({ ...good, 'x-forwarded-for': '::1' }, { ...trusted, peer: '127.0.0.1' })), [
    'info CLIENT_IS_LOCAL'
  ])
})

t.test('scheme and host are compared with the browser’s', async (t) => {
  const { page } = trusted
  t.same(codes(look(without('x-forwarded-proto'), trusted)), ['error SCHEME_MISMATCH'])
  t.equal(
    fixOf(look({ ...good, 'x-forwarded-proto': 'https, http' }, trusted), 'SCHEME_MISMATCH')?.slice(-24),
    '$http_x_forwarded_proto;'
  )
  t.same(codes(look(good, { ...trusted, page: 'http://monitor.example.com/' })), ['error SCHEME_MISMATCH'])
  const inner = { ...without('x-forwarded-host'), host: '127.0.0.1:8008' }
  t.same(codes(look(inner, trusted)), ['warning HOST_MISMATCH'])
  t.same(codes(look({ ...inner, 'x-forwarded-host': 'monitor.example.com' }, trusted)), [])
  t.same(codes(look(good, { ...trusted, page: 'https://monitor.example.com:8443/' })), [], 'proxies drop the port')
  t.same(codes(look(good, { ...trusted, page: `${page}tools/monitor/` })), ['info PREFIX_MISMATCH'])
  const prefixed = { ...good, 'x-forwarded-prefix': '/tools/monitor' }
  t.same(codes(look(prefixed, { ...trusted, page: `${page}tools/monitor/` })), [])
  t.equal(look(prefixed, trusted).websocket.path, '/tools/monitor/ws/connection')
  t.same(codes(look(prefixed, trusted)), ['warning PREFIX_MISMATCH'])
  t.same(codes(look(good, { ...trusted, page: `${page}my%20host/` })), ['warning BASE_PATH_UNUSABLE'])
  for (const text of ['', 'monitor', 'ftp://a/', 'https://a@b/', 'https://a/?x', 'https://a/#x', 'javascript:1'])
    t.equal(parsePage(text), null, text)
})

t.test('plain HTTP is reported across the internet, and not on a private network', async (t) => {
  const plain = (address: string) => codes(look({ host: 'pve.example.com' }, { peer: address }))
  t.same(plain('198.51.100.7'), ['error PLAIN_HTTP'])
  t.same(plain('2001:db8::1'), ['error PLAIN_HTTP'])
  for (const address of ['192.168.1.20', '10.1.1.1', 'fd00::1', 'fe80::1', '100.64.3.4'])
    t.same(plain(address), [], address)
  t.same(codes(look({ host: 'a' }, { peer: '198.51.100.7', encrypted: true })), [])
  const answer = look({ host: 'pve.example.com:8008' }, { peer: '198.51.100.7' })
  t.equal(fixOf(answer, 'PLAIN_HTTP'), 'caddy reverse-proxy --from pve.example.com --to 127.0.0.1:8008')
  for (const host of ['192.0.2.1', '[2001:db8::1]:8008', '$(reboot)', ''])
    t.match(fixOf(look({ host }, { peer: '198.51.100.7' }), 'PLAIN_HTTP'), /--from monitor\.example\.com /, host)
})

t.test('a proxy before the proxy, and a very long chain', async (t) => {
  const second = { ...good, 'x-forwarded-for': '198.51.100.7, 10.0.0.2' }
  t.same(codes(look(second, trusted)), ['warning HOP_NOT_TRUSTED'])
  t.equal(fixOf(look(second, trusted), 'HOP_NOT_TRUSTED'), 'MONITOR_TRUSTED_PROXIES=loopback,10.0.0.2')
  const made = { ...good, 'x-forwarded-for': '127.0.0.1, 198.51.100.7' }
  t.same(codes(look(made, trusted)), ['info HOP_NOT_TRUSTED'], 'an address forged by a visitor is no warning')
  const loop = { ...good, 'x-forwarded-for': `198.51.100.7, ${'192.168.1.5,'.repeat(50)}192.168.1.5` }
  const answer = look(loop, trusted)
  t.same(codes(answer), ['warning MANY_HOPS'])
  t.equal(answer.hops.length, 40)
  t.match(answer.hops.at(-1)!.why, 'ignored: more than 32 proxies')
  t.match(answer.hops[32], { trusted: true })
  const flood = { ...good, 'x-forwarded-for': `${'1.2.3.4,'.repeat(60)}198.51.100.7` }
  t.same(codes(look(flood, trusted)), ['info HOP_NOT_TRUSTED', 'info MANY_HOPS'])
})

t.test('headers that are repeated, empty, or from an old program', async (t) => {
  const twice = look(
    { ...good, 'x-forwarded-proto': 'http, https', 'x-forwarded-host': 'a.example, monitor.example.com' },
    trusted
  )
  t.same(codes(twice), ['warning DUPLICATE_HEADER', 'warning DUPLICATE_HEADER'])
  t.equal(twice.problems[0]!.message, 'X-Forwarded-Proto has 2 values; the last one is used: "https".')
  t.same(
    codes(look({ ...good, 'x-real-ip': '1.1.1.1, 2.2.2.2' }, trusted)),
    [],
    'it does not count beside X-Forwarded-For'
  )
  const odd = look({ ...good, 'x-forwarded-proto': 'on', 'x-forwarded-prefix': '/..' }, trusted)
  t.same(codes(odd), ['error SCHEME_MISMATCH', 'warning BROKEN_HEADER', 'warning BROKEN_HEADER'])
  t.same(codes(look({ ...good, 'x-forwarded-prefix': '/' }, trusted)), [])
  t.same(codes(look(good, { ...trusted, httpVersion: '1.0' })), ['warning OLD_HTTP_VERSION'])
})

t.test('every line to copy is one line without text from a stranger', async (t) => {
  const evil = `x';\n$(reboot)`
  const headers = {
    host: evil,
    'x-forwarded-for': `${evil}, ${evil}`,
    'x-forwarded-proto': evil,
    'x-forwarded-host': evil,
    'x-forwarded-prefix': evil,
    forwarded: evil
  }
  for (const peer of ['192.168.1.5', '198.51.100.7', '127.0.0.1']) {
    for (const page of ['https://a.example/', 'http://b.example/c%27d/', undefined]) {
      const { problems } = look(headers, { peer, added: ['192.168.1.5'], ...(page && { page }) })
      t.ok(problems.length > 0)
      for (const { fix } of problems) t.notMatch(fix ?? '', /[\n'`]|reboot|\$\(/)
    }
  }
})

t.test('the negotiated parameters of a TLS connection are reported, and none for a plain one', async (t) => {
  const server = createServer(await createSelfSigned(['127.0.0.1'], Date.now()))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const arrived = new Promise<TLSSocket>((resolve) => server.once('secureConnection', resolve))
  const client = connect({ port, host: '127.0.0.1', rejectUnauthorized: false, maxVersion: 'TLSv1.2' })
  t.teardown(() => {
    client.destroy()
    server.close()
  })
  t.match(describeTls(await arrived), { protocol: 'TLSv1.2', cipher: /^TLS_ECDHE_ECDSA_WITH_/ })
  t.equal(describeTls(new Socket()), null)
})
