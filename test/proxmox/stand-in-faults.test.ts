import t from 'tap'
import { until } from '../support/waiting.ts'
import { CREATE, get, make, makeGateway, run, start, status, TEMPLATE, up, VALID, writeKey } from './stand-in.ts'

t.setTimeout(300_000)
t.jobs = 2

const DOWNLOAD = `pveam download local ${TEMPLATE}`

t.test('a step fails with a text and a code, as often as configured', async (t) => {
  const proxmox = await make(t)
  proxmox.breaks({
    step: 'pct start',
    kind: 'fail',
    text: 'ipcc_send_rec[1] failed: Connection refused',
    code: 111,
    times: 1
  })
  t.match(await run(proxmox, 'pct stop 101'), { code: 0 })
  t.match(await run(proxmox, 'pct start 101'), { code: 111, stderr: 'ipcc_send_rec[1] failed: Connection refused\n' })
  t.match(await run(proxmox, 'pct status 101'), { stdout: 'status: stopped\n' })
  t.match(await run(proxmox, 'pct start 101'), { code: 0 })
  proxmox.breaks({ step: 'pct start', kind: 'fail', text: 'x' })
  proxmox.mends()
  t.match(await run(proxmox, 'pct start 102'), { stderr: 'CT 102 already running\n' })
})

t.test('a fault names a program in a container and a path of pvesh in the same way', async (t) => {
  const proxmox = await make(t)
  proxmox.breaks({ step: 'pct exec apk add', kind: 'fail', text: 'ERROR: Unable to lock database', code: 99 })
  proxmox.breaks({ step: 'pvesh get /cluster', kind: 'fail', text: 'cluster not ready - no quorum?' })
  t.match(await run(proxmox, 'pct exec 101 -- apk add tailscale'), {
    code: 99,
    stderr: 'ERROR: Unable to lock database\n'
  })
  t.match(await run(proxmox, 'pct exec 101 -- true'), { code: 0 })
  t.match(await run(proxmox, 'pvesh get /cluster/resources --output-format json'), { code: 255, stderr: /no quorum/ })
  t.equal((await get(proxmox, 'get /nodes')).length, 1)
})

t.test('a failed pct create: Proxmox VE removes its parts, and its task says why', async (t) => {
  const proxmox = await make(t)
  await run(proxmox, DOWNLOAD)
  proxmox.breaks({ step: 'pct create', at: 'half', kind: 'fail', text: "command 'tar xpf - -J' failed: exit code 2" })
  const { code, stderr } = await run(proxmox, CREATE)
  t.same([code, stderr], [255, "unable to create CT 9000 - command 'tar xpf - -J' failed: exit code 2\n"])
  const { guests, volumes, tasks } = proxmox.read()
  t.equal(guests[9000], undefined)
  t.notOk(volumes.some(({ vmid }) => vmid === 9000))
  t.match(tasks[0], { type: 'vzcreate', exitstatus: stderr.trim() })
})

t.test(
  'pct create that is killed half-way leaves a locked container, its disk and a task without an end',
  async (t) => {
    const proxmox = await make(t)
    await run(proxmox, DOWNLOAD)
    proxmox.breaks({ step: 'pct create', kind: 'killed', times: 1 })
    t.match(await run(proxmox, CREATE), { code: null, signal: 'SIGKILL', stdout: /extracting archive/ })
    t.match(await run(proxmox, 'pct list'), { stdout: /^9000 +stopped +create +CT9000/m })
    t.ok(proxmox.read().volumes.some(({ vmid }) => vmid === 9000))
    const { upid } = proxmox.read().tasks[0]!
    t.match(await get(proxmox, `get /nodes/pve1/tasks/${upid}/status`), {
      status: 'stopped',
      exitstatus: 'unexpected status'
    })
    t.match(await run(proxmox, 'pct start 9000'), { code: 255, stderr: 'CT is locked (create)\n' })
    t.match(await run(proxmox, 'pct destroy 9000'), { code: 255, stderr: 'CT is locked (create)\n' })
    t.match(await run(proxmox, 'pct destroy 9000 --force'), { code: 0 })
    t.match(await run(proxmox, CREATE), { code: 0 })
  }
)

t.test('pct start and pct destroy that are killed half-way', async (t) => {
  const proxmox = await make(t)
  await run(proxmox, 'pct stop 101')
  proxmox.breaks({ step: 'pct start', kind: 'killed', times: 1 })
  proxmox.breaks({ step: 'pct destroy', kind: 'killed', times: 1 })
  t.match(await run(proxmox, 'pct start 101'), { signal: 'SIGKILL' })
  t.match(await run(proxmox, 'pct status 101'), { stdout: 'status: running\n' }, 'systemd started it')
  await run(proxmox, 'pct stop 101')
  t.match(await run(proxmox, 'pct destroy 101'), { signal: 'SIGKILL' })
  t.match(await run(proxmox, 'pct list'), { stdout: /^101 +stopped +destroyed/m })
  t.match(await run(proxmox, 'pct destroy 101'), { code: 0 })
})

t.test('a step hangs until it is killed, and other steps go on', async (t) => {
  const proxmox = await make(t)
  proxmox.breaks({ step: 'pct stop', kind: 'hang', at: 'half' })
  proxmox.change(({ guests }) => {
    guests[113]!.config.lock = 'backup'
  })
  const hanging = start(proxmox, 'pct stop 101')
  await until(() => proxmox.read().tasks[0]?.type === 'vzstop')
  const running = await get(proxmox, 'get /nodes/pve1/tasks --source active')
  t.match(running, [{ type: 'vzstop', id: '101', status: undefined }])
  t.match(await get(proxmox, `get /nodes/pve1/tasks/${running[0].upid}/status`), {
    status: 'running',
    exitstatus: undefined
  })
  proxmox.change(({ durations }) => {
    durations.lock = 300
  })
  t.match(await run(proxmox, 'pct shutdown 101'), {
    code: 255,
    stderr: "trying to acquire lock...\ncan't lock file '/run/lock/lxc/pve-config-101.lock' - got timeout\n"
  })
  t.match(await run(proxmox, 'pct start 113'), { code: 255, stderr: 'CT is locked (backup)\n' })
  const waiting = run(proxmox, 'qm stop 100')
  t.match(await waiting, { code: 0, stderr: '' }, 'another guest has another lock')
  hanging.child.kill('SIGKILL')
  t.match(await hanging.ended, { signal: 'SIGKILL' })
  t.match(await run(proxmox, 'pct status 101'), { stdout: 'status: running\n' })
})

t.test('steps take their time, and a download reports progress', async (t) => {
  const proxmox = await make(t)
  proxmox.change(({ durations }) => Object.assign(durations, { 'pveam download': 1000 }))
  proxmox.breaks({ step: 'pct stop', kind: 'slow', ms: 500 })
  const begun = performance.now()
  const loading = start(proxmox, DOWNLOAD)
  const lines = () => proxmox.read().tasks[0]?.log.filter((line) => line.endsWith('%')).length ?? 0
  await until(() => lines() > 0)
  t.ok(lines() < 10, 'not all of it at once')
  t.notOk(
    proxmox.read().volumes.some(({ volid }) => volid.endsWith(TEMPLATE)),
    'not there before its end'
  )
  t.match(await loading.ended, { code: 0, stdout: /100%\ncalculating checksum/ })
  t.ok(performance.now() - begun >= 1000)
  const stopped = performance.now()
  t.match(await run(proxmox, 'pct stop 101'), { code: 0 })
  t.ok(performance.now() - stopped >= 500)
})

t.test('a broken download ends with 0 and leaves no template', async (t) => {
  const proxmox = await make(t)
  const text = "checksum mismatch: got '00' != expect 'ff'"
  proxmox.breaks({ step: 'pveam download', at: 'half', kind: 'fail', text })
  t.match(await run(proxmox, DOWNLOAD), { code: 0, stderr: `${text}\n` })
  t.match(await run(proxmox, 'pveam list local'), { stdout: /^NAME +SIZE +\n$/ })
  t.match(proxmox.read().tasks[0], { type: 'download', exitstatus: text })
  t.match(await run(proxmox, `pveam download local nothing.tar.xz`), { code: 255, stderr: 'no such template\n' })
  t.match(await run(proxmox, `pveam download local-lvm ${TEMPLATE}`), { code: 255, stderr: /can't upload/ })
})

t.test('storages that are full, dead or disabled', async (t) => {
  const proxmox = await make(t)
  await run(proxmox, DOWNLOAD)
  proxmox.fill('local-lvm')
  t.match(await run(proxmox, CREATE), { code: 255, stderr: /^unable to create CT 9000 - lvcreate .*reached threshold/ })
  t.equal(proxmox.read().guests[9000], undefined)
  proxmox.change(({ storages }) => {
    storages.find(({ storage }) => storage === 'nas')!.active = false
    storages.find(({ storage }) => storage === 'local')!.enabled = false
  })
  t.match(await get(proxmox, 'get /nodes/pve1/storage'), [
    { storage: 'local', enabled: 0, active: 0, total: undefined },
    { storage: 'local-lvm', active: 1, avail: 0 },
    { storage: 'nas', enabled: 1, active: 0, total: 0 }
  ])
  t.match(await run(proxmox, 'pvesm status'), { stdout: /^local +dir +disabled .*\n.*\nnas +nfs +inactive /m })
  t.match(await run(proxmox, 'pveam list nas'), { code: 255, stderr: "storage 'nas' is not online\n" })
  t.match(await run(proxmox, CREATE), { code: 255, stderr: "storage 'local' is disabled\n" })
})

t.test('without name resolution names fail', async (t) => {
  const proxmox = await make(t, { guests: 'none' })
  await makeGateway(proxmox)
  await writeKey(proxmox, VALID)
  proxmox.change((state) => {
    state.resolvesNames = false
  })
  t.match(await run(proxmox, 'pveam update'), { code: 0, stderr: /^update failed/ })
  t.match(await run(proxmox, 'pveam download local alpine-3.21-default_20241217_amd64.tar.xz'), {
    code: 0,
    stderr: /exit code 4/
  })
  t.match(await run(proxmox, 'pct exec 9000 -- apk add tailscale'), {
    code: 1,
    stderr: /DNS: transient error[\s\S]*no such package/
  })
  t.match(await run(proxmox, 'pct exec 9000 -- nslookup dl-cdn.alpinelinux.org'), { code: 1 })
  t.match(await up(proxmox, ' --timeout=300ms'), { code: 1, stderr: /^timeout waiting for Tailscale/ })
  t.match(await status(proxmox), { BackendState: 'NeedsLogin' })
  t.equal(proxmox.read().tailnet.keys[VALID], 'valid', 'the key was not redeemed')
})

t.test('a missing tunnel device, bridge or package fails the step', async (t) => {
  const proxmox = await make(t, { guests: 'none' })
  await run(proxmox, DOWNLOAD)
  await run(proxmox, CREATE.replace(' --dev0 /dev/net/tun', '').replace('vmbr0', 'vmbr7'))
  t.match(await run(proxmox, 'pct start 9000'), {
    code: 255,
    stdout: "bridge 'vmbr7' does not exist\n",
    stderr: "startup for container '9000' failed\n"
  })
  await run(proxmox, 'pct set 9000 --net0 name=eth0,bridge=vmbr0,ip=dhcp')
  t.match(await run(proxmox, 'pct start 9000'), { code: 0 })
  t.match(await run(proxmox, 'pct exec 9000 -- tailscale status --json'), {
    code: 127,
    stderr: /Failed to exec "tailscale"/
  })
  t.match(await run(proxmox, 'pct exec 9000 -- rc-service tailscale start'), { code: 1, stderr: /does not exist/ })
  await run(proxmox, 'pct exec 9000 -- apk add tailscale')
  await run(proxmox, 'pct exec 9000 -- rc-service tailscale start')
  t.match(await run(proxmox, 'pct exec 9000 -- tailscale status --json'), {
    code: 1,
    stderr: /failed to connect to local tailscaled/
  })
  await run(proxmox, 'pct set 9000 --dev0 /dev/net/tun')
  t.match(await status(proxmox), { BackendState: 'NeedsLogin' })
})
