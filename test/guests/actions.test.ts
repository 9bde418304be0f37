import t from 'tap'
import type { Action } from '../../lib/guests/types.ts'
import { until } from '../support/waiting.ts'
import { createRig, type Rig, unwrap } from './rig.ts'

t.setTimeout(300_000)
t.jobs = 2

/** A guest's action, with its task when that has ended. */
async function done({ guests }: Rig, vmid: number, action: Action, options = {}) {
  const { task, ended } = unwrap(await guests.act(vmid, action, options))
  return { begun: task, task: await ended }
}
const statusOf = (rig: Rig, vmid: number) => rig.proxmox.read().guests[vmid]!.status

for (const version of ['8.4', '9.0'] as const) {
  t.test(`Proxmox VE ${version}: start, shutdown, reboot and stop on all nodes`, async (t) => {
    const rig = await createRig(t, { version, cluster: 3, speed: 4 })
    // 101 is on this node, 110 and 121 on others.
    for (const [vmid, node] of [
      [101, 'pve1'],
      [110, 'pve2'],
      [121, 'pve3']
    ] as const) {
      const type = vmid === 121 ? 'qm' : 'vz'
      for (const [action, status] of [
        ['shutdown', 'stopped'],
        ['start', 'running'],
        ['reboot', 'running'],
        ['stop', 'stopped']
      ] as const) {
        const { task } = await done(rig, vmid, action)
        const name = `${action} ${vmid}`
        t.match(
          task,
          { node, type: `${type}${action}`, vmid, state: 'ok', exit_status: 'OK', last_line: 'TASK OK' },
          name
        )
        t.ok(task.ended_at! >= task.started_at)
        t.equal(statusOf(rig, vmid), status, name)
        t.match(rig.guests.started()[task.upid], { state: 'ok' })
        t.match(unwrap(await rig.guests.detail(vmid)).guest.status, status, `the details after ${name}`)
      }
    }
    t.same(rig.faults, [])
  })
}

/** Actions of `step` take this long: the id of their task must be found while they run. */
const takes = ({ proxmox }: Rig, ms: number) =>
  proxmox.change(({ durations }) => {
    durations['pvesh create'] = ms
  })

t.test('the answer comes while the task runs, and its progress is shown', async (t) => {
  const rig = await createRig(t, { cluster: 3, speed: 4 })
  takes(rig, 6000)
  const before = rig.guests.revision()
  const { task, ended } = unwrap(await rig.guests.act(101, 'shutdown', {}))
  t.match(task, { type: 'vzshutdown', vmid: 101, state: 'running', exit_status: null, ended_at: null })
  t.equal(statusOf(rig, 101), 'running')
  t.equal(rig.proxmox.read().tasks[0]!.upid, task.upid)
  t.ok(rig.guests.revision() > before)
  t.match(unwrap(await rig.guests.task(task.upid)), { task: { state: 'running' } })
  t.match(await ended, { state: 'ok' })
  t.match(unwrap(await rig.guests.task(task.upid)), { task: { state: 'ok' }, log: ['TASK OK'] })
})

t.test('an impossible action is refused in Proxmox VE’s words, and the guest stays available', async (t) => {
  const rig = await createRig(t, { cluster: 3, speed: 4 })
  const cases: [number, Action, string][] = [
    [101, 'start', 'CT 101 already running'],
    [103, 'shutdown', 'VM 103 not running'],
    [103, 'reboot', 'VM 103 not running'],
    [199, 'start', 'guest 199 is a template, which cannot be started']
  ]
  for (const [vmid, action, reason] of cases)
    t.same(await rig.guests.act(vmid, action, {}), { ok: false, code: 'CONFLICT', reason }, `${action} ${vmid}`)
  t.match(await rig.guests.act(777, 'start', {}), { ok: false, code: 'NOT_FOUND' })
  rig.proxmox.change(({ nodes, guests }) => {
    nodes.pve2!.online = false
    guests[102]!.config.lock = 'backup'
  })
  t.match(await rig.guests.act(110, 'stop', {}), { code: 'CONFLICT', reason: 'node pve2 is offline' })
  t.match(await rig.guests.act(102, 'stop', {}), { code: 'CONFLICT', reason: 'CT is locked (backup)' })
  rig.proxmox.change(({ guests }) => delete guests[102]!.config.lock)
  t.match((await done(rig, 102, 'stop')).task, { state: 'ok' })
})

t.test('a failed task: pvesh ends with 0, and the result is the task’s', async (t) => {
  const rig = await createRig(t, { speed: 4 })
  takes(rig, 6000)
  rig.proxmox.change(({ guests }) => {
    guests[101]!.stubborn = true
  })
  const { begun, task } = await done(rig, 101, 'shutdown', { timeout: 5 })
  t.equal(begun.state, 'running')
  t.match(task, {
    state: 'failed',
    exit_status: 'container did not stop',
    last_line: 'TASK ERROR: container did not stop'
  })
  t.ok(rig.calls('status/shutdown').some((words) => words.join(' ').includes('--timeout 5')))
  t.match((await done(rig, 101, 'shutdown', { timeout: 5, force_stop: true })).task, { state: 'ok' })
  t.equal(statusOf(rig, 101), 'stopped')
})

t.test('a guest runs one action at a time, and other guests run theirs meanwhile', async (t) => {
  const rig = await createRig(t, { speed: 4 })
  takes(rig, 4000)
  const [first, second, other] = await Promise.all([
    rig.guests.act(101, 'shutdown', {}),
    rig.guests.act(101, 'stop', {}),
    rig.guests.act(102, 'stop', {})
  ])
  t.ok(first.ok && other.ok)
  t.same(second, { ok: false, code: 'CONFLICT', reason: 'guest 101 is busy: its shutdown has not ended yet' })
  await Promise.all([unwrap(first).ended, unwrap(other).ended])
  t.same([statusOf(rig, 101), statusOf(rig, 102)], ['stopped', 'stopped'])
  t.equal(rig.proxmox.read().tasks.filter(({ id }) => id === '101').length, 1)
  takes(rig, 0)
  t.match((await done(rig, 101, 'start')).task, { state: 'ok' })
})

t.test('at most eight actions run at a time', async (t) => {
  const rig = await createRig(t, { speed: 4 })
  rig.proxmox.breaks({ step: 'pvesh create', at: 'half', kind: 'hang' })
  const vmids = [100, 101, 102, 110, 111, 112, 120, 121]
  const begun = await Promise.all(vmids.map((vmid) => rig.guests.act(vmid, 'stop', {})))
  t.ok(begun.every(({ ok }) => ok))
  t.match(await rig.guests.act(122, 'stop', {}), { code: 'BUSY', reason: '8 actions on guests have not ended yet' })
})

t.test('an action that never starts times out and does not run later', async (t) => {
  const rig = await createRig(t, { speed: 20 })
  rig.proxmox.breaks({ step: 'pvesh create', kind: 'hang', times: 1 })
  t.match(await rig.guests.act(101, 'stop', {}), {
    code: 'BUSY',
    reason: /the stop has no task yet .*look at the tasks/
  })
  t.equal(statusOf(rig, 101), 'running')
  t.match((await done(rig, 101, 'stop')).task, { state: 'ok' })
})

t.test('an action killed half-way has failed, as its task says', async (t) => {
  const rig = await createRig(t, { speed: 4 })
  takes(rig, 6000)
  rig.proxmox.breaks({ step: 'pvesh create', kind: 'killed', times: 1 })
  t.match((await done(rig, 101, 'stop')).task, { state: 'failed', exit_status: 'unexpected status' })
  t.match((await done(rig, 101, 'stop')).task, { state: 'ok' })
})

t.test('without an answer of Proxmox VE no action starts', async (t) => {
  const rig = await createRig(t, { speed: 4 })
  await rig.guests.detail(101)
  rig.proxmox.breaks({ step: 'pvesh get /nodes', kind: 'fail', text: 'ipcc_send_rec[1] failed: Connection refused' })
  t.match(await rig.guests.act(101, 'stop', {}), {
    code: 'BUSY',
    reason: /tasks of the guest cannot be read: ipcc_send_rec/
  })
  t.same(rig.calls('create'), [])
  t.equal(statusOf(rig, 101), 'running')
})

t.test('the task of a node that no longer answers ends as unknown', async (t) => {
  const rig = await createRig(t, { cluster: 3, speed: 4 })
  takes(rig, 6000)
  const { ended } = unwrap(await rig.guests.act(110, 'shutdown', {}))
  rig.proxmox.change(({ nodes }) => {
    nodes.pve2!.online = false
  })
  let isOver = false
  void ended.then(() => {
    isOver = true
  })
  await until(
    () => {
      rig.pass(100_000)
      return isOver
    },
    { everyMs: 1000 }
  )
  t.match(await ended, { state: 'unknown', exit_status: null, reason: /No route to host/ })
})

t.test('closing while an action runs ends its program, and the result is unknown', async (t) => {
  const rig = await createRig(t, { speed: 4 })
  rig.proxmox.breaks({ step: 'pvesh create', at: 'half', kind: 'hang' })
  const { task, ended } = unwrap(await rig.guests.act(101, 'stop', {}))
  rig.close()
  t.match(await ended, { state: 'unknown', reason: 'the daemon is shutting down' })
  const { pid } = rig.proxmox.read().tasks.find(({ upid }) => upid === task.upid)!
  await until(() => {
    try {
      return process.kill(pid, 0) && false
    } catch {
      return true
    }
  })
})
