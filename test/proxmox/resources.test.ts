import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { describeGuests, describeNodes, describeStorages } from '../../lib/proxmox/describe.ts'
import { parseResources } from '../../lib/proxmox/resources.ts'

const NOON = Date.UTC(2025, 5, 1, 12)
const read = (name: string) => readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8')
const sampleOf = (text: string) => ({ value: parseResources(text), reason: null, sampledAt: NOON, stale: false })

t.test('a cluster of Proxmox VE 8: guests of all nodes, with null for the values of an offline node', async (t) => {
  const { guests: vms } = describeGuests(sampleOf(read('pve8-cluster.json')), NOON)
  t.same(
    vms.map(({ vmid, node, status, template }) => [vmid, node, status, template]),
    [
      [100, 'pve1', 'running', false],
      [101, 'pve2', 'running', false],
      [102, 'pve3', 'unknown', false],
      [9000, 'pve1', 'stopped', true]
    ]
  )
  t.same(vms[0], {
    vmid: 100,
    name: 'web',
    type: 'qemu',
    node: 'pve1',
    status: 'running',
    cpu: 0.0213486312399356,
    maxcpu: 4,
    mem: 3221225472,
    maxmem: 4294967296,
    disk: null,
    maxdisk: 34359738368,
    uptime: 273801,
    netin: 13957404640,
    netout: 5775371384,
    diskread: 5361605120,
    diskwrite: 149433603584,
    tags: 'prod;web',
    template: false,
    reason: 'Proxmox VE cannot see how full the disks of a VM are'
  })
  t.match(vms[1], { type: 'lxc', disk: 1610612736, reason: null })
  t.match(vms[2], { cpu: null, mem: null, uptime: null, tags: null, reason: 'not reported by Proxmox VE' })
})

t.test('Proxmox VE 9: unknown kinds and fields are ignored, and numbers written as text are read', async (t) => {
  const { guests, storages, nodes } = parseResources(read('pve9.json'))
  t.match(guests[0], { vmid: 100, uptime: 42, mem: 241901568 })
  t.notOk(Object.hasOwn(guests[0]!, 'memhost'))
  t.match(guests[1], { vmid: 200, status: 'stopped', disk: 0, cpu: 0 })
  t.same([guests.length, storages.length, nodes.length], [2, 1, 1])
})

t.test('storages are those of this node, in the Monitor’s names and GiB; a dead one has no sizes', async (t) => {
  const sample = sampleOf(read('pve8-cluster.json'))
  const { storage } = describeStorages(sample, 'pve1', NOON)
  t.match(storage, [{ name: 'local' }, { name: 'local-lvm' }, { name: 'nas' }])
  t.same(storage[0], {
    name: 'local',
    type: 'dir',
    status: 'active',
    status_detail: 'available',
    total: 93.93,
    used: 10.57,
    available: 83.36,
    percent: 11.26,
    node: 'pve1',
    shared: false,
    content: 'iso,vztmpl,backup'
  })
  t.match(storage[2], { status: 'error', status_detail: 'unknown', total: null, percent: null, shared: true })
  t.equal(describeStorages(sample, 'not-a-node', NOON).storage.length, 4, 'a host whose name is no node’s shows all')
})

t.test('nodes, with this host marked and an offline node', async (t) => {
  const reply = describeNodes(sampleOf(read('pve8-cluster.json')), 'pve1', NOON + 4000)
  t.match(reply, { node: 'pve1', age_seconds: 4, stale: false, timestamp: '2025-06-01T12:00:00.000Z' })
  t.match(reply.nodes[0], { node: 'pve1', status: 'online', maxcpu: 8, reason: null })
  t.match(reply.nodes[2], { node: 'pve3', status: 'offline', cpu: null, reason: 'not reported by Proxmox VE' })
})

t.test('invalid output is an error, not an empty list', async (t) => {
  const real = read('pve9.json')
  for (const [name, text] of Object.entries({
    nothing: '',
    half: real.slice(0, real.length / 2),
    page: '<html></html>',
    null: 'null',
    object: '{"data":[]}',
    empty: '[]',
    'without a node': '[{"type":"pool","id":"/pool/x"},null,7,"x",[]]'
  }))
    t.throws(() => parseResources(text), { message: 'unexpected output from pvesh' }, name)
})

t.test('only an invalid entry is left out', async (t) => {
  const node = { type: 'node', node: 'pve1', status: 'online' }
  const guest = { type: 'qemu', node: 'pve1', vmid: 100, status: 'running' }
  const { guests, storages } = parseResources(
    JSON.stringify([
      node,
      guest,
      { ...guest, vmid: 'x' },
      { ...guest, vmid: 1.5 },
      { ...guest, node: '../../etc' },
      { ...guest, node: undefined },
      { ...guest, vmid: 101, cpu: 'NaN', mem: -1, maxmem: null, name: 5, tags: '' },
      { type: 'storage', node: 'pve1' }
    ])
  )
  t.same(
    guests.map(({ vmid, name, cpu, mem, maxmem, tags }) => [vmid, name, cpu, mem, maxmem, tags]),
    [
      [100, 'VM 100', null, null, null, null],
      [101, 'VM 101', null, null, null, null]
    ]
  )
  t.same(storages, [])
})
