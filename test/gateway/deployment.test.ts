import t from 'tap'
import { createRig, deployed, KEYS, REQUEST, traces } from './rig.ts'

t.setTimeout(300_000)

t.test('an expired or unknown auth key undoes the deployment', async (t) => {
  for (const key of [KEYS.expired, KEYS.unknown]) {
    const { proxmox, open } = createRig(t, {})
    const before = traces(proxmox)
    const gateway = await open()
    const job = await deployed(gateway, { ...REQUEST, auth_key: key })
    t.match(job.error, /^Step "join" failed: the auth key was not accepted .*settings\/keys\. Everything was undone\.$/)
    t.notMatch(JSON.stringify(job), key)
    t.same(traces(proxmox), before)
  }
})

t.test('a tailnet that approves each device: the gateway stays and says what to do', async (t) => {
  const { proxmox, open } = createRig(t, { timeoutMs: 8000 })
  const gateway = await open()
  const job = await deployed(gateway, { ...REQUEST, auth_key: KEYS.needsApproval })
  t.equal(job.state, 'done')
  t.match(gateway.status(), { state: 'needs_login', detail: /Approve this device/, link: /admin\/machines/ })
  proxmox.approveMachine(9000)
  proxmox.approveRoutes(9000)
  await gateway.refresh()
  t.match(gateway.status(), { state: 'connected', detail: null, installed_by: 'admin', template: /:vztmpl\/alpine-/ })
})

t.test('a host without name resolution, and a host without free space', async (t) => {
  const offline = createRig(t)
  const before = traces(offline.proxmox)
  offline.proxmox.change((state) => {
    state.resolvesNames = false
  })
  const job = await deployed(await offline.open())
  t.match(job.error, /^Step "template" failed: the download of .* failed: .*(unable to resolve|exit code 4)/)
  t.same(traces(offline.proxmox), before)

  const full = createRig(t)
  full.proxmox.fill('local-lvm')
  const refused = await (await full.open()).deploy(REQUEST, 'admin')
  t.match(refused, { ok: false, code: 'VALIDATION', path: '/storage', reason: /no storage|less than 2 GiB/ })
  t.match(await (await full.open()).deploy({ ...REQUEST, storage: 'local-lvm' }, 'admin'), {
    reason: 'storage local-lvm: less than 2 GiB free'
  })
})

t.test('of two concurrent deployments one runs and the other is refused', async (t) => {
  const { open } = createRig(t)
  const gateway = await open()
  const [first, second] = await Promise.all([gateway.deploy(REQUEST, 'admin'), gateway.deploy(REQUEST, 'admin')])
  t.equal(first.ok, true)
  t.match(second, { ok: false, code: 'CONFLICT', reason: /another job/ })
  t.match(gateway.begin('remove'), { ok: false, code: 'CONFLICT' })
  if (first.ok) t.equal((await gateway.ended(first.value.id))?.state, 'done')
  t.match(await gateway.deploy(REQUEST, 'admin'), { ok: false, code: 'CONFLICT', reason: /deployed already/ })
})

t.test('a failed logout from the tailnet does not keep the container', async (t) => {
  const { proxmox, open } = createRig(t)
  const before = traces(proxmox)
  // The login succeeds, and its key file cannot be removed: the deployment is undone.
  proxmox.breaks({ step: 'pct exec rm', kind: 'fail', text: 'rm: I/O error' })
  proxmox.breaks({ step: 'pct exec tailscale logout', kind: 'fail', text: 'dial tcp: i/o timeout' })
  const job = await deployed(await open())
  t.match(job.error, /^Step "join" failed: .* Everything was undone\. The device could not leave .*admin\/machines\.$/)
  t.same(traces(proxmox), before)
})

t.test('a guest created with the same id meanwhile is left alone, and so is its task', async (t) => {
  const { proxmox, open } = createRig(t)
  // Another creation of 9000 begins while ours downloads its template.
  proxmox.breaks({ step: 'pveam download', kind: 'slow', ms: 500 })
  const gateway = await open()
  const begun = await gateway.deploy(REQUEST, 'admin')
  if (!begun.ok) throw new Error(begun.reason)
  const upid = 'UPID:pve1:00000001:00000001:00000001:vzcreate:9000:root@pam:'
  proxmox.change(({ guests, tasks }) => {
    guests[9000] = { ...guests[101]!, vmid: 9000, config: { lock: 'create' }, inside: null, status: 'stopped' }
    const times = { pstart: 1, starttime: 1, endtime: null, exitstatus: null, log: [] }
    tasks.unshift({ upid, node: 'pve1', type: 'vzcreate', id: '9000', user: 'root@pam', pid: process.pid, ...times })
  })
  const job = await gateway.ended(begun.value.id)
  t.match(job?.error, /^Step "create" failed: .*already exists.*Everything was undone\.$/)
  t.ok(proxmox.read().guests[9000])
  t.notOk(
    proxmox.calls().some((words) => words[1] === 'delete'),
    'no task is ended'
  )
})
