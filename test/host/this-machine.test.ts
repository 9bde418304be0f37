import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import t from 'tap'
import { createVitals } from '../../lib/host/sampler.ts'

const skip = existsSync('/proc/meminfo') ? false : 'this machine has no /proc'
const run = (command: string, ...args: string[]) => execFileSync(command, args, { encoding: 'utf8' })

t.test('the signs of the machine that runs this test agree with its own tools', { skip }, async (t) => {
  const vitals = createVitals()
  t.teardown(vitals.stop)
  await (await vitals.start()).warm
  const latest = vitals.latest()

  await t.test('memory is that of free -b, used and cached within 64 MiB', async (t) => {
    const [total, used, , , cached] = run('free', '-b')
      .match(/^Mem: +(.*)$/m)![1]!
      .split(/ +/)
      .map(Number)
    const tolerance = 64 * 1024 ** 2
    const memory = latest.memory.value!
    t.equal(memory.total, total)
    t.ok(Math.abs(memory.used! - used!) < tolerance, `${memory.used} and ${used}`)
    t.ok(Math.abs(memory.cached! - cached!) < tolerance, `${memory.cached} and ${cached}`)
  })

  await t.test('logical processors are those nproc counts', async (t) => {
    t.equal(latest.topology.value!.threads, Number(run('nproc', '--all')))
    t.ok(latest.topology.value!.cores! <= latest.topology.value!.threads)
  })

  await t.test('uptime is that of /proc/uptime within 2 s', async (t) => {
    const seconds = Number.parseFloat(readFileSync('/proc/uptime', 'utf8'))
    t.ok(Math.abs(latest.uptime.value! - seconds) < 2, `${latest.uptime.value} and ${seconds}`)
  })

  await t.test('the root file system is as full as df says, within 1 %', async (t) => {
    const percent = Number.parseInt(run('df', '--output=pcent', '/').split('\n')[1]!, 10)
    t.ok(Math.abs(latest.rootFilesystem.value!.usage! - percent) <= 1, `${latest.rootFilesystem.value!.usage}`)
  })

  await t.test('kernel and load average are those of uname and the kernel', async (t) => {
    t.equal(latest.kernelVersion.value, run('uname', '-r').trim())
    t.equal(latest.loadAverage.value!.length, 3)
  })

  await t.test('a busy processor shows in the CPU usage', async (t) => {
    await vitals.sample()
    const until = performance.now() + 400
    while (performance.now() < until);
    await vitals.sample()
    // The busy thread fills one of the processors; its sampling and the others' work lie within a quarter of it.
    const share = 100 / latest.topology.value!.threads
    t.ok(latest.cpu.value!.usage >= share * 0.75, `${latest.cpu.value!.usage} % of all, ${share} % expected`)
    t.ok(latest.cpu.value!.usage <= 100)
  })
})
