import t from 'tap'
import { channelOf, createRig, failed, HOUR, MINUTE, SECOND } from './engine-rig.ts'

const address = '203.0.113.7'
type Rig = ReturnType<typeof createRig>
const mint = ({ happen }: Rig, user = 'ada') => happen((audit) => audit.tokenMinted({ address, user }))

t.test('a failed message is retried with growing gaps, up to an hour, and given up after a day', async (t) => {
  const rig = createRig()
  const attempts: number[] = []
  rig.answer(() => {
    attempts.push(rig.now())
    return failed
  })
  mint(rig)
  await rig.pass(26 * HOUR, 10 * SECOND)
  const gaps = attempts.slice(1).map((at, i) => (at - attempts[i]!) / 1000)
  t.same(gaps.slice(0, 8), [30, 60, 120, 240, 480, 960, 1920, 3600])
  t.ok(gaps.every((gap) => gap <= 3600))
  const [message] = rig.records.messages()
  t.match(message, { state: 'given_up', status: 500, attempts: attempts.length })
  t.ok(attempts.length > 25 && attempts.length < 40, `${attempts.length} attempts`)
  t.ok(attempts.at(-1)! - attempts[0]! < 24 * HOUR)
})

t.test('across restarts a message is delivered once, in order, and its gaps go on', async (t) => {
  const rig = createRig()
  let tries = 0
  rig.answer(() => {
    tries++
    return failed
  })
  mint(rig, 'first')
  await rig.pass(MINUTE)
  mint(rig, 'second')
  for (let i = 0; i < 20; i++) {
    await rig.pass(MINUTE)
    rig.restart()
  }
  t.ok(tries < 12, `${tries} attempts in twenty minutes`)
  rig.sent.length = 0
  rig.deliver()
  await rig.pass(HOUR, 10 * SECOND)
  t.match(rig.titles(), ['pve1: Warning: API token created by first', 'pve1: Warning: API token created by second'])
  rig.restart()
  await rig.pass(HOUR, 10 * SECOND)
  t.equal(rig.sent.length, 2)
})

t.test('a channel that hangs delays no other, and has one attempt at a time', async (t) => {
  const rig = createRig(
    channelOf({ name: 'dead', id: 'a'.repeat(16) }),
    channelOf({ name: 'good', id: 'b'.repeat(16) })
  )
  let hanging = 0
  rig.answer(({ name }) => {
    if (name === 'good') return { isDelivered: true, status: 200, reason: null }
    hanging++
    return new Promise(() => {})
  })
  for (let i = 0; i < 5; i++) {
    mint(rig)
    await rig.pass(MINUTE)
  }
  t.equal(hanging, 1)
  t.same(
    rig.sent.map(({ to }) => to),
    Array(5).fill('good')
  )
})

t.test('a single message that is always refused does not hold up the others', async (t) => {
  const rig = createRig()
  rig.answer((_, { title }) =>
    title.includes('poison') ? { ...failed, status: 400 } : { isDelivered: true, status: 200, reason: null }
  )
  mint(rig, 'poison')
  await rig.pass(MINUTE)
  mint(rig, 'ada')
  await rig.pass(2 * HOUR, 10 * SECOND)
  t.match(
    rig.records.messages().map(({ state }) => state),
    ['waiting', 'delivered']
  )
})

t.test('at most a hundred messages wait; the oldest are dropped and the history says so', async (t) => {
  const rig = createRig()
  rig.answer(() => failed)
  for (let i = 0; i < 130; i++) {
    mint(rig)
    await rig.pass(5 * MINUTE, 31 * SECOND)
  }
  const states = rig.records.messages().map(({ state }) => state)
  t.ok(states.filter((state) => state === 'waiting').length <= 100)
  t.equal(states.filter((state) => state === 'dropped').length, states.length - 100)
  t.match(rig.records.messages()[0], { state: 'dropped', reason: 'too many messages waited' })
})

t.test('the history keeps five hundred messages, and every one that waits', async (t) => {
  const rig = createRig()
  for (let i = 0; i < 600; i++) {
    mint(rig)
    await rig.pass(4 * MINUTE, 31 * SECOND)
  }
  t.ok(rig.records.messages().length <= 501)
  t.equal(rig.alerts().history(50).length, 50)
  t.same(
    rig
      .alerts()
      .history(2, 600)
      .map(({ id }) => id),
    [599, 598]
  )
})

t.test('a channel fails after two attempts in a row, and it is said once', async (t) => {
  const rig = createRig()
  rig.answer(() => failed)
  mint(rig)
  await rig.pass(40 * SECOND)
  t.same(rig.alerts().failing(), [])
  await rig.pass(HOUR, 10 * SECOND)
  t.match(rig.alerts().failing(), [{ name: 'Phone', reason: 'the server answered with status 500' }])
  rig.deliver()
  await rig.pass(HOUR, 10 * SECOND)
  t.same(rig.alerts().failing(), [])
  t.same(rig.troubles, ['the server answered with status 500', null])
})

t.test('a changed channel is tried at once; a removed or disabled one drops what waits', async (t) => {
  const rig = createRig()
  rig.answer(() => failed)
  mint(rig)
  await rig.pass(3 * HOUR, 10 * SECOND)
  rig.deliver()
  rig.sent.length = 0
  rig.alerts().changed(channelOf().id)
  await rig.pass(SECOND)
  t.equal(rig.sent.length, 1)

  rig.answer(() => failed)
  mint(rig)
  await rig.pass(MINUTE)
  rig.list[0] = channelOf({ is_enabled: false })
  await rig.pass(SECOND)
  t.match(rig.records.messages().at(-1), { state: 'dropped', reason: 'the channel was turned off' })
  rig.list[0] = channelOf()
  mint(rig)
  await rig.pass(MINUTE)
  rig.list.length = 0
  rig.alerts().removed(channelOf().id)
  t.match(rig.records.messages().at(-1), { state: 'dropped', reason: 'the channel was removed' })
})

t.test('a clock that is set back neither stops nor doubles a retry', async (t) => {
  const rig = createRig()
  rig.answer(() => failed)
  mint(rig)
  await rig.pass(3 * HOUR, 10 * SECOND)
  rig.setClock(rig.now() - 10 * 24 * HOUR)
  rig.deliver()
  rig.sent.length = 0
  await rig.pass(HOUR + MINUTE, 10 * SECOND)
  t.equal(rig.sent.length, 1)
})
