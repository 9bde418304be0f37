import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import t from 'tap'
import { decodeName, pathOf } from '../../../lib/host/bytes.ts'
import { parseNetDev } from '../../../lib/host/network/counters.ts'
import { createNetworkReader } from '../../../lib/host/network/reader.ts'
import { createThermometer } from '../../../lib/host/sensors.ts'
import { createFilesystemReader } from '../../../lib/host/storage/filesystems.ts'
import { parseMountinfo, pickFilesystems } from '../../../lib/host/storage/mounts.ts'
import { expose } from '../../../lib/metrics/exposition.ts'
import { filesystemFamilies } from '../../../lib/metrics/host.ts'
import { formatCommandLine } from '../../../lib/processes/stat.ts'
import { plant } from '../../host/tree.ts'
import { statLine, writeProcess } from '../../processes/fixture.ts'
import { bearer, build, setUp } from '../../support/app.ts'

const latin1 = (text: string) => Buffer.from(text).toString('latin1')
/** Names as the kernel has them: bytes, some of them UTF-8. */
const name = fc.uint8Array({ minLength: 1, maxLength: 15 }).map((bytes) => Buffer.from(bytes).toString('latin1'))

t.test('names in any encoding become valid text, and different names stay different', async (t) => {
  t.equal(decodeName(latin1('Größe 数')), 'Größe 数')
  t.equal(decodeName('a\xff\xc3b'), 'a\\xff\\xc3b')
  fc.assert(
    fc.property(name, name, (one, other) => {
      if (!decodeName(one).isWellFormed()) throw new Error('not valid text')
      const isPlain = !/\\x/.test(one + other)
      if (isPlain && one !== other && decodeName(one) === decodeName(other)) throw new Error('two become one')
      if (!Buffer.from(pathOf(one) as string).equals(Buffer.from(one, 'latin1'))) throw new Error('another path')
    })
  )
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => decodeName(latin1(text)) === text))
})

t.test('mount points in any encoding are measured, each at its own path', async (t) => {
  const folder = t.testdir({ self: {} })
  const places = ['/mnt/a\\040b', '/mnt/\xff', '/mnt/\xfe', `/mnt/${latin1('数à')}`, '/mnt/tab\\011\\134\\042']
  const lines = places.map((place, i) => `${20 + i} 1 8:${i} / ${place} rw - ext4 /dev/sd${i} rw\n`)
  writeFileSync(join(folder, 'self/mountinfo'), lines.join(''), 'latin1')
  const asked: string[] = []
  const read = createFilesystemReader({
    procDir: folder,
    now: () => 0,
    statfs: async (path) => {
      asked.push(Buffer.from(path as string).toString('latin1'))
      return { bsize: 1, blocks: 10, bfree: 5, bavail: 5 }
    }
  })
  const states = await read()
  t.same(
    states.map(({ mountpoint }) => mountpoint).toSorted(),
    ['/mnt/a b', '/mnt/\\xff', '/mnt/\\xfe', '/mnt/数à', '/mnt/tab\t\\"'].toSorted()
  )
  t.same(asked.toSorted(), ['/mnt/a b', '/mnt/\xff', '/mnt/\xfe', `/mnt/${latin1('数à')}`, '/mnt/tab\t\\"'].toSorted())

  const families = filesystemFamilies(
    'pve1',
    states.map(({ mountpoint }) => ({ disk: 'sda', mountpoint: `${mountpoint}\n"`, total: 1, used: 1, usage: 1 }))
  )
  const { text } = await expose(families, undefined)
  const series = text.split('\n').filter((line) => line.startsWith('proxmox_disk_total_bytes{'))
  t.equal(series.length, 5, 'one line each, with any name')
  for (const line of series) t.match(line, /^\w+\{(?:\w+="(?:[^"\\\n]|\\["\\n])*",?)+\} 1$/)
})

t.test('any bytes in mountinfo and net/dev are parsed without a fault', async (t) => {
  fc.assert(
    fc.property(name, (bytes) => {
      const mounts = parseMountinfo(`20 1 8:1 / /mnt/${bytes} rw - ext4 /dev/sda rw\n`).value ?? []
      for (const { mountpoint } of pickFilesystems(mounts)) JSON.parse(JSON.stringify(mountpoint))
      parseNetDev(`${bytes}: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n`)
    })
  )
  t.pass()
})

t.test('interfaces have their names in /sys, in any encoding', async (t) => {
  const counted = ' 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n'
  const names = ['größe0', 'a|b', '数', 'x\u2003y']
  const folder = t.testdir({ proc: { net: {} }, sys: { class: { net: {} } } })
  for (const each of names) {
    mkdirSync(join(folder, 'sys/class/net', each))
    writeFileSync(join(folder, 'sys/class/net', each, 'mtu'), '1400\n')
  }
  const lines = [...names.map(latin1), 'odd\xff'].map((each) => `${each}:${counted}`)
  writeFileSync(join(folder, 'proc/net/dev'), lines.join(''), 'latin1')
  const reader = createNetworkReader({
    procDir: join(folder, 'proc'),
    sysDir: join(folder, 'sys'),
    addresses: () => ({})
  })
  t.teardown(reader.close)
  const { interfaces } = await reader.read()
  t.same(
    interfaces.map(({ name, mtu }) => [name, mtu]),
    [...names.map((each) => [each, 1400]), ['odd\\xff', null]]
  )
})

t.test('processes with names and arguments in any encoding are listed as valid JSON', async (t) => {
  const procDir = t.testdir({ uptime: '1000.00 1.00\n' })
  const bytes = ['\xff\xfe', latin1('数').slice(0, 2), 'a)\n(b', '\x1b[31m', '"\\']
  for (const [i, each] of bytes.entries()) {
    writeProcess(procDir, { pid: 100 + i, name: 'x' })
    const folder = join(procDir, String(100 + i))
    writeFileSync(join(folder, 'stat'), Buffer.from(statLine({ pid: 100 + i, name: each }), 'latin1'))
    writeFileSync(join(folder, 'cmdline'), Buffer.from(`${each}\0--x=${each}\0`, 'latin1'))
  }
  const app = await build(t, {}, { processes: { procDir, pauseMs: 1 } })
  await app.ready()
  const headers = bearer(await setUp(app))
  const list = await app.inject({ url: '/api/processes', headers })
  t.equal(list.statusCode, 200)
  const pids = (JSON.parse(list.body).processes as { pid: number }[]).map(({ pid }) => pid)
  t.same(pids.toSorted(), [100, 101, 102, 103, 104])
  for (const pid of pids) {
    const detail = await app.inject({ url: `/api/processes/${pid}`, headers })
    t.match(JSON.parse(detail.body), { success: true, pid })
  }
  t.ok(formatCommandLine('aaa😀b', 'x', 5).isWellFormed(), 'no character is cut in half')
})

t.test('sensors without a name or label, or with a repeated name, hide no readable sensor', async (t) => {
  const root = t.testdir()
  plant(root, {
    'class/hwmon/hwmon7/temp1_input': '99000\n',
    'class/hwmon/hwmon8/name': 'coretemp\n',
    'class/hwmon/hwmon8/temp1_input': '65261850\n',
    'class/hwmon/hwmon8/temp2_input': '41000\n',
    'class/hwmon/hwmon8/temp2_label': '\xff\n',
    'class/hwmon/hwmon9/name': 'coretemp\n',
    'class/hwmon/hwmon9/temp1_input': '-128000\n',
    'class/hwmon/hwmon9/temp3_input': '43000\n'
  })
  const read = createThermometer(root, 1)
  t.equal((await read()).value, 43, 'of two chips with one name; a chip without a name is not the CPU')
  writeFileSync(join(root, 'class/hwmon/hwmon8/temp2_input'), '255000\n')
  writeFileSync(join(root, 'class/hwmon/hwmon9/temp3_input'), '')
  t.match(await read(), { value: null, reason: /the sensor reports/ })
})
