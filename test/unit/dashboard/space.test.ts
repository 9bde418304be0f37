import t from 'tap'
import { isNearlyFull, looksFor, reservedOf } from '../../../dashboard/src/pages/storage/space.ts'

const space = (fstype: string, total: number | null, used: number, free: number) => ({
  fstype,
  total_bytes: total,
  used_bytes: used,
  available_bytes: free
})

t.test('reserved is what ext keeps for root; of other file systems the difference is something else', async (t) => {
  t.equal(reservedOf(space('ext4', 100, 60, 35)), 5)
  t.equal(reservedOf(space('ext4', 100, 65, 35)), 0)
  t.equal(reservedOf(space('ext3', 100, 90, 20)), 0, 'never less than nothing')
  t.equal(reservedOf(space('btrfs', 100, 60, 35)), 0)
  t.equal(reservedOf(space('zfs', 100, 60, 35)), 0)
  t.equal(reservedOf(space('ext4', null, 60, 35)), 0)
})

t.test('a file system that is nearly full has advice, an image that is always full has none', async (t) => {
  t.equal(isNearlyFull({ usage_percent: 84.9, read_only: false }), false)
  t.equal(isNearlyFull({ usage_percent: 85, read_only: false }), true)
  t.equal(isNearlyFull({ usage_percent: 100, read_only: true }), false)
  t.equal(isNearlyFull({ usage_percent: null, read_only: false }), false)
})

t.test('the advice concerns the mount point', async (t) => {
  const looks = (mountpoint: string) => looksFor({ mountpoint }).map(({ look }) => look)
  t.same(looks('/'), ['largest', 'journal', 'packages'])
  t.same(looks('/var/log'), ['largest', 'journal'])
  t.same(looks('/boot'), ['largest', 'kernels'])
  t.same(looks('/mnt/backup'), ['largest'])
  t.equal(looksFor({ mountpoint: '/var' })[0]?.command, 'du -xh --max-depth=2 /var | sort -h | tail')
})
