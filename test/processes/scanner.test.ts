import { execFileSync } from 'node:child_process'
import { closeSync, constants, mkdirSync, openSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { createNames } from '../../lib/processes/names.ts'
import { createProcessScanner, MAX_PROCESSES } from '../../lib/processes/scanner.ts'
import { temporaryFolder } from '../support/app.ts'
import { removeProcess, writeProcess } from './fixture.ts'

const units = { clockTicks: 100, pageSize: 4096 }

async function setUp(t: Parameters<typeof temporaryFolder>[0]) {
  const procDir = await temporaryFolder(t)
  const clock = { ms: 0 }
  return { procDir, clock, scanner: createProcessScanner({ procDir, units, monotonicNow: () => clock.ms }) }
}

t.test('rates are measured since the last scan, and the first scan has none', async (t) => {
  const { procDir, clock, scanner } = await setUp(t)
  writeProcess(procDir, { pid: 5, name: 'a', ticks: 100 }, { read: 1000, write: 0, cmdline: 'a\0-b\0', uid: 33 })
  t.match((await scanner.scan()).processes.get(5), {
    cpu: null,
    readRate: null,
    writeRate: null,
    commandLine: 'a -b',
    uid: 33
  })
  clock.ms = 2000
  writeProcess(procDir, { pid: 5, name: 'a', ticks: 500 }, { read: 5000, write: 4096 })
  t.match((await scanner.scan()).processes.get(5), { cpu: 200, readRate: 2000, writeRate: 2048 })
  clock.ms = 3000
  t.match((await scanner.scan()).processes.get(5), { cpu: 0, readRate: 0, writeRate: 0 })
})

t.test('the same PID with another start time is another process', async (t) => {
  const { procDir, clock, scanner } = await setUp(t)
  writeProcess(procDir, { pid: 5, name: 'a', ticks: 100 }, { read: 1000, write: 0, cmdline: 'old\0' })
  await scanner.scan()
  clock.ms = 1000
  writeProcess(procDir, { pid: 5, name: 'a', ticks: 200, startTicks: 2000 }, { read: 9000, write: 0, cmdline: 'new\0' })
  t.match((await scanner.scan()).processes.get(5), { cpu: null, readRate: null, commandLine: 'new' })
})

t.test('counters that run backwards give no rate', async (t) => {
  const { procDir, clock, scanner } = await setUp(t)
  writeProcess(procDir, { pid: 5, name: 'a', ticks: 100 }, { read: 1000, write: 1000 })
  await scanner.scan()
  clock.ms = 1000
  writeProcess(procDir, { pid: 5, name: 'a', ticks: 50 }, { read: 10, write: 2000 })
  t.match((await scanner.scan()).processes.get(5), { cpu: null, readRate: null, writeRate: 1000 })
})

t.test('entries that vanish, are half written or are not processes are skipped', async (t) => {
  const { procDir, scanner } = await setUp(t)
  writeProcess(procDir, { pid: 5, name: 'stays' })
  writeProcess(procDir, { pid: 6, name: 'goes' })
  mkdirSync(join(procDir, '7'))
  mkdirSync(join(procDir, 'self'))
  writeProcess(procDir, { pid: 8, name: 'cut' })
  writeFileSync(join(procDir, '8', 'stat'), '8 (cut) S 1')
  t.same([...(await scanner.scan()).processes.keys()], [5, 6])
  removeProcess(procDir, 6)
  t.same([...(await scanner.scan()).processes.keys()], [5])
})

t.test('I/O counters that cannot be read are null with a reason', async (t) => {
  const { procDir, scanner } = await setUp(t)
  writeProcess(procDir, { pid: 5, name: 'a' })
  // A loop of links fails for root too, as EACCES would not.
  symlinkSync('io', join(procDir, '5', 'io'))
  const scan = await scanner.scan()
  t.match(scan.processes.get(5), { readBytes: null, writeBytes: null })
  t.match(scan.ioReason, /cannot be read \(ELOOP\)/)
})

t.test('a command line that never answers affects only its own process, and is read once', async (t) => {
  const { procDir, scanner } = await setUp(t)
  writeProcess(procDir, { pid: 5, name: 'stuck' })
  writeProcess(procDir, { pid: 6, name: 'fine' }, { cmdline: 'fine\0-x\0' })
  rmSync(join(procDir, '5', 'cmdline'))
  // Opening a pipe without a writer blocks for ever.
  execFileSync('mkfifo', [join(procDir, '5', 'cmdline')])
  t.teardown(() => writeFileSync(join(procDir, '5', 'cmdline'), 'x', { flag: 'r+' }))
  for (let i = 0; i < 3; i++) {
    const { processes } = await scanner.scan()
    t.equal(processes.get(5)?.commandLine, '[stuck]')
    t.equal(processes.get(6)?.commandLine, 'fine -x')
  }
})

t.test('a host with too many processes is marked as cut', async (t) => {
  const { procDir, scanner } = await setUp(t)
  for (let pid = 1; pid <= MAX_PROCESSES + 1; pid++) mkdirSync(join(procDir, String(pid)))
  const scan = await scanner.scan()
  t.equal(scan.isCut, true)
  t.equal(scan.processes.size, 0)
})

t.test('user names follow changes of passwd, and are kept if it is missing', async (t) => {
  const path = join(await temporaryFolder(t), 'passwd')
  const names = createNames(path)
  await names.refresh()
  t.equal(names.nameOf(33), '33')
  writeFileSync(path, 'www:x:33:33::/:\n')
  await names.refresh()
  t.equal(names.nameOf(33), 'www')
  writeFileSync(path, 'www-data:x:33:33::/:\n')
  await names.refresh()
  t.equal(names.nameOf(33), 'www-data')
  rmSync(path)
  await names.refresh()
  t.equal(names.nameOf(33), 'www-data')
})

t.test('at most two threads wait for files that never answer, however many there are', async (t) => {
  const { procDir, scanner } = await setUp(t)
  for (let pid = 1; pid <= 8; pid++) {
    writeProcess(procDir, { pid, name: `stuck${pid}` })
    rmSync(join(procDir, String(pid), 'cmdline'))
    execFileSync('mkfifo', [join(procDir, String(pid), 'cmdline')])
  }
  for (let i = 0; i < 3; i++) t.equal((await scanner.scan()).processes.size, 8)
  // Opening to write, without waiting, succeeds where somebody waits to read.
  const isWaitedFor = (pid: number) => {
    try {
      closeSync(openSync(join(procDir, String(pid), 'cmdline'), constants.O_WRONLY | constants.O_NONBLOCK))
      return true
    } catch {
      return false
    }
  }
  t.equal([1, 2, 3, 4, 5, 6, 7, 8].filter(isWaitedFor).length, 2)
})
