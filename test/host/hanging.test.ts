import { execFileSync } from 'node:child_process'
import { closeSync, constants, openSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import t from 'tap'
import { createNetworkReader } from '../../lib/host/network/reader.ts'
import { createVitals } from '../../lib/host/sampler.ts'
import { createPoolShare } from '../../lib/host/source.ts'
import { createFilesystemReader } from '../../lib/host/storage/filesystems.ts'
import { createStorageReaders } from '../../lib/host/storage/reader.ts'
import { inTime, passTime, quietFor, until } from '../support/waiting.ts'
import { plant } from './tree.ts'

// As lxcfs whose server has died: opening one of its files blocks, and a thread of libuv's pool with it.
const PIPES = ['stat', 'meminfo', 'loadavg', 'uptime', 'cpuinfo', 'net/dev', 'diskstats', 'self/mountinfo']

t.test('while all of /proc hangs, the daemon has threads left to read other files', async (t) => {
  const root = t.testdir()
  const procDir = join(root, 'proc')
  plant(root, { 'proc/net': null, 'proc/self': null, 'proc/sys': null, other: 'served' })
  const pipes = PIPES.map((name) => join(procDir, name))
  execFileSync('mkfifo', pipes)
  const options = { procDir, sysDir: join(root, 'sys'), share: createPoolShare() }
  const vitals = createVitals({ ...options, timeoutMs: 50, warmupMs: 0 })
  const network = createNetworkReader(options)
  const storage = createStorageReaders({ ...options, now: () => 0 })

  await vitals.sample()
  const readings = Promise.allSettled([network.read(), storage.readDisks(), storage.readFilesystems()])
  // So long that each has been begun: a thread that hangs gives no sign.
  await passTime(50)
  // The last of four threads would do; that two are left shows in that one may hang as well.
  const fifth = join(root, 'fifth')
  execFileSync('mkfifo', [fifth])
  const another = readFile(fifth)
  t.equal(await inTime(readFile(join(root, 'other'), 'utf8'), 3000), 'served')

  await vitals.sample(10)
  await vitals.sample()
  const { cpu, memory, loadAverage, uptime } = vitals.latest()
  t.same(
    [cpu, memory, loadAverage, uptime].map(({ reason }) => reason),
    [
      'CPU time does not answer',
      'memory does not answer',
      'the load average is not read while other files do not answer',
      'the uptime is not read while other files do not answer'
    ]
  )

  // Writers set the waiting threads free, one after another, which this process could not exit without.
  const writers = [...pipes, fifth].map((path) => openSync(path, constants.O_RDWR | constants.O_NONBLOCK))
  for (const writer of writers) closeSync(writer)
  let isOver = false
  const all = Promise.all([readings, another]).then(() => {
    isOver = true
  })
  // One that is opened only now waits for a writer of its own.
  await until(() => {
    for (const path of pipes) closeSync(openSync(path, constants.O_RDWR | constants.O_NONBLOCK))
    return isOver
  })
  await all
  vitals.stop()
  network.close()
  storage.close()
})

t.test('dead file systems hold two threads, and files of /proc are still read', async (t) => {
  // A reader's own timers keep no process alive.
  const alive = setInterval(() => {}, 1000)
  t.teardown(() => clearInterval(alive))
  const root = t.testdir()
  const mounts = ['/a', '/b', '/c'].map((path, i) => `2${i} 1 8:${i} / ${path} rw - ext4 /dev/sd${i} rw\n`)
  plant(root, { 'self/mountinfo': mounts.join('') })
  const share = createPoolShare()
  const asked: string[] = []
  const statfs = (path: string) => {
    asked.push(path)
    return new Promise<never>(() => {})
  }
  await createFilesystemReader({ procDir: root, statfs, share, now: () => 0, timeoutMs: 20 })()
  t.same(asked, ['/a', '/b'])
  t.equal(await share.readFiles(async () => 'read'), 'read')

  void share.readFiles(() => new Promise(() => {}))
  let isBegun = false
  void share.readFiles(async () => {
    isBegun = true
  })
  await quietFor(20)
  t.notOk(isBegun, 'three of four are held')
})

t.test('waiting readings start in order as soon as there is room, also after a failure', async (t) => {
  const { readFiles } = createPoolShare()
  const order: number[] = []
  const fail: (() => void)[] = []
  const results = [0, 1, 2, 3].map((number) =>
    readFiles(() => {
      order.push(number)
      return new Promise<void>((_, reject) => fail.push(() => reject(new Error(`${number}`))))
    }).catch(({ message }: Error) => message)
  )
  await nextTurn()
  t.same(order, [0, 1])
  fail[1]!()
  t.equal(await results[1], '1')
  await nextTurn()
  t.same(order, [0, 1, 2])
  fail[0]!()
  await nextTurn()
  fail[2]!()
  fail[3]!()
  t.same(await Promise.all(results), ['0', '1', '2', '3'])
})
