import t from 'tap'
import { readCast, readSize, shortenPauses } from '../../../dashboard/src/terminal/cast.ts'
import { bytesOfKey, withModifiers } from '../../../dashboard/src/terminal/keys.ts'
import { Player } from '../../../dashboard/src/terminal/player.ts'
import { isEmulatorReply, meaningOf } from '../../../dashboard/src/terminal/protocol.ts'
import { Stream } from '../../../dashboard/src/terminal/stream.ts'

const none = { ctrl: false, alt: false }

t.test('on-screen keys send the same bytes as xterm', async (t) => {
  t.equal(bytesOfKey('Up', none, false), '\x1b[A')
  t.equal(bytesOfKey('Up', none, true), '\x1bOA')
  t.equal(bytesOfKey('Left', { ctrl: true, alt: false }, true), '\x1b[1;5D')
  t.equal(bytesOfKey('End', { ctrl: true, alt: true }, false), '\x1b[1;7F')
  t.equal(bytesOfKey('PageUp', none, false), '\x1b[5~')
  t.equal(bytesOfKey('PageDown', { ctrl: false, alt: true }, false), '\x1b[6;3~')
  t.equal(bytesOfKey('Tab', { ctrl: false, alt: true }, false), '\x1b\t')
  for (const [typed, bytes] of [
    ['c', '\x03'],
    ['C', '\x03'],
    ['[', '\x1b'],
    [' ', '\x00'],
    ['?', '\x7f'],
    ['ü', 'ü'],
    ['7', '7'],
    ['two', 'two']
  ] as const)
    t.equal(withModifiers(typed, { ctrl: true, alt: false }), bytes, typed)
  t.equal(withModifiers('x', { ctrl: false, alt: true }), '\x1bx')
  t.equal(withModifiers('x', { ctrl: true, alt: true }), '\x1b\x18')
})

t.test('answers of an emulator are distinguished from keys', async (t) => {
  for (const answer of [
    '\x1b[24;80R',
    '\x1b[?1;2c',
    '\x1b[>0;276;0c',
    '\x1b[0n',
    '\x1b[?2026;2$y',
    '\x1b[8;24;80t',
    '\x1bP1$r0m\x1b\\',
    '\x1b]11;rgb:0d0d/1111/1717\x1b\\',
    '\x1b]10;rgb:ffff/ffff/ffff\x07'
  ])
    t.ok(isEmulatorReply(answer), JSON.stringify(answer))
  for (const key of ['\x1b', '\x1b[A', '\x1bOP', '\x1b[1;5D', '\x1b[5~', '\x1bx', 'R', '\x1b[200~c\x1b[201~', '\x1b[I'])
    t.notOk(isEmulatorReply(key), JSON.stringify(key))
})

t.test('close codes that docs/terminal-protocol.md does not name mean a broken connection', async (t) => {
  for (const code of [1005, 1006, 1011, 1012, 1015, 3000, 4000, 4999]) t.equal(meaningOf(code), 'broken', `${code}`)
})

t.test('repeated bytes are shown once, and acknowledged only after they came again', async (t) => {
  const shown: string[] = []
  const acknowledged: number[] = []
  const stream = new Stream({
    show(bytes, taken) {
      shown.push(`${Buffer.from(bytes)}${stream.isReplaying() ? '*' : ''}`)
      taken()
    },
    acknowledge: (position) => acknowledged.push(position)
  })
  const push = (text: string) => stream.push(Buffer.from(text))
  t.equal(stream.begin(0, 0), 0)
  push('abc')
  t.equal(stream.begin(1, 5), 0, 'from an earlier position, as another tab had it')
  stream.flush()
  t.same(acknowledged, [], 'nothing came on this connection')
  push('b')
  stream.flush()
  push('cdefg')
  stream.flush()
  t.same(shown, ['abc', 'de*', 'fg'], 'what the other tab was shown is a replay')
  t.same(acknowledged, [2, 7])
  t.equal(stream.begin(10, 0), 3, 'lost bytes are counted')
  push('k')
  t.equal(stream.received, 11)
  stream.stop()
})

const file = [
  '{"version":2,"width":80,"height":24,"timestamp":1777041131,"title":"admin: shell"}',
  '[0.5,"o","one"]',
  '[1,"r","100x30"]',
  'no event',
  '[10.5,"o","two"]',
  '[10.4,"m","ended"]',
  '[11,"o","cut o'
].join('\n')

t.test('a recording is parsed without its invalid lines and its cut end', async (t) => {
  const cast = readCast(file)!
  t.match(cast, { cols: 80, rows: 24, title: 'admin: shell', startedAt: 1777041131000, seconds: 10.5 })
  t.same(cast.events.at(-1), [10.5, 'm', 'ended'], 'time goes on')
  t.equal(cast.events.length, 4)
  t.equal(shortenPauses(cast, 2).seconds, 3)
  for (const none of ['', '[]', 'null', '{"version":1}', '{"version":2,"width":"80","height":24}'])
    t.equal(readCast(none), null)
  t.same(readSize('1x1000'), { cols: 1, rows: 1000 })
  for (const none of ['', '0x5', '5x1001', '80', '80x24x2', '-1x5']) t.equal(readSize(none), null, none)
})

t.test('a recording is played forwards and sought backwards', async (t) => {
  const stage: string[] = []
  let now = 0
  const player = new Player({
    cast: readCast(file)!,
    stage: {
      reset: (cols, rows) => stage.push(`reset ${cols}x${rows}`),
      resize: (cols, rows) => stage.push(`${cols}x${rows}`),
      write: (text) => stage.push(text)
    },
    onChange() {},
    now: () => now
  })
  t.teardown(() => player.stop())
  t.same(stage.splice(0), ['reset 80x24'])
  player.seek(11)
  t.equal(player.position, 10.5)
  t.same(stage.splice(0), ['reset 80x24', 'one', '100x30', 'two'])
  player.seek(0.7)
  t.same(stage.splice(0), ['reset 80x24', 'one'])
  player.setSpeed(4)
  player.play()
  now += 1000
  t.equal(player.position, 4.7)
  player.pause()
  now += 5000
  t.equal(player.position, 4.7)
  player.seek(5)
  t.same(stage.splice(0), ['100x30'], 'no output is repeated on seeking forwards')
  player.replace(shortenPauses(readCast(file)!, 2))
  t.equal(player.position, 1)
  player.seek(3)
  t.same(stage, ['two'])
})
