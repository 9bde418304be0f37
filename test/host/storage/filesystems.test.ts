import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import type { Statfs } from '../../../lib/host/filesystem.ts'
import { createFilesystemReader } from '../../../lib/host/storage/filesystems.ts'
import { parseMountinfo, pickFilesystems } from '../../../lib/host/storage/mounts.ts'
import { plant } from '../tree.ts'

const NOON = Date.UTC(2025, 5, 1, 12)
const HALF: Statfs & { frsize: number } = { bsize: 4096, frsize: 4096, blocks: 1000, bfree: 500, bavail: 500 }

/** Lines of mountinfo out of `device root mountpoint fstype source options`. */
const mountinfo = (...mounts: string[]) =>
  mounts
    .map((mount, place) => {
      const [device, root, mountpoint, fstype, source, options = 'rw'] = mount.split(' ')
      const optional = place % 2 ? 'shared:1 master:2 ' : ''
      return `${place + 20} 1 ${device} ${root} ${mountpoint} ${options},relatime ${optional}- ${fstype} ${source} rw\n`
    })
    .join('')
const pick = (...mounts: string[]) =>
  pickFilesystems(parseMountinfo(mountinfo(...mounts)).value!).map(({ mountpoint }) => mountpoint)

t.test(
  'file systems with a device, ZFS, btrfs and network shares are listed; snaps, overlays and memory are not',
  async (t) => {
    const real = pick(
      '0:21 / /proc proc proc',
      '0:6 / /dev devtmpfs devtmpfs',
      '8:2 / / ext4 /dev/sda2',
      '8:1 / /boot/efi vfat /dev/sda1',
      '0:30 / /rpool/data/subvol-100-disk-0 zfs rpool/data/subvol-100-disk-0',
      '7:1 / /snap/core squashfs /dev/loop1',
      '11:0 / /media/cd iso9660 /dev/sr0',
      '0:40 / /var/lib/docker/overlay2/x/merged overlay overlay',
      '0:41 / /run tmpfs tmpfs',
      '0:42 / /mnt/nas nfs4 192.0.2.5:/export',
      '0:43 / /mnt/share cifs //192.0.2.6/share',
      '0:44 / /mnt/ssh fuse.sshfs user@host:',
      '0:45 / /var/lib/lxcfs fuse.lxcfs lxcfs',
      '0:46 / /etc/pve fuse /dev/fuse',
      '0:47 / /mnt/auto autofs systemd-1',
      '0:48 /@ /mnt/btrfs btrfs /dev/sdb'
    )
    t.same(real, [
      '/',
      '/boot/efi',
      '/mnt/btrfs',
      '/mnt/nas',
      '/mnt/share',
      '/mnt/ssh',
      '/rpool/data/subvol-100-disk-0'
    ])
  }
)

t.test('a file system with several mounts counts once', async (t) => {
  t.same(pick('8:1 /var/lib/x /x ext4 /dev/sda1', '8:1 / /long/path ext4 /dev/sda1'), ['/long/path'], 'whole, not part')
  t.same(pick('0:50 /@home /home btrfs /dev/sdb', '0:50 /@ / btrfs /dev/sdb'), ['/'], 'subvolumes')
  t.same(pick('8:1 / /mnt ext4 /dev/sda1', '0:60 / /mnt tmpfs tmpfs'), [], 'what lies below another is not reached')
})

t.test('names with spaces, read-only mounts and garbage', async (t) => {
  const [mount] = parseMountinfo(mountinfo('8:1 / /media/my\\040disk\\303\\244 ext4 /dev/sdc1 ro')).value!
  t.match(mount, { mountpoint: '/media/my diskä', isReadOnly: true, device: '8:1' })
  t.match(parseMountinfo('no\nmounts at all'), { value: null, reason: '/proc/self/mountinfo lists no mount' })
})

t.test('a file system that went read-only is distinguished from one mounted read-only', async (t) => {
  const described = (mount: string, fileSystem: string) => {
    const [found] = parseMountinfo(`43 27 7:0 / /mnt ${mount} - ext4 /dev/loop0 ${fileSystem}`).value!
    return [found!.isReadOnly, found!.hasStopped]
  }
  t.same(described('rw,relatime', 'rw,errors=remount-ro'), [false, false])
  t.same(described('ro,relatime', 'ro'), [true, false], 'mount -o ro')
  t.same(described('ro,relatime', 'rw'), [true, false], 'a bind mount')
  // After `echo 1 > /sys/fs/ext4/loop0/trigger_fs_error`, as Linux 6.18 shows it, and as older ones do.
  t.same(described('rw,relatime', 'rw,errors=remount-ro,emergency_ro'), [true, true])
  t.same(described('rw,relatime', 'ro,errors=remount-ro'), [true, true])
})

function build(t: Test, mounts: string[], statfs: (path: string) => Promise<Statfs>) {
  const root = t.testdir()
  const write = (...list: string[]) => writeFileSync(join(root, 'self/mountinfo'), mountinfo(...list), 'latin1')
  plant(root, { 'self/mountinfo': '' })
  write(...mounts)
  // What waits for a file system that hangs keeps no process alive.
  const alive = setInterval(() => {}, 1000)
  t.teardown(() => clearInterval(alive))
  const asked: string[] = []
  const counted = (path: string) => {
    asked.push(path)
    return statfs(path)
  }
  const read = createFilesystemReader({ procDir: root, statfs: counted, now: () => NOON, timeoutMs: 20 })
  return { read, asked, write }
}
const never = () => new Promise<Statfs>(() => {})
const local = (letter: string) => `8:${letter.charCodeAt(0)} / /${letter} ext4 /dev/sd${letter}`
const share = (name: string, device: number) => `0:${device} / /net/${name} nfs4 192.0.2.5:/${name}`

t.test('only a file system that hangs becomes stale, and it is not asked again before it answers', async (t) => {
  let answer: (value: Statfs) => void = () => {}
  let hangs = false
  const { read, asked } = build(t, [local('a'), local('b')], async (path) => {
    if (!hangs || path !== '/a') return HALF
    return new Promise((resolve) => {
      answer = resolve
    })
  })
  t.match(await read(), [{ size: { value: { usage: 50 } } }, { size: { value: { usage: 50 } } }])
  hangs = true
  for (let round = 0; round < 3; round++) {
    const [a, b] = await read()
    t.match(a!.size, { value: { usage: 50 }, stale: true, reason: 'the file system does not answer', sampledAt: NOON })
    t.match(b!.size, { stale: false, reason: null })
  }
  t.equal(asked.filter((path) => path === '/a').length, 2, 'once before, once that hangs')
  hangs = false
  answer(HALF)
  await new Promise(setImmediate)
  t.match(await read(), [{ size: { stale: false, reason: null } }, { size: { stale: false } }])
})

t.test('at most two calls hang; while one does, no network share is asked, and local file systems are', async (t) => {
  const dead = new Set(['/net/x', '/a', '/b'])
  const { read, asked } = build(
    t,
    [local('a'), local('b'), local('c'), local('d'), share('x', 70), share('y', 71)],
    (path) => (dead.has(path) ? never() : Promise.resolve(HALF))
  )
  const states = await read()
  const reasons = Object.fromEntries(states.map(({ mountpoint, size }) => [mountpoint, size.reason]))
  const waits = 'not measured while another file system does not answer'
  const silent = 'the file system does not answer'
  t.same(reasons, { '/a': silent, '/b': silent, '/c': waits, '/d': waits, '/net/x': waits, '/net/y': waits })
  t.ok(states.every(({ size }) => size.value === null && !size.stale && size.sampledAt === null))
  await read()
  t.same(asked, ['/a', '/b'], 'the other two threads stay free for good')
})

t.test('a dead share keeps other shares from being asked, but no local file system', async (t) => {
  const { read, asked } = build(t, [share('x', 70), share('y', 71), '8:1 / /z ext4 /dev/sda1'], (path) =>
    path === '/net/x' ? never() : Promise.resolve(HALF)
  )
  const [x, y, z] = await read()
  t.equal(x!.size.value, null)
  t.match(y!.size, { value: null, reason: /not measured while/ })
  t.match(z!.size, { value: { usage: 50 }, reason: null })
  await read()
  t.same(asked, ['/net/x', '/z', '/z'])
})

t.test('a pending call still counts after an unmount, and its result is not given to another disk', async (t) => {
  const { read, write, asked } = build(t, [local('a')], (path) => (path === '/a' ? never() : Promise.resolve(HALF)))
  await read()
  write('8:200 / /a ext4 /dev/sdq')
  t.match(await read(), [{ device: '8:200', size: { value: null, reason: 'the file system does not answer' } }])
  write('8:201 / /b ext4 /dev/sdr', share('s', 80))
  t.match(await read(), [{ size: { value: { usage: 50 } } }, { size: { value: null } }])
  t.same(asked, ['/a', '/b'])
})

t.test('a refusing file system has a reason, and one without a size is not full', async (t) => {
  const { read } = build(t, [local('a'), local('b')], async (path) => {
    if (path === '/a') throw Object.assign(new Error('no'), { code: 'EACCES' })
    return { bsize: 4096, blocks: 0, bfree: 0, bavail: 0 }
  })
  t.match(await read(), [
    { size: { value: null, reason: 'the file system cannot be measured (EACCES)' } },
    { size: { value: null, reason: 'the file system reports no size' } }
  ])
})

t.test('sizes are counted in fragments if these are smaller than a block', async (t) => {
  const { read } = build(t, [local('a')], async () => ({ ...HALF, bsize: 1048576 }))
  t.match(await read(), [{ size: { value: { total: 4096 * 1000 } } }])
})
