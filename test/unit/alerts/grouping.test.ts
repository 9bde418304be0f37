import t from 'tap'
import { channelOf, createRig, disk, HOUR, MINUTE, SECOND } from './engine-rig.ts'

const address = '203.0.113.7'

t.test('events of thirty seconds are one message, with critical events first', async (t) => {
  const { happen, pass, sent, titles, lines } = createRig()
  happen((audit) => audit.loginUnusual({ address, user: 'ada' }))
  await pass(20 * SECOND)
  happen((audit) => audit.tokenMinted({ address, user: 'ada' }))
  happen((audit) => audit.secondFactorDisabled({ address, user: 'ada' }))
  await pass(9 * SECOND)
  t.same(sent, [])
  await pass(2 * SECOND)
  t.same(titles(), ['pve1: 3 events (1 critical)'])
  t.equal(sent[0]!.severity, 'critical')
  t.same(lines(), [
    'Critical: Two-factor authentication turned off by ada from 203.0.113.7',
    'Warning: Login from a new address: ada from 203.0.113.7',
    'Warning: API token created by ada from 203.0.113.7'
  ])
  await pass(HOUR, MINUTE)
  t.equal(sent.length, 1)
})

t.test('a single event is the title itself', async (t) => {
  const { happen, pass, titles } = createRig()
  happen((audit) => audit.changeTakenBack({ address: '', user: '', target: 'tls' }))
  await pass(31 * SECOND)
  t.same(titles(), ['pve1: Warning: Change was not confirmed and has been reverted: tls'])
})

t.test('other events of the audit log, and those of a tenant, are not told', async (t) => {
  const rig = createRig()
  rig.happen((audit) => {
    audit.loginSucceeded({ address, user: 'ada' })
    audit.loginFailed({ address, user: 'ada' })
    audit.terminalOpened({ address, user: 'ada' })
  })
  const [entry] = [
    {
      at: rig.now(),
      level: 'WARNING',
      event: 'token_minted',
      text: '',
      address,
      user: 'x',
      target: null,
      tenant: 3
    } as const
  ]
  rig.alerts().happened(entry)
  await rig.pass(MINUTE)
  t.same(rig.sent, [])
})

t.test('a thousand events at once are one message of bounded size', async (t) => {
  const { happen, pass, sent, saves } = createRig()
  const before = saves()
  for (let i = 0; i < 1000; i++)
    happen((audit) => audit.lockedOut({ address: `203.0.${i >> 8}.${i & 255}`, user: `u${i}` }))
  happen((audit) => audit.secondFactorDisabled({ address, user: 'ada' }))
  await pass(2 * MINUTE)
  t.equal(sent.length, 1)
  t.equal(sent[0]!.lines.length, 50)
  t.equal(sent[0]!.more, 951)
  t.match(sent[0]!.title, 'pve1: 1001 events (1 critical)')
  t.match(sent[0]!.lines[0]!.text, /Two-factor/, 'the critical event is not lost in the flood')
  t.ok(JSON.stringify(sent[0]).length < 20_000)
  t.ok(saves() - before < 10, 'the file is not written for each event')
})

t.test('a storm of hours is at most twenty messages an hour, and a critical event does not wait for it', async (t) => {
  const { happen, pass, sent } = createRig()
  let i = 0
  for (let minute = 0; minute < 120; minute++) {
    for (let each = 0; each < 10; each++)
      happen((audit) => audit.lockedOut({ address: `198.51.100.${i++ % 250}`, user: `u${i}` }))
    await pass(MINUTE, 10 * SECOND)
  }
  t.ok(sent.length >= 30 && sent.length <= 42, `${sent.length} messages`)
  const before = sent.length
  happen((audit) => audit.secondFactorDisabled({ address, user: 'ada' }))
  await pass(31 * SECOND)
  t.equal(sent.length, before + 1)
  t.equal(sent.at(-1)!.severity, 'critical')
})

t.test('the same lockout is told once in six hours, two tokens are told twice', async (t) => {
  const { happen, pass, lines } = createRig()
  for (let hour = 0; hour < 5; hour++) {
    happen((audit) => audit.lockedOut({ address, user: 'ada' }))
    await pass(HOUR, MINUTE)
  }
  t.equal(lines().length, 1)
  await pass(HOUR + MINUTE, MINUTE)
  happen((audit) => audit.lockedOut({ address, user: 'ada' }))
  await pass(MINUTE)
  t.equal(lines().length, 2)
  for (let i = 0; i < 2; i++) {
    happen((audit) => audit.tokenMinted({ address, user: 'ada' }))
    await pass(MINUTE)
  }
  t.equal(lines().length, 4)
})

t.test('a channel gets its kinds and severities only, and none while it is off', async (t) => {
  const rig = createRig(
    channelOf({ name: 'tokens', id: 'a'.repeat(16), kinds: ['token'] }),
    channelOf({ name: 'critical', id: 'b'.repeat(16), min_severity: 'critical' }),
    channelOf({ name: 'off', id: 'c'.repeat(16), is_enabled: false })
  )
  rig.observe(disk('warning'))
  rig.happen((audit) => {
    audit.tokenMinted({ address, user: 'ada' })
    audit.loginUnusual({ address, user: 'ada' })
    audit.secondFactorDisabled({ address, user: 'ada' })
  })
  await rig.pass(MINUTE)
  t.same(
    rig.sent.map(({ to, lines }) => [to, lines.map(({ kind }) => kind)]),
    [
      ['tokens', ['token']],
      ['critical', ['second_factor']]
    ]
  )
})

t.test('in quiet hours warnings wait, critical events do not', async (t) => {
  const rig = createRig(channelOf({ quiet_hours: { from: '22:00', to: '07:00' } }))
  rig.setClock(new Date(2026, 3, 24, 23, 30).getTime())
  rig.happen((audit) => audit.tokenMinted({ address, user: 'ada' }))
  await rig.pass(2 * HOUR, MINUTE)
  t.same(rig.sent, [])
  rig.happen((audit) => audit.secondFactorDisabled({ address, user: 'ada' }))
  await rig.pass(MINUTE)
  t.same(rig.lines(), ['Critical: Two-factor authentication turned off by ada from 203.0.113.7'])
  await rig.pass(6 * HOUR, MINUTE)
  t.match(rig.lines().at(-1), 'Warning: API token created by ada')
  t.equal(new Date(rig.sent.at(-1)!.sentAt).getHours(), 7)
  t.equal(rig.sent.length, 2)
})

t.test('a problem that began and ended in quiet hours is not told, one that lasts is', async (t) => {
  const rig = createRig(channelOf({ quiet_hours: { from: '22:00', to: '07:00' } }))
  await rig.warmUp()
  rig.setClock(new Date(2026, 3, 24, 23).getTime())
  rig.observe(disk('warning'))
  await rig.pass(HOUR, MINUTE)
  rig.observe(disk('healthy'), disk('warning', { check: 'memory', message: 'Memory high' }))
  await rig.pass(8 * HOUR, MINUTE)
  t.same(rig.lines(), ['Warning: Memory high'])
})
