import t from 'tap'
import { listCertificateNames } from '../../../lib/tls/certificate-names.ts'

t.test('a certificate names the host first, then localhost and its addresses, each once', async (t) => {
  t.same(listCertificateNames(['PVE1', 'pve1.lan', 'pve1', 'localhost', '127.0.0.1', '::1', '2001:db8::7']), {
    commonName: 'pve1',
    names: ['pve1', 'pve1.lan', 'localhost', '127.0.0.1', '::1', '2001:db8::7']
  })
  t.same(
    listCertificateNames(['pve1', '169.254.3.4', 'fe80::1', '10.0.0.7']).names,
    ['pve1', '10.0.0.7', 'localhost'],
    'link-local addresses are left out'
  )
})

t.test('an odd host name is left out, and the common name has at most 64 characters', async (t) => {
  t.same(listCertificateNames(['', '-', 'two words', '\u{1f4a9} x']), { commonName: 'localhost', names: ['localhost'] })
  t.same(listCertificateNames(['höst']).commonName, 'xn--hst-sna')
  const long = `${'a'.repeat(40)}.${'b'.repeat(40)}`
  t.same(listCertificateNames([long, 'pve1']), { commonName: 'pve1', names: [long, 'pve1', 'localhost'] })
})

t.test('there are at most 100 names, and localhost is one of them', async (t) => {
  const { names } = listCertificateNames(Array.from({ length: 300 }, (_, i) => `10.0.${i >> 8}.${i & 255}`))
  t.equal(names.length, 100)
  t.ok(names.includes('localhost'))
})
