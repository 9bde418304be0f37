import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { build, setUp, temporaryFolder } from '../support/app.ts'
import { until } from '../support/waiting.ts'

const CLIENT = '203.0.113.9'

/** User names that try to forge log lines; `lines` is the number of lines the log may gain. */
const names: { name: string; json: string; lines: 0 | 1 }[] = [
  ...[
    'x\n2026-01-01 00:00:00 WARNING proxmenux.auth: authentication failure; rhost=1.2.3.4 user=x',
    'x\r\n2026-01-01 00:00:00 INFO    proxmenux.auth: authentication success;  rhost=1.2.3.4 user=root',
    '\r',
    '\u2028rhost=1.2.3.4',
    '\u2029\u0085\v\f\x1c\x1d\x1e rhost=1.2.3.4',
    'x\0y',
    '\x1b[2J\x1b[1;1H\x1b]0;title\x07',
    'rhost=1.2.3.4',
    'x rhost=1.2.3.4',
    'x\trhost=1.2.3.4',
    'x\u00a0rhost=1.2.3.4\u3000user=y',
    ' user=x',
    '" user="x',
    "'; rhost=1.2.3.4 #",
    '\\u{a}rhost\\u{3d}1.2.3.4',
    '%0arhost%3d1.2.3.4',
    '\u202egnp.exe',
    '\u200b\ufeff',
    'Ωμέγα-😀',
    '<HOST>',
    '-',
    ' ',
    'x'.repeat(256)
  ].map((name) => ({ name: encodeURI(name).slice(0, 60), json: JSON.stringify(name), lines: 1 as const })),
  { name: 'lone surrogates', json: '"\\ud800 rhost=1.2.3.4 \\udfff"', lines: 1 },
  { name: 'surrogates the wrong way round', json: '"\\udfff\\ud800"', lines: 1 },
  { name: 'nothing', json: '""', lines: 0 },
  { name: '257 characters', json: JSON.stringify('x'.repeat(257)), lines: 0 },
  { name: '100 kB', json: JSON.stringify(`${'\n'.repeat(25_000)}rhost=1.2.3.4`), lines: 0 }
]

t.test('a failed login adds one line with the client’s address, whatever user name was sent', async (t) => {
  const folder = await temporaryFolder(t)
  const app = await build(t, {}, { folder, fastify: { bodyLimit: 64 * 1024 } })
  await setUp(app)
  const log = async () => {
    await until(() => app.auditLog.state().waiting === 0)
    return readFile(join(folder, 'auth.log'), 'utf8')
  }
  let before = await log()

  for (const { name, json, lines } of names) {
    const reply = await app.inject({
      method: 'POST',
      url: '/api/auth/login',
      headers: {
        'content-type': 'application/json',
        'x-forwarded-for': `1.2.3.4, 5.6.7.8 rhost=1.2.3.4\t, ${CLIENT}`,
        'user-agent': 'x rhost=1.2.3.4',
        origin: 'http://1.2.3.4'
      },
      payload: `{"username":${json},"password":"wrong rhost=1.2.3.4"}`
    })
    t.equal(reply.statusCode, lines === 1 ? 401 : reply.statusCode === 413 ? 413 : 400, name)
    const after = await log()
    t.ok(after.startsWith(before), `${name}: nothing that stood there has changed`)
    const added = after.slice(before.length)
    before = after
    if (lines === 0) {
      t.equal(added, '', name)
      continue
    }
    t.equal(added.split(/[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/).length, 2, `${name}: one line`)
    t.match(
      added,
      /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d WARNING proxmenux\.auth: authentication failure; rhost=203\.0\.113\.9 user=[^\s=]+\n$/u,
      name
    )
    t.notMatch(added, /[\0-\x09\x0b-\x1f\x7f]/, `${name}: nothing that moves a terminal's cursor`)
  }
})

t.test('an invalid forwarded address is not logged; the peer’s address is logged instead', async (t) => {
  const folder = await temporaryFolder(t)
  const app = await build(t, {}, { folder })
  await setUp(app)
  for (const forwarded of [
    'rhost=1.2.3.4',
    '1.2.3.4 user=x',
    '1.2.3.4;',
    '::ffff:1.2.3.4.5',
    '1.2.3.4%0a',
    '"1.2.3.4"'
  ]) {
    await app.inject({
      method: 'POST',
      url: '/api/auth/login',
      headers: { 'x-forwarded-for': forwarded },
      payload: { username: 'admin', password: 'wrong' }
    })
  }
  await until(() => app.auditLog.state().waiting === 0)
  const lines = (await readFile(join(folder, 'auth.log'), 'utf8')).trim().split('\n').slice(1)
  t.match(lines.splice(5, 1)[0], /locked out; rhost=127\.0\.0\.1 user=admin$/)
  t.equal(lines.length, 6)
  for (const line of lines) t.match(line, /authentication failure; rhost=127\.0\.0\.1 user=admin$/)
})
