import t from 'tap'
import { hasAgent, parseConfig, parseCurrent, parseHistory, parseInterfaces } from '../../../lib/guests/parse.ts'
import { faultOf } from '../../../lib/guests/pvesh.ts'
import { describeTask, parseLog, parseStatus, parseTasks, readUpid, upidIn } from '../../../lib/guests/tasks.ts'

const UPID = 'UPID:pve1:000DBBA1:000186A1:684EE180:vzstart:101:root@pam:'

t.test('a configuration is text, without secrets', async (t) => {
  const config = parseConfig({
    cores: 2,
    memory: '1024',
    digest: 'abc',
    cipassword: '**********',
    env: 'A=1',
    'some-secret': 'x',
    apitoken: 'x',
    net0: 'virtio=BC:24:11:00:00:64,bridge=vmbr0',
    lxc: [
      ['lxc.cgroup2.devices.allow', 'c 10:200 rwm'],
      ['lxc.mount.entry', '/dev/net/tun']
    ],
    pending: null
  })
  t.same(config, {
    cores: '2',
    memory: '1024',
    net0: 'virtio=BC:24:11:00:00:64,bridge=vmbr0',
    lxc: 'lxc.cgroup2.devices.allow: c 10:200 rwm\nlxc.mount.entry: /dev/net/tun'
  })
  for (const answer of [null, undefined, 'x', 7, []]) t.throws(() => parseConfig(answer), /unexpected output/)
})

t.test('the setting of the QEMU guest agent', async (t) => {
  for (const agent of ['1', 'enabled=1', '1,fstrim_cloned_disks=1', 'enabled=1,type=isa'])
    t.ok(hasAgent({ agent }), agent)
  for (const agent of ['0', 'enabled=0', '', 'type=virtio']) t.notOk(hasAgent({ agent }), agent)
  t.notOk(hasAgent({}))
})

t.test('the current state', async (t) => {
  t.match(parseCurrent({ status: 'running', cpus: 2, qmpstatus: 'paused', ha: { managed: 1 } }), {
    entry: { maxcpu: 2 },
    qmpStatus: 'paused',
    lock: null,
    haManaged: true
  })
  t.match(parseCurrent({ status: 'stopped', lock: 'backup' }), { qmpStatus: null, lock: 'backup', haManaged: false })
  for (const answer of [undefined, [], {}, { status: 1 }]) t.throws(() => parseCurrent(answer), /unexpected output/)
})

t.test('addresses of containers and agents, also of Windows and of an interface without any', async (t) => {
  t.same(
    parseInterfaces({
      result: [
        {
          name: 'Ethernet',
          'hardware-address': 'BC:24:11:00:00:64',
          'ip-addresses': [{ 'ip-address': '10.0.0.5', prefix: 24 }]
        },
        {
          name: 'Loopback Pseudo-Interface 1',
          'hardware-address': '00:00:00:00:00:00',
          'ip-addresses': [{ 'ip-address': '::1' }]
        },
        { name: 'docker0' },
        { 'hardware-address': 'x' },
        null
      ]
    }),
    [
      { name: 'Ethernet', mac: 'bc:24:11:00:00:64', addresses: ['10.0.0.5/24'] },
      { name: 'docker0', mac: null, addresses: [] }
    ]
  )
  t.same(parseInterfaces([{ name: 'eth0', hwaddr: 'bc:24:11:00:00:65', inet: '10.0.0.6/24' }]), [
    { name: 'eth0', mac: 'bc:24:11:00:00:65', addresses: ['10.0.0.6/24'] }
  ])
  t.same(parseInterfaces(undefined), [])
})

t.test('history: numbers as text, gaps, and no disk usage for a VM', async (t) => {
  const answer = [{ time: 120, cpu: '0.5', mem: 7, disk: 0, maxdisk: 10 }, { time: 60 }, { time: 'x' }, 3]
  const none = {
    cpu: null,
    maxcpu: null,
    mem: null,
    maxmem: null,
    disk: null,
    maxdisk: null,
    netin: null,
    netout: null,
    diskread: null,
    diskwrite: null
  }
  t.same(parseHistory(answer, 'qemu'), [
    { time: 60, ...none },
    { time: 120, ...none, cpu: 0.5, mem: 7, maxdisk: 10 }
  ])
  t.equal(parseHistory(answer, 'lxc')[1]!.disk, 0)
  t.same(parseHistory('x', 'lxc'), [])
})

t.test('ids of tasks', async (t) => {
  t.same(readUpid(UPID), { node: 'pve1', startedAt: 0x684ee180, type: 'vzstart', id: '101', user: 'root@pam' })
  t.equal(readUpid('UPID:pve1:x'), null)
  t.equal(upidIn(`"${UPID}"\n`), UPID)
  t.equal(upidIn(`"shutting down\\nUPID:x\\n${UPID}"`), UPID, 'of another node, in one text with its log')
  t.equal(upidIn(''), null)
  t.match(describeTask(UPID.replace('101', ''), null, null), { vmid: null, state: 'running' })
})

t.test('the states of tasks', async (t) => {
  const entry = (more: object) => ({ upid: UPID, starttime: 1, ...more })
  const stateOf = (more: object) => parseTasks([entry(more)])[0]!
  t.match(stateOf({}), { state: 'running', exit_status: null, ended_at: null })
  t.match(stateOf({ status: 'RUNNING' }), { state: 'running', exit_status: null })
  t.match(stateOf({ endtime: 1_750_000_060, status: 'OK' }), { state: 'ok', ended_at: '2025-06-15T15:07:40.000Z' })
  t.match(stateOf({ endtime: 2, status: 'WARNINGS: 2' }), { state: 'ok', exit_status: 'WARNINGS: 2' })
  t.match(stateOf({ endtime: 2, status: 'interrupted by signal' }), { state: 'failed' })
  t.match(stateOf({ endtime: 2 }), { state: 'failed', exit_status: 'unexpected status' })
  t.same(parseTasks([{ upid: 'x' }, null]), [])
  t.equal(parseStatus({ status: 'running' }), null)
  t.equal(parseStatus({ status: 'stopped', exitstatus: 'OK' }), 'OK')
  t.equal(parseStatus({ status: 'stopped' }), 'unexpected status')
  for (const answer of [undefined, {}, { status: 'x' }]) t.throws(() => parseStatus(answer), /unexpected output/)
})

t.test('the end of a log, without control characters', async (t) => {
  const lines = Array.from({ length: 150 }, (_, i) => ({ n: i + 1, t: `line ${i + 1}` }))
  t.equal(parseLog(lines).length, 100)
  t.equal(parseLog(lines.toReversed()).at(-1), 'line 150')
  t.same(parseLog([{ n: 1, t: 'no content' }]), [])
  t.same(parseLog([{ n: 1, t: 'a\u001b[31mb' }]), ['a[31mb'])
  t.equal(parseLog([{ n: 1, t: 'x'.repeat(5000) }])[0]!.length, 1000)
})

t.test('the reason of a failed run, in one line', async (t) => {
  const ended = (stderr: string, code: number | null = 255) => faultOf({ kind: 'ended', code, stdout: '', stderr })
  t.equal(ended('CT 101 already running\n'), 'CT 101 already running')
  t.equal(
    ended('400 Parameter verification failed.\nvmid: too small\n'),
    '400 Parameter verification failed. vmid: too small'
  )
  t.equal(
    ended("ssh: connect to host 10.0.0.1 port 22: No route to host\nproxy handler failed: 'ssh …'"),
    'ssh: connect to host 10.0.0.1 port 22: No route to host'
  )
  t.equal(ended('\u001b[31m\n', 2), '[31m')
  t.equal(ended('', 2), 'pvesh ended with 2')
  t.equal(ended('', null), 'pvesh was killed')
  t.equal(ended('x'.repeat(1000)).length, 300)
  t.equal(faultOf({ kind: 'slow' }), 'Proxmox VE did not answer in time')
})
