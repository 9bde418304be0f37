import t from 'tap'
import { Compile } from 'typebox/compile'
import {
  GuestHistoryReplySchema,
  GuestReplySchema,
  GuestTasksReplySchema,
  TaskReplySchema
} from '../../schemas/host/guests.ts'
import { until } from '../support/waiting.ts'
import { createRig, unwrap } from './rig.ts'

t.setTimeout(300_000)
t.jobs = 2

for (const version of ['8.4', '9.0'] as const) {
  t.test(`Proxmox VE ${version}: containers and VMs of all nodes in detail`, async (t) => {
    const { guests } = await createRig(t, { version, cluster: 3 })
    const web = unwrap(await guests.detail(101))
    t.same([...Compile(GuestReplySchema).Errors(web)], [])
    t.match(web, {
      guest: { vmid: 101, type: 'lxc', name: 'web', node: 'pve1', status: 'running', maxcpu: 2, maxmem: 1024 ** 3 },
      qmp_status: null,
      lock: null,
      ha_managed: false,
      config: { cores: '2', hostname: 'web', memory: '1024', rootfs: 'local-lvm:vm-101-disk-0,size=8G', onboot: '1' },
      interfaces: [
        { name: 'eth0', mac: 'bc:24:11:00:00:65', addresses: ['192.168.1.101/24', 'fe80::be24:11ff:fe00:65/64'] }
      ],
      reasons: { qmp_status: 'a container has no QEMU' },
      stale: false,
      reason: null
    })
    t.equal(web.interfaces!.length, 1, 'no loopback')
    t.equal(web.config!.digest, undefined)
    t.ok(web.guest.cpu! > 0 && web.guest.mem! > 0 && web.guest.disk! > 0 && web.guest.uptime! > 86_400)

    const git = unwrap(await guests.detail(112))
    t.match(git, {
      guest: { type: 'qemu', node: 'pve2', disk: null, reason: /cannot see how full/ },
      qmp_status: 'running',
      config: { agent: 'enabled=1,fstrim_cloned_disks=1' },
      interfaces: [{ name: 'enp6s18', addresses: ['192.168.1.112/24', String] }]
    })
    const off = unwrap(await guests.detail(103))
    t.match(off, {
      guest: { status: 'stopped', uptime: 0 },
      interfaces: null,
      reasons: { interfaces: 'the guest is not running' }
    })
    t.match(unwrap(await guests.detail(121)), {
      guest: { node: 'pve3' },
      interfaces: null,
      reasons: { interfaces: 'the QEMU guest agent is not enabled in the options of the VM' }
    })
    t.match(unwrap(await guests.detail(199)), { guest: { template: true } })
    t.same(await guests.detail(777), { ok: false, code: 'NOT_FOUND', reason: 'there is no guest with the id 777' })
  })

  t.test(`Proxmox VE ${version}: history and tasks`, async (t) => {
    const { guests } = await createRig(t, { version, cluster: 3 })
    const history = unwrap(await guests.history(120, 'hour'))
    t.same([...Compile(GuestHistoryReplySchema).Errors(history)], [])
    t.match(history, { vmid: 120, timeframe: 'hour', resolution_seconds: 60, reasons: {}, reason: null })
    t.equal(history.data.length, 70)
    const [first, second] = history.data as [(typeof history.data)[0], (typeof history.data)[0]]
    t.equal(second.time - first.time, 60)
    t.ok(first.cpu! > 0 && first.disk! > 0 && first.netin! > 0)

    const ofVm = unwrap(await guests.history(121, 'year'))
    t.match(ofVm, { resolution_seconds: 604_800, reasons: { disk: /cannot see how full/ } })
    t.equal(ofVm.data[0]!.cpu, null, 'a year ago it did not exist')
    const off = unwrap(await guests.history(103, 'day'))
    t.match(off.reasons, { cpu: 'no data in this time range', mem: String, netin: String })

    const tasks = unwrap(await guests.tasksOf(121))
    t.same([...Compile(GuestTasksReplySchema).Errors(tasks)], [])
    t.match(tasks.tasks, [
      { type: 'qmstart', vmid: 121, node: 'pve3', state: 'ok', exit_status: 'OK', user: 'root@pam' },
      { type: 'qmshutdown', state: 'failed', exit_status: 'VM quit/powerdown failed - got timeout' }
    ])
    t.ok(tasks.tasks[0]!.started_at > tasks.tasks[1]!.ended_at!)
    const shutdown = unwrap(await guests.task(tasks.tasks[1]!.upid))
    t.same([...Compile(TaskReplySchema).Errors(shutdown)], [])
    t.match(shutdown, { task: { state: 'failed' }, log: ['TASK ERROR: VM quit/powerdown failed - got timeout'] })
    for (const upid of [
      'UPID:pve3:00000001:00000001:00000001:qmstart:1:root@pam:',
      'UPID:pve9:00000001:00000001:00000001:qmstart:1:root@pam:'
    ])
      t.same(await guests.task(upid), { ok: false, code: 'NOT_FOUND', reason: 'there is no such task' })
  })
}

t.test('secrets of the configuration are not returned', async (t) => {
  const { guests, proxmox } = await createRig(t)
  proxmox.change(({ guests }) => {
    Object.assign(guests[100]!.config, { cipassword: 'hunter2', ciuser: 'ada', sshkeys: 'ssh-ed25519%20AAAA' })
    Object.assign(guests[101]!.config, { env: 'DB_PASSWORD=hunter2', lock: 'backup' })
  })
  const vm = unwrap(await guests.detail(100))
  t.match(vm.config, { ciuser: 'ada', sshkeys: 'ssh-ed25519%20AAAA', cipassword: undefined })
  const container = unwrap(await guests.detail(101))
  t.equal(container.lock, 'backup')
  t.notMatch(JSON.stringify([vm, container]), /hunter2/)
})

t.test('a guest agent that does not run is a reason, not an error', async (t) => {
  const { guests, proxmox } = await createRig(t)
  proxmox.change(({ guests }) => {
    guests[100]!.agentIsDead = true
  })
  t.match(unwrap(await guests.detail(100)), {
    config: { agent: '1' },
    interfaces: null,
    reasons: { interfaces: 'QEMU guest agent is not running' }
  })
})

t.test('concurrent viewers of a guest share one reading, which is repeated when due', async (t) => {
  const { guests, calls, pass, proxmox } = await createRig(t)
  await Promise.all(Array.from({ length: 5 }, () => guests.detail(101)))
  t.equal(calls('/lxc/101/config').length, 1)
  t.equal(calls('/lxc/101/status/current').length, 1)
  const before = proxmox.calls().length
  t.match(unwrap(await guests.detail(101)), { config: { hostname: 'web' } })
  t.equal(proxmox.calls().length, before, 'a request starts no process')

  pass(15_000)
  proxmox.change(({ guests }) => {
    guests[101]!.config.lock = 'snapshot'
  })
  t.equal(unwrap(await guests.detail(101)).lock, null, 'the latest reading, at once')
  await until(async () => unwrap(await guests.detail(101)).lock === 'snapshot')
  t.equal(calls('/lxc/101/status/current').length, 2)
  t.equal(calls('/lxc/101/config').length, 1, 'the configuration is not due yet')

  pass(600_000)
  proxmox.change(({ guests }) => delete guests[101]!.config.lock)
  t.equal(unwrap(await guests.detail(101)).lock, null, 'a caller after a long time waits for a new reading')
})

t.test('at most two pvesh run at a time', async (t) => {
  const { guests, proxmox, calls } = await createRig(t)
  await guests.detail(101)
  proxmox.breaks({ step: 'pvesh get /nodes/pve1/lxc/102', kind: 'hang', times: 4 })
  proxmox.breaks({ step: 'pvesh get /nodes/pve1/qemu', kind: 'hang', times: 4 })
  const hanging = [guests.detail(102), guests.detail(100)]
  await until(() => calls('/102/').length + calls('/100/').length === 2)
  const begun = performance.now()
  t.match(unwrap(await guests.detail(101)), { config: { hostname: 'web' } }, 'what was read is there')
  t.ok(performance.now() - begun < 1000)
  const [first] = await Promise.all(hanging)
  t.match(unwrap(first!), {
    guest: { vmid: 102, status: 'running' },
    config: null,
    reason: 'Proxmox VE has not answered yet',
    reasons: { config: 'Proxmox VE has not answered yet' }
  })
  t.equal(calls('/102/').length + calls('/100/').length, 2)
})

t.test('after failed readings the last values stay, stale, with the reason', async (t) => {
  const { guests, proxmox, pass } = await createRig(t)
  await guests.detail(101)
  proxmox.breaks({ step: 'pvesh get /nodes', kind: 'fail', text: 'ipcc_send_rec[1] failed: Connection refused' })
  pass(600_000)
  const reason = 'ipcc_send_rec[1] failed: Connection refused'
  t.match(unwrap(await guests.detail(101)), {
    config: { hostname: 'web' },
    stale: true,
    reason,
    reasons: { config: reason }
  })
  t.match(unwrap(await guests.history(101, 'day')), {
    data: [],
    resolution_seconds: null,
    reason,
    reasons: { cpu: reason }
  })
  t.match(unwrap(await guests.tasksOf(101)), { tasks: [], reason })
  proxmox.mends()
  pass(60_000)
  t.match(unwrap(await guests.detail(101)), { stale: false, reason: null })
})

t.test('a guest of an offline node', async (t) => {
  const { guests, proxmox, calls, refresh } = await createRig(t, { cluster: 3 })
  proxmox.change(({ nodes }) => {
    nodes.pve2!.online = false
  })
  await refresh()
  const reason = 'node pve2 is offline'
  t.match(unwrap(await guests.detail(110)), {
    guest: { vmid: 110, status: 'unknown', cpu: null, reason: 'not reported by Proxmox VE' },
    config: null,
    interfaces: null,
    reason,
    reasons: { config: reason, interfaces: reason, ha_managed: reason }
  })
  t.match(unwrap(await guests.history(110, 'hour')), { data: [], reason })
  t.match(unwrap(await guests.tasksOf(110)), { tasks: [], reason })
  t.match(await guests.task('UPID:pve2:00000001:00000001:00000001:vzstart:110:root@pam:'), { code: 'BUSY', reason })
  t.same(calls('/nodes/pve2'), [], 'no request waits for ssh')
  t.match(unwrap(await guests.detail(101)), { config: { hostname: 'web' } })
})

t.test('a node that went offline after the list was read: ssh gives the reason', async (t) => {
  const { guests, proxmox } = await createRig(t, { cluster: 3 })
  await guests.detail(101)
  proxmox.change(({ nodes }) => {
    nodes.pve2!.online = false
  })
  t.match(unwrap(await guests.detail(110)), {
    config: null,
    reasons: { config: 'ssh: connect to host 192.168.1.12 port 22: No route to host' }
  })
})

t.test('closing ends running programs and starts no more', async (t) => {
  const { guests, proxmox, calls, close } = await createRig(t)
  await guests.detail(101)
  proxmox.breaks({ step: 'pvesh get /nodes', kind: 'hang' })
  const hanging = guests.detail(102)
  await until(() => calls('/102/').length > 0)
  close()
  const reason = 'the daemon is shutting down'
  t.match(unwrap(await hanging), { config: null, reasons: { config: reason } })
  t.match(unwrap(await guests.detail(113)), { config: null, reasons: { config: reason } })
})
