import t from 'tap'
import { inspect, openPage, serve } from '../browser/chromium.ts'
import { createOwner, heading, missing } from './screens.ts'

const GIB = 1024 ** 3
const age = { timestamp: new Date().toISOString(), stale: false, age_seconds: 1, reason: null }
const filesystem = (mountpoint: string, fstype: string, used: number, free: number, more: object = {}) => ({
  mountpoint,
  device: `/dev/mapper/pve${mountpoint.replaceAll('/', '-')}`,
  fstype,
  total_bytes: 100 * GIB,
  used_bytes: used * GIB,
  available_bytes: free * GIB,
  usage_percent: (used / (used + free)) * 100,
  read_only: false,
  remote: false,
  disks: [],
  ...age,
  ...more
})

t.test(
  'reserved space is explained, and a file system that is nearly full has advice',
  { skip: missing },
  async (t) => {
    const { base } = await serve(t)
    const { page, faults } = await openPage(t, base)
    // Without a stream the page asks the route.
    await page.routeWebSocket('**/ws/live**', (socket) => socket.close())
    await page.route('**/api/storage', async (route) => {
      const reply = await (await route.fetch()).json()
      const filesystems = [
        filesystem('/', 'ext4', 60, 35),
        filesystem('/var', 'ext4', 90, 5),
        filesystem('/mnt/data', 'xfs', 20, 80),
        filesystem('/mnt/iso', 'iso9660', 100, 0, { read_only: true })
      ]
      await route.fulfill({ json: { ...reply, filesystems } })
    })
    await createOwner(page, base)
    await page.getByRole('link', { name: 'Storage', exact: true }).first().click()
    await heading(page, 'File systems').waitFor()
    const row = (name: string) => page.getByRole('row').filter({ hasText: name })
    await row('pve-var').getByText('5.0 GiB reserved').waitFor()
    t.notMatch(await row('/mnt/data').textContent(), /reserved/)

    const explanation = page.getByText('ext4 reserves space for root')
    t.notOk(await explanation.isVisible())
    const title = page.getByText('Why used and free space together are less than the size')
    await title.focus()
    await page.keyboard.press('Enter')
    await explanation.waitFor()
    await page.getByText("tune2fs -l /dev/mapper/pve-var | grep -i 'reserved block count'").waitFor()

    await page.getByText('du -xh --max-depth=2 /var | sort -h | tail', { exact: true }).waitFor()
    await page.getByText('journalctl --disk-usage', { exact: true }).waitFor()
    t.equal(await page.getByText(/^\/var is 94\.7 % full/).count(), 1)
    t.equal(await page.getByText(/^du -xh/).count(), 1, 'none for the image and for those with space')
    await inspect(t, page, 'file systems that are nearly full')
    t.same(faults, [])
  }
)
