import { randomBytes } from 'node:crypto'
import t from 'tap'
import type { Client } from '../../../lib/terminal/client.ts'
import { createFeed } from '../../../lib/terminal/feed.ts'
import { createInput } from '../../../lib/terminal/input.ts'
import { describeLogin, localeIn } from '../../../lib/terminal/login.ts'
import { createReplay } from '../../../lib/terminal/replay.ts'
import { createSize } from '../../../lib/terminal/size.ts'
import { commandOf } from '../../../lib/terminal/target.ts'
import { quietFor, until } from '../../support/waiting.ts'

t.test('the replay keeps the last bytes at their positions, for chunks of any size', async (t) => {
  const capacity = 100_000
  const all = randomBytes(700_000)
  const replay = createReplay(capacity)
  for (let at = 0, step = 1; at < all.length; step = (step * 7 + 13) % 65_536) {
    replay.append(all.subarray(at, at + step))
    at = Math.min(at + step, all.length)
    const start = replay.start()
    if (replay.end() !== at || start < at - capacity) t.fail(`${start} to ${replay.end()} at ${at}`)
    if (!replay.read(start, at).equals(all.subarray(start, at))) t.fail(`other bytes at ${at}`)
  }
  t.equal(replay.end() - replay.start(), capacity)
  replay.append(all.subarray(0, 3 * capacity))
  t.ok(
    replay.read(replay.start(), replay.end()).equals(all.subarray(2 * capacity, 3 * capacity)),
    'longer than all of it'
  )
})

t.test('output is sent at once, then in batches, at most 192 KiB beyond the acknowledged position', async (t) => {
  const replay = createReplay(256 * 1024)
  const sizes: number[] = []
  const flushes: (() => void)[] = []
  const client: Client = {
    acknowledges: true,
    output(bytes, flushed) {
      sizes.push(bytes.length)
      flushes.push(flushed)
    },
    control() {},
    close() {}
  }
  const feed = createFeed({ replay, client, from: 0, onConsumed() {} })
  t.teardown(feed.stop)
  const show = (length: number) => {
    replay.append(Buffer.alloc(length))
    feed.pump()
  }
  show(10)
  show(20)
  show(30)
  t.same(sizes, [10])
  await until(() => sizes.length >= 2)
  t.same(sizes, [10, 50])
  for (let i = 0; i < 6; i++) show(40_000)
  await until(() => feed.sent() >= 192 * 1024)
  await quietFor(20)
  t.equal(feed.sent(), 192 * 1024)
  t.ok(Math.max(...sizes) <= 64 * 1024)
  t.notOk(feed.acknowledge(feed.sent() + 1))
  t.ok(feed.acknowledge(1000))
  t.equal(feed.consumed(), 0, 'it has not left yet')
  for (const flushed of flushes.splice(0)) flushed()
  t.equal(feed.consumed(), 1000)
  await until(() => feed.sent() >= 192 * 1024 + 1000)
  await quietFor(20)
  t.equal(feed.sent(), 192 * 1024 + 1000)
})

t.test('input waits, in order, for a program that does not read, and reports when it is full', async (t) => {
  let room = 0
  const written: Buffer[] = []
  const full: boolean[] = []
  const input = createInput({
    write(bytes, offset, length) {
      const count = Math.min(room, length)
      room -= count
      written.push(Buffer.from(bytes.subarray(offset, offset + count)))
      return count
    },
    onFull: (isFull) => full.push(isFull)
  })
  t.teardown(input.stop)
  const all = randomBytes(16 * 1024 * 1024)
  const half = all.length / 2
  t.ok(input.push(all.subarray(0, half)))
  t.notOk(input.push(Buffer.alloc(half + 1)))
  t.ok(input.push(all.subarray(half)))
  t.notOk(input.push(Buffer.of(1)))
  await until(() => {
    room = 1_234_567
    return Buffer.concat(written).length >= all.length
  })
  t.ok(Buffer.concat(written).equals(all))
  t.same(full, [true, false])
  input.stop()
  t.ok(input.push(Buffer.from('x')))
  t.equal(Buffer.concat(written).length, all.length)
})

t.test('of many sizes in a row the first and the last are applied', async (t) => {
  const applied: number[][] = []
  const size = createSize(80, 24, (cols, rows) => applied.push([cols, rows]))
  t.teardown(size.stop)
  for (let i = 1; i <= 100; i++) size.set(i, i)
  t.same(applied, [[1, 1]])
  await until(() => applied.length >= 2)
  t.same(applied, [
    [1, 1],
    [100, 100]
  ])
})

t.test('input is sent after the size before it, and cannot speed up size changes', async (t) => {
  const applied: number[] = []
  const size = createSize(80, 24, (cols) => applied.push(cols))
  t.teardown(size.stop)
  size.set(1, 1)
  size.set(2, 2)
  size.flush()
  t.same(applied, [1, 2])
  for (let i = 3; i <= 100; i++) {
    size.set(i, i)
    size.flush()
  }
  t.same(applied, [1, 2], 'the rest waits')
  await until(() => applied.length >= 3)
  t.same(applied, [1, 2, 100])
})

t.test('a target is the shell or a container by its id, and nothing else', async (t) => {
  const shell = { file: '/bin/zsh', args: ['-l'] }
  const findProgram = (name: string) => (name === 'pct' ? '/usr/sbin/pct' : null)
  const options = { shell, findProgram }
  t.same(commandOf('shell', options), { ok: true, ...shell })
  t.same(commandOf('lxc:101', options), { ok: true, file: '/usr/sbin/pct', args: ['enter', '101'] })
  t.ok(commandOf('lxc:999999999', options).ok)
  const wrong = [
    '',
    'lxc',
    'lxc:',
    'lxc:99',
    'lxc:1000000000',
    'lxc:0101',
    'lxc:101 ',
    'lxc:101\n',
    'lxc:-1',
    'lxc:1e5',
    'LXC:101'
  ]
  for (const target of wrong) t.notOk(commandOf(target, options).ok, JSON.stringify(target))
  t.notOk(commandOf('lxc:101', { shell, findProgram: () => null }).ok)
})

t.test('the login is the account’s, with an existing shell', async (t) => {
  const passwd = 'root:x:0:0:root:/:/bin/sh\nada:x:1000:1000:Ada:/no/such/folder:/no/such/shell\n'
  const root = describeLogin({ uid: 0, shell: '', passwd })
  t.match(root, {
    shell: { file: '/bin/sh', args: ['-l'] },
    cwd: '/',
    env: { USER: 'root', HOME: '/', SHELL: '/bin/sh' }
  })
  const ada = describeLogin({ uid: 1000, shell: '', passwd })
  t.match(ada, { shell: { file: '/bin/bash' }, cwd: '/', env: { LOGNAME: 'ada', HOME: '/no/such/folder' } })
  t.equal(describeLogin({ uid: 0, shell: '/usr/bin/zsh', passwd }).shell.file, '/usr/bin/zsh')
  t.match(describeLogin({ uid: 77, shell: '', passwd }), { cwd: '/', env: { USER: '77' } })
  t.equal(localeIn(['# no\nLANG="de_DE.UTF-8"\n', 'LANG=C\n']), 'de_DE.UTF-8')
  t.equal(localeIn(['LANG=de_DE\n', 'LANG=fr_FR.utf8']), 'fr_FR.utf8')
  t.equal(localeIn(['', 'LANG=$(reboot).UTF-8\n']), 'C.UTF-8')
})
