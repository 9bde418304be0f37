import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { createRig, deployed, done, KEYS, REQUEST, traces } from './rig.ts'

t.setTimeout(300_000)

for (const version of ['8.4', '9.0'] as const)
  t.test(`Proxmox VE ${version}: from nothing to connected, and back`, async (t) => {
    const { proxmox, open, state } = createRig(t, { version })
    const before = traces(proxmox)
    const gateway = await open()
    t.match(gateway.status(), { state: 'not_installed', job: null })
    const options = await gateway.options()
    t.match(options, {
      value: {
        storages: [{ id: 'local-lvm', recommended: true, reason: null }],
        bridges: [{ id: 'vmbr0', recommended: true, addresses: ['192.168.1.11/24'] }, { id: 'vmbr1' }],
        subnets: [{ subnet: '192.168.1.0/24' }, { subnet: '10.10.1.0/24' }],
        templates: [],
        next_vmid: 9000
      }
    })
    const job = await deployed(gateway, { ...REQUEST, exit_node: true })
    t.match(job, { state: 'done', error: null, vmid: 9000 })
    t.same(
      job.steps.map(({ state }) => state),
      Array(6).fill('done')
    )

    const { config, inside } = proxmox.read().guests[9000]!
    t.match(config, {
      unprivileged: 1,
      cores: 1,
      memory: 256,
      onboot: 1,
      rootfs: /^local-lvm:.*size=2G/,
      dev0: /\/dev\/net\/tun/,
      net0: /bridge=vmbr0/
    })
    t.match(inside!.files['/etc/sysctl.d/99-tailscale.conf']?.content, /ip_forward = 1\n.*ipv6.*forwarding = 1/)
    t.match(inside!.services.tailscale, { enabled: true, started: true })
    t.notOk(JSON.stringify(inside).includes(REQUEST.auth_key), 'the key has left the container')
    t.notMatch(readFileSync(join(state, 'gateway.json'), 'utf8'), /tskey/)

    t.match(gateway.status(), { state: 'routes_pending', detail: /192\.168\.1\.0\/24 and the exit node/, approved: [] })
    proxmox.approveRoutes(9000)
    await gateway.refresh()
    t.match(gateway.status(), {
      state: 'connected',
      approved: ['192.168.1.0/24'],
      exit_node_approved: true,
      tailnet_ips: [/^100\./, /^fd7a/],
      version: '1.84.0'
    })

    t.match(await done(gateway, 'stop'), { state: 'done' })
    t.equal(gateway.status().state, 'stopped')
    t.match(gateway.begin('update').ok, true)
    await gateway.ended(gateway.status().job!.id)
    t.match(gateway.status().job, { state: 'failed', error: /Step "download" failed/ }, 'a stopped one is not updated')
    t.match(await done(gateway, 'start'), { state: 'done' })
    t.match(await done(gateway, 'restart'), { state: 'done' })
    t.equal(gateway.status().state, 'connected')

    t.match(await done(gateway, 'remove'), { state: 'done', steps: [{ message: 'left the tailnet' }, {}, {}] })
    t.same(traces(proxmox), before)
    t.equal(gateway.status().state, 'not_installed')
    t.notOk(
      proxmox.calls().some((words) => words.some((word) => word.includes('tskey'))),
      'no argument of a program holds the key'
    )
  })

t.test('updates: what is newer, and installed', async (t) => {
  const { proxmox, open } = createRig(t)
  const gateway = await open()
  await deployed(gateway)
  t.match(await gateway.checkUpdate(false), { value: { available: false, current_version: '1.84.0', packages: [] } })
  proxmox.change(({ tailnet }) => {
    tailnet.packaged = '1.86.2-r0'
  })
  t.match(await gateway.checkUpdate(false), { value: { available: false } }, 'asked once an hour')
  t.match(await gateway.checkUpdate(true), {
    value: {
      available: true,
      latest_version: '1.86.2',
      packages: [{ name: 'tailscale', current: '1.84.0-r0', latest: '1.86.2-r0' }]
    }
  })
  proxmox.change((state) => {
    state.resolvesNames = false
  })
  t.match(await gateway.checkUpdate(true), { value: { available: true, reason: /apk update/ } })
  t.match(await done(gateway, 'update'), { state: 'failed', error: /Step "download" failed/ })
  proxmox.change((state) => {
    state.resolvesNames = true
  })
  t.match(await done(gateway, 'update'), { state: 'done' })
  t.match(gateway.status(), { version: '1.86.2' })
  t.match(await gateway.checkUpdate(false), { value: { available: false, current_version: '1.86.2' } })
  t.match(await gateway.logs(1), { ok: true, value: /^Program starting/ })
})

t.test('a new key after the device was removed from the tailnet', async (t) => {
  const { proxmox, open } = createRig(t)
  const gateway = await open()
  await deployed(gateway)
  proxmox.change(({ guests }) => {
    Object.assign(guests[9000]!.inside!.tailscale!, { loggedIn: false })
  })
  await gateway.refresh()
  t.match(gateway.status(), { state: 'needs_login', link: /settings\/keys/ })
  const renew = async (key: string) => {
    const begun = gateway.renewKey(key)
    if (!begun.ok) throw new Error(begun.reason)
    return gateway.ended(begun.value.id)
  }
  t.match(await renew(KEYS.expired), { state: 'failed', error: /auth key was not accepted/ })
  t.equal(gateway.status().state, 'needs_login')
  t.ok(proxmox.read().guests[9000], 'the container stays')
  t.match(await renew(KEYS.valid), { state: 'done', error: null })
  t.match(gateway.status(), { state: 'routes_pending', advertised: ['192.168.1.0/24'] })
  t.notMatch(JSON.stringify(proxmox.read().guests[9000]), /tskey/)
})

t.test('invalid requests for this host', async (t) => {
  const { open } = createRig(t)
  const gateway = await open()
  const refused: [Partial<typeof REQUEST>, string, RegExp][] = [
    [{ storage: 'local' }, '/storage', /no such storage/],
    [{ bridge: 'vmbr9' }, '/bridge', /no such bridge/],
    [{ vmid: 100 }, '/vmid', /100 is the id of another guest; the next free one is 9000/],
    [{ access: 'custom' }, '/routes', /at least one/],
    [{ routes: ['10.0.0.0/8'] }, '/routes', /for access "custom"/],
    [{ access: 'custom', routes: ['10.0.0.1/8'] }, '/routes/0', /host bits set; use 10\.0\.0\.0\/8/],
    [{ access: 'custom', routes: ['10.0.0.0/8', '0.0.0.0/0'] }, '/routes/1', /exit node/],
    [{ access: 'custom', routes: ['127.0.0.0/8'] }, '/routes/0', /cannot be routed/],
    [{ access: 'custom', routes: ['192.168.1.1'] }, '/routes/0', /is not a network/]
  ]
  for (const [more, path, reason] of refused)
    t.match(await gateway.deploy({ ...REQUEST, ...more }, 'admin'), { ok: false, code: 'VALIDATION', path, reason })
  for (const outcome of [gateway.begin('start'), gateway.renewKey(KEYS.valid), await gateway.logs(1)])
    t.match(outcome, { ok: false, code: 'CONFLICT', reason: /no gateway is deployed/ })
  const job = await deployed(gateway, { ...REQUEST, access: 'host', vmid: 4711, bridge: 'vmbr1' })
  t.match(job, { state: 'done', vmid: 4711 })
  t.match(gateway.status(), { advertised: ['10.10.1.1/32'] })
})

t.test('a host whose Proxmox VE does not answer', async (t) => {
  const { proxmox, open } = createRig(t)
  proxmox.breaks({ step: 'pvesh get', kind: 'fail', text: 'cluster not ready - no quorum?' })
  const gateway = await open()
  t.match(await gateway.options(), { ok: false, code: 'BUSY', reason: /no quorum/ })
  t.match(await gateway.deploy(REQUEST, 'admin'), { ok: false, code: 'BUSY', reason: /no quorum/ })
  t.match(gateway.status(), { state: 'not_installed', job: null })
})
