import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { createStorageReaders } from '../../../lib/host/storage/reader.ts'

const skip = existsSync('/proc/diskstats') && existsSync('/sys/block') ? false : 'this machine has no /proc/diskstats'
const MIB = 1024 ** 2
const run = (command: string, ...args: string[]) => execFileSync(command, args, { encoding: 'utf8' })

/** Bytes read and written, out of another file than the daemon reads. */
function countedOf(name: string) {
  const fields = readFileSync(`/sys/block/${name}/stat`, 'utf8').trim().split(/\s+/).map(Number)
  return { readBytes: fields[2]! * 512, writeBytes: fields[6]! * 512 }
}

t.test('the storage of the machine that runs this test agrees with its own tools', { skip }, async (t) => {
  const readers = createStorageReaders({ now: Date.now })
  t.teardown(readers.close)
  const names = (await readers.readDisks()).disks.map(({ name }) => name)

  /** Samples, and checks that each disk's bytes lie between those of before and after. */
  const sampleBetween = async (t: Test, when: string) => {
    const before = names.map(countedOf)
    const from = performance.now()
    const state = await readers.readDisks()
    const to = performance.now()
    const after = names.map(countedOf)
    for (const [place, name] of names.entries()) {
      const { counters } = state.disks.find((disk) => disk.name === name)!
      for (const key of ['readBytes', 'writeBytes'] as const) {
        const value = counters.value![key]!
        t.ok(value >= before[place]![key] && value <= after[place]![key], `${when}: ${key} of ${name} is ${value}`)
      }
    }
    return { ...state, from, to }
  }

  await t.test('bytes read and written match the kernel’s counters, idle and while 32 MiB are written', async (t) => {
    const idle = await sampleBetween(t, 'idle')
    const folder = t.testdir()
    run('dd', 'if=/dev/urandom', `of=${join(folder, 'load')}`, 'bs=1M', 'count=32', 'conv=fsync', 'status=none')
    const busy = await sampleBetween(t, 'under load')
    const onDisk = /^\/dev\//.test(run('df', '--output=source', folder).split('\n')[1]!)
    if (!onDisk || busy.physical.rates.value === null) return t.comment('the test folder is on no disk')
    const bytes = busy.physical.counters.value!.writeBytes! - idle.physical.counters.value!.writeBytes!
    t.ok(bytes >= 32 * MIB, `${bytes} bytes written`)
    const rate = busy.physical.rates.value.writeBytes!
    const [shortest, longest] = [busy.from - idle.to, busy.to - idle.from]
    t.ok(rate >= (bytes / longest) * 1000 - 1 && rate <= (bytes / shortest) * 1000 + 1, `${rate} bytes a second`)
  })

  await t.test('disks are those of lsblk, with its sizes and mount points', async (t) => {
    type Device = { name: string; size: number; mountpoints: (string | null)[]; children?: Device[] }
    const { blockdevices } = JSON.parse(run('lsblk', '-bJ', '-o', 'NAME,SIZE,MOUNTPOINTS')) as {
      blockdevices: Device[]
    }
    const listed = new Map(blockdevices.map((device) => [device.name, device]))
    const filesystems = await readers.readFilesystems()
    const { disks, below } = await readers.readDisks()
    t.ok(disks.length > 0)
    for (const { name, size } of disks) t.equal(size, listed.get(name)?.size, name)
    const mountsOf = (device: Device): (string | null)[] => [
      ...device.mountpoints,
      ...(device.children ?? []).flatMap(mountsOf)
    ]
    for (const { mountpoint, device } of filesystems) {
      for (const disk of below.get(device) ?? []) t.ok(mountsOf(listed.get(disk)!).includes(mountpoint), mountpoint)
    }
  })

  await t.test('file systems are as large and as full as df says, within 64 MiB and 1 %', async (t) => {
    for (const { mountpoint, size } of await readers.readFilesystems()) {
      const line = run('df', '-B1', '--output=size,used,avail,pcent', mountpoint).split('\n')[1]!
      const [total, used, available, percent] = line.trim().split(/\s+/).map(Number.parseFloat)
      t.equal(size.value!.total, total, mountpoint)
      t.ok(Math.abs(size.value!.used! - used!) < 64 * MIB, `${size.value!.used} and ${used} used of ${mountpoint}`)
      t.ok(Math.abs(size.value!.available! - available!) < 64 * MIB, `${size.value!.available} and ${available}`)
      t.ok(Math.abs(size.value!.usage! - percent!) <= 1, `${size.value!.usage} and ${percent} %`)
    }
  })
})
