import t from 'tap'
import { comes } from '../support/waiting.ts'
import { buildWithStandIn } from './stand-in.ts'

t.test('details come from memory, and the jail’s settings are read once, in the background', async (t) => {
  const { standIn, details } = await buildWithStandIn(t)
  t.ok(await comes(async () => (await details()).settings !== null))
  t.match(await details(), {
    success: true,
    installed: true,
    state: 'ok',
    reason: null,
    jail: 'proxmenux',
    currently_banned: 1,
    settings: { maxretry: 600, findtime: 600, bantime: 600 },
    active: true,
    version: null,
    jails: [{ name: 'proxmenux', maxretry: '600', findtime: '600', bantime: '600', currently_banned: 1 }]
  })
  await standIn.behave('sleep 1000')
  await comes(async () => (await standIn.running()).length > 0)
  const asked = (await standIn.pids()).length
  for (let i = 0; i < 20; i++) t.equal((await details()).currently_banned, 1)
  t.ok((await standIn.pids()).length <= asked + 1, 'no request starts a process')
})

t.test('banned IPv6 addresses and networks are refused', async (t) => {
  const { standIn, from, details } = await buildWithStandIn(t)
  await standIn.answer(['2001:db8::1', '10.1.0.0/16', '2001:db8:1::/48', 'bad.example'])
  t.ok(await comes(async () => (await from('2001:db8::1')) === 403))
  t.same((await details()).jails[0].banned_ips, [
    { ip: '2001:db8::1', type: 'external' },
    { ip: '10.1.0.0/16', type: 'local' },
    { ip: '2001:db8:1::/48', type: 'external' }
  ])
  for (const address of ['10.1.2.3', '::ffff:10.1.2.3', '2001:db8:1:2::3', '2001:DB8:0:0::1'])
    t.equal(await from(address), 403, address)
  for (const address of ['10.2.0.1', '2001:db8::2', '192.0.2.1']) t.equal(await from(address), 200, address)
})

t.test('unban accepts any spelling of a banned address and takes effect at once', async (t) => {
  const { standIn, from, unban, details } = await buildWithStandIn(t, { intervalMs: 3_600_000, timeoutMs: 3000 })
  t.ok(await comes(async () => (await from('192.0.2.1')) === 403))
  const place = standIn.file.replace('stand-in', '')
  for (const [sent, asked] of Object.entries({
    '::ffff:192.0.2.1': '192.0.2.1',
    '2001:DB8:0::1': '2001:db8::1',
    '10.1.2.3/16': '10.1.0.0/16'
  })) {
    await standIn.behave(`[ "$*" = "set proxmenux unbanip ${asked}" ] && { echo 1; exit; }
      [ "$*" = "status proxmenux" ] && cat status || echo "$*" >> ${place}others`)
    const reply = await unban(sent)
    t.equal(reply.statusCode, 200, sent)
    t.match(reply.json(), { success: true, message: asked })
  }
  t.equal(await from('192.0.2.1'), 403, 'this stand-in lists it again')

  // fail2ban falls silent just after the unban: it is open none the less.
  await standIn.behave('[ $1 = set ] && echo 1 || sleep 1000')
  t.equal((await unban('192.0.2.1')).statusCode, 200)
  t.equal(await from('192.0.2.1'), 200)
  t.same((await details()).banned, [])
})

t.test('each invalid unban is refused with its own code', async (t) => {
  const { standIn, unban } = await buildWithStandIn(t, { intervalMs: 3_600_000, timeoutMs: 3000 })
  const asked = async () => (await standIn.pids()).length
  await comes(async () => (await asked()) >= 5)
  const before = await asked()
  for (const ip of [
    '',
    'bad.example',
    '10.1',
    '-h',
    '--help',
    '192.0.2.1 192.0.2.2',
    '10.0.0.0/33',
    '0x7f.1',
    7,
    null,
    []
  ])
    t.match((await unban(ip)).json(), { code: 'VALIDATION' }, JSON.stringify(ip))
  t.equal(await asked(), before, 'the client was not run')

  await standIn.behave('[ $1 = set ] && echo 0 || cat status')
  t.match((await unban('192.0.2.7')).json(), { code: 'NOT_FOUND', message: /192\.0\.2\.7/ })
  t.match((await unban('192.0.2.7', 'proxmenux')).json(), { code: 'NOT_FOUND', message: /192\.0\.2\.7/ })
  t.match((await unban('192.0.2.1', 'sshd')).json(), { code: 'NOT_FOUND', message: 'the jail sshd is not monitored' })
  await standIn.behave('sleep 1000')
  const busy = await unban('192.0.2.1')
  t.match(busy.json(), { code: 'BUSY', message: /no answer within/ })
  t.match(busy.headers, { 'retry-after': /^\d+$/ })
})

t.test('new bans are logged, except those at the start, and at most a hundred at once', async (t) => {
  const { app, standIn, from, log } = await buildWithStandIn(t)
  const lines = async () => (await log()).split('\n').filter((line) => line.includes('address banned'))
  t.ok(await comes(async () => (await from('192.0.2.1')) === 403))
  await standIn.answer(['192.0.2.1', '192.0.2.2', '2001:db8::2'])
  t.ok(await comes(async () => (await lines()).length > 0))
  t.same(
    (await lines()).map((line) => line.slice(20)),
    ['192.0.2.2', '2001:db8::2'].map((ip) => `WARNING proxmenux.auth: address banned; rhost=${ip} user=-`)
  )
  await standIn.behave('exit 1')
  await comes(() => app.fail2ban.isFaulty())
  await standIn.answer([
    '192.0.2.1',
    '192.0.2.2',
    ...Array.from({ length: 5000 }, (_, i) => `10.0.${i >> 8}.${i & 255}`)
  ])
  t.ok(await comes(async () => (await from('10.0.19.135')) === 403), 'all addresses are refused')
  await comes(() => app.auditLog.state().waiting === 0)
  t.equal((await lines()).length, 102, 'a hundred are logged')
})
