import t from 'tap'
import { channelOf, createRig, disk, HOUR, MINUTE, SECOND } from './engine-rig.ts'

t.test('each begin has its end, and changes between them are told', async (t) => {
  const { observe, pass, lines, warmUp } = createRig()
  await warmUp()
  for (const level of ['warning', 'critical', 'warning', 'healthy'] as const) {
    observe(disk(level))
    await pass(2 * MINUTE)
  }
  t.same(lines(), [
    'Warning: Disk usage of / warning',
    'Worse, now critical: Disk usage of / critical',
    'Better, now a warning: Disk usage of / warning',
    'Resolved: Disk usage of / healthy'
  ])
})

t.test('a channel for critical events hears of the critical part only', async (t) => {
  const { observe, pass, sent, lines, warmUp } = createRig(channelOf({ min_severity: 'critical' }))
  await warmUp()
  for (const level of ['warning', 'critical', 'warning', 'healthy'] as const) {
    observe(disk(level))
    await pass(2 * MINUTE)
  }
  t.same(lines(), ['Critical: Disk usage of / critical', 'Resolved: Disk usage of / warning'])
  t.same(
    sent.map(({ severity }) => severity),
    ['critical', 'critical']
  )
})

t.test('what ends within thirty seconds is not told', async (t) => {
  const { observe, pass, sent, warmUp } = createRig()
  await warmUp()
  for (let i = 0; i < 50; i++) {
    observe(disk(i % 2 === 0 ? 'warning' : 'healthy'))
    await pass(15 * SECOND)
  }
  t.same(sent, [])
})

t.test('a check that flaps for a day is a few messages an hour, and its end comes when it stays healthy', async (t) => {
  const { observe, pass, lines, warmUp } = createRig()
  await warmUp()
  for (let i = 0; i < 720; i++) {
    observe(disk(i % 2 === 0 ? 'warning' : 'healthy'))
    await pass(MINUTE, 10 * SECOND)
  }
  const told = lines()
  t.ok(told.length <= 8, `${told.length} lines in twelve hours`)
  observe(disk('healthy'))
  await pass(11 * MINUTE, 10 * SECOND)
  t.match(lines().at(-1), 'Resolved')
  const begins = lines().filter((line) => line.startsWith('Warning'))
  t.equal(begins.length, lines().filter((line) => line.startsWith('Resolved')).length, 'an end for each begin')
})

t.test('a problem that lasts is repeated every six hours, unless it is acknowledged', async (t) => {
  const { observe, pass, lines, warmUp } = createRig()
  await warmUp()
  observe(disk('warning'))
  await pass(13 * HOUR, MINUTE)
  t.same(lines(), [
    'Warning: Disk usage of / warning',
    'Still warning: Disk usage of / warning',
    'Still warning: Disk usage of / warning'
  ])
  const acknowledgement = { check: 'filesystem:/', status: 'warning', at: '', until: '', by: '', reason: '' } as const
  observe(disk('warning', { acknowledgement }))
  await pass(13 * HOUR, MINUTE)
  t.equal(lines().length, 3)
  observe(disk('healthy'))
  await pass(MINUTE)
  t.match(lines()[3], 'Resolved')
})

t.test('a problem that was acknowledged before it was told is never told', async (t) => {
  const { observe, pass, sent, warmUp } = createRig()
  await warmUp()
  const acknowledgement = { check: 'filesystem:/', status: 'warning', at: '', until: '', by: '', reason: '' } as const
  observe(disk('warning', { acknowledgement }))
  await pass(HOUR, MINUTE)
  observe(disk('healthy'))
  await pass(HOUR, MINUTE)
  t.same(sent, [])
})

t.test('a check that is gone has ended', async (t) => {
  const { observe, pass, lines, warmUp } = createRig()
  await warmUp()
  observe(disk('warning', { check: 'unit:nginx.service', message: 'nginx.service has failed' }))
  await pass(MINUTE)
  observe()
  await pass(MINUTE)
  t.same(lines(), ['Warning: nginx.service has failed', 'Resolved: nginx.service has failed'])
})

t.test('a restart tells nothing twice, and ends nothing before measurements are complete', async (t) => {
  const { observe, pass, lines, warmUp, restart } = createRig()
  await warmUp()
  observe(disk('critical'), disk('warning', { check: 'unit:x', message: 'x has failed' }))
  await pass(MINUTE)
  t.equal(lines().length, 2)
  for (let i = 0; i < 5; i++) {
    restart()
    await pass(10 * SECOND)
    // Its first verdict is that of nothing measured yet.
    observe(disk('healthy'))
    await pass(2 * MINUTE)
    observe(disk('critical'))
    await pass(2 * MINUTE)
  }
  t.equal(lines().length, 2)
  restart()
  observe(disk('healthy'))
  await pass(11 * MINUTE, 10 * SECOND)
  t.same(lines().slice(2).toSorted(), ['Resolved: Disk usage of / healthy', 'Resolved: x has failed'])
})

t.test('what changed while the daemon was stopped is told after the start', async (t) => {
  const { observe, pass, lines, warmUp, restart } = createRig()
  await warmUp()
  restart()
  observe(disk('critical'))
  await pass(31 * SECOND)
  t.same(lines(), ['Critical: Disk usage of / critical'])
})

t.test('changed rules end and begin nothing by themselves', async (t) => {
  const { observe, pass, list, lines, warmUp } = createRig()
  await warmUp()
  observe(disk('warning'))
  await pass(MINUTE)
  list[0] = channelOf({ min_severity: 'critical' })
  await pass(HOUR, MINUTE)
  list[0] = channelOf({ kinds: ['token'] })
  await pass(HOUR, MINUTE)
  t.equal(lines().length, 1)
  list[0] = channelOf()
  await pass(MINUTE)
  t.equal(lines().length, 2, 'a channel that wants health again hears what is wrong now')
})

t.test('a channel does not tell of its own fault', async (t) => {
  const { observe, pass, sent, warmUp } = createRig()
  await warmUp()
  observe(disk('warning', { check: `alerts:${channelOf().id}` }))
  await pass(HOUR, MINUTE)
  t.same(sent, [])
})

t.test('a clock that is set back delays nothing', async (t) => {
  const { observe, pass, now, setClock, lines, warmUp, happen } = createRig()
  await warmUp()
  observe(disk('warning'))
  happen((audit) => audit.tokenMinted({ address: '203.0.113.7', user: 'ada' }))
  setClock(now() - 30 * 24 * HOUR)
  await pass(31 * SECOND)
  t.same(lines().length, 2)
})
