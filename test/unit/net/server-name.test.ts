import t from 'tap'
import { serverNameOf } from '../../../lib/net/server-name.ts'

t.test('names and addresses are brought into the form of a certificate', async (t) => {
  const known: [string, string][] = [
    ['PVE1.Example.LAN', 'pve1.example.lan'],
    ['pve1.example.lan.', 'pve1.example.lan'],
    ['my_host', 'my_host'],
    ['höst.example', 'xn--hst-sna.example'],
    ['192.168.1.10', '192.168.1.10'],
    ['::ffff:192.168.1.10', '192.168.1.10'],
    ['[2001:DB8:0:0::1]', '2001:db8::1'],
    ['fe80::1%eth0', 'fe80::1'],
    ['a'.repeat(63), 'a'.repeat(63)]
  ]
  for (const [text, name] of known) t.equal(serverNameOf(text), name, text)
})

t.test('every other text is refused', async (t) => {
  const long = Array(64).fill('abc').join('.')
  const texts = [
    '',
    ' ',
    '.',
    'a..b',
    '-a',
    'a-',
    'a b',
    'a/b',
    'a,b',
    'a:8008',
    '*.lan',
    '10.1',
    '1.2.3.4.5',
    '0x7f.1'
  ]
  for (const text of [...texts, 'a'.repeat(64), long, 'ö'.repeat(300), 'a\0b', 'a\nb', '\u202e'])
    t.equal(serverNameOf(text), null, JSON.stringify(text))
})
