import t from 'tap'
import { Compile } from 'typebox/compile'
import { eventOfJob } from '../../../lib/gateway/job-events.ts'
import { secureGateway } from '../../../lib/gateway/monitor-catalog.ts'
import {
  describeDone,
  describeInstalled,
  describeInstance,
  describeNetworks,
  describeStatus,
  describeStorages,
  describeUpdateCheck,
  describeUpdated,
  isInstalled,
  pathInDeployment,
  readDeployment
} from '../../../lib/gateway/monitor-shapes.ts'
import { type GatewayJob, GatewayStateSchema, NewGatewayBodySchema } from '../../../schemas/security/gateway.ts'
import { DeployBodySchema } from '../../../schemas/security/oci.ts'
import { AUTH_KEY, INSTALLED, OPTIONS, UPDATE } from '../../support/gateway.ts'

t.test('networks are IPv4, and the network of the recommended bridge is the recommended one', async (t) => {
  t.same(describeNetworks(OPTIONS), [
    { interface: 'vmbr1', subnet: '10.1.0.0/16', ip: '10.1.0.11', recommended: false },
    { interface: 'vmbr0', subnet: '192.168.1.0/24', ip: '192.168.1.11', recommended: true }
  ])
  const twice = [...OPTIONS.subnets, { interface: 'vmbr0', address: '10.2.0.1', subnet: '10.2.0.0/24' }]
  t.equal(describeNetworks({ ...OPTIONS, subnets: twice }).filter(({ recommended }) => recommended).length, 1)
  t.same(describeNetworks({ ...OPTIONS, subnets: [], bridges: [] }), [])
  t.notOk(describeNetworks({ ...OPTIONS, bridges: [] }).some(({ recommended }) => recommended))
})

t.test('only usable storages are listed, the recommended one first', async (t) => {
  t.same(
    describeStorages(OPTIONS).map(({ name, avail, priority, recommended }) => [name, avail, priority, recommended]),
    [
      ['local-lvm', 200, 1, true],
      ['nfs', 800, 2, false]
    ]
  )
  t.same(describeStorages({ ...OPTIONS, storages: [] }), [])
})

t.test('every state maps to a state of the Monitor, and only a working gateway is healthy', async (t) => {
  const now = Date.parse(INSTALLED.started_at!) + 61_500
  const rows = GatewayStateSchema.enum.map((state) => {
    const status = describeStatus({ ...INSTALLED, state }, now)
    return [state, status.state, status.health, status.uptime_seconds]
  })
  t.same(rows, [
    ['not_installed', 'not_installed', 'unknown', 0],
    ['deploying', 'not_installed', 'unknown', 0],
    ['needs_login', 'error', 'unhealthy', 0],
    ['routes_pending', 'running', 'unhealthy', 61],
    ['connected', 'running', 'healthy', 61],
    ['stopped', 'stopped', 'stopped', 0],
    ['error', 'error', 'unhealthy', 0]
  ])
  t.equal(describeStatus(INSTALLED, 0).uptime_seconds, 0, 'a clock that was set back')
  t.equal(describeStatus({ ...INSTALLED, started_at: null }, now).uptime_seconds, 0)
  t.equal(describeStatus({ ...INSTALLED, checked_at: null }, now).last_check, null)
})

t.test('the installed gateway', async (t) => {
  const now = Date.parse(INSTALLED.started_at!)
  const { app_id, status, ...rest } = describeInstance(INSTALLED, now)!
  t.same(rest, {
    vmid: 9000,
    instance_name: 'proxmox-gateway',
    installed_at: INSTALLED.installed_at,
    installed_by: INSTALLED.installed_by,
    template: INSTALLED.template,
    container_type: 'lxc'
  })
  t.same([app_id, status.state], ['secure-gateway', 'running'])
  t.same(Object.keys(describeInstalled(INSTALLED, now)[0]!).toSorted(), [
    'id',
    'installed_at',
    'installed_by',
    'instance_name',
    'status',
    'vmid'
  ])
  for (const nothing of [
    { ...INSTALLED, state: 'not_installed' as const },
    { ...INSTALLED, state: 'deploying' as const },
    { ...INSTALLED, vmid: null }
  ]) {
    t.equal(describeInstance(nothing, now), null)
    t.same(describeInstalled(nothing, now), [])
    t.notOk(isInstalled(nothing))
  }
  t.ok(isInstalled({ ...INSTALLED, state: 'error' }))
})

t.test('a deployment advertises the networks that the client shows', async (t) => {
  const base = { auth_key: AUTH_KEY, exit_node: false, accept_routes: false }
  const config = { auth_key: AUTH_KEY }
  t.same(readDeployment({ ...config, access_mode: 'host_only' }), { ...base, access: 'host' })
  t.same(readDeployment({ ...config, access_mode: 'proxmox_network', advertise_routes: [] }), {
    ...base,
    access: 'network'
  })
  t.same(readDeployment({ ...config, access_mode: 'host_only', advertise_routes: ['192.168.1.11/32'] }), {
    ...base,
    access: 'custom',
    routes: ['192.168.1.11/32']
  })
  t.same(readDeployment(config), { ...base, access: 'custom' }, 'only named networks are advertised')
  const all = { hostname: 'Edge', storage: 'nfs', exit_node: true, accept_routes: true, access_mode: 'custom' as const }
  const read = readDeployment({ ...config, ...all, advertise_routes: ['10.1.0.0/16'] })
  t.same(read, {
    auth_key: AUTH_KEY,
    hostname: 'edge',
    storage: 'nfs',
    access: 'custom',
    routes: ['10.1.0.0/16'],
    exit_node: true,
    accept_routes: true
  })
  t.ok(Compile(NewGatewayBodySchema).Check(read))
  t.same(readDeployment({ ...config, hostname: '', storage: '', access_mode: 'host_only' }), {
    ...base,
    access: 'host'
  })
})

t.test('each path in our body maps to the same field in the Monitor’s', async (t) => {
  t.equal(pathInDeployment('/auth_key'), '/config/auth_key')
  t.equal(pathInDeployment('/routes/3'), '/config/advertise_routes/3')
  t.equal(pathInDeployment('/access'), '/config/access_mode')
  t.equal(pathInDeployment('/storage'), '/config/storage')
})

t.test('updates', async (t) => {
  t.same(describeUpdateCheck({ ...UPDATE, reason: 'no network' }), {
    available: true,
    current_version: '1.84.0',
    latest_version: '1.86.2',
    packages: UPDATE.packages,
    last_checked_iso: UPDATE.checked_at,
    error: 'no network'
  })
  const busybox = { name: 'busybox', current: '1', latest: '2' }
  t.match(describeUpdated(UPDATE, { steps: [{ name: 'restart', state: 'done', message: null }] }), {
    tailscale_restarted: true,
    message: '1 package updated'
  })
  t.match(describeUpdated({ packages: [busybox, busybox] }, { steps: [] }), {
    packages_updated: [busybox, busybox],
    tailscale_restarted: false,
    message: '2 packages updated'
  })
  t.match(describeUpdated({ packages: [] }, null), { packages_updated: [], message: 'No updates available' })
  t.equal(describeDone('stop', 9000), 'Secure Gateway stopped in container 9000')
  t.equal(describeDone('stop', null), 'Secure Gateway stopped in its container')
})

t.test('the wizard’s fields are those of a deployment, and its defaults are accepted', async (t) => {
  const { config_schema: fields, ui } = secureGateway
  const asked = ui.wizard_steps.flatMap(({ fields = [] }) => fields)
  t.same(asked.toSorted(), Object.keys(fields).toSorted())
  // Its client gives these a meaning of their own.
  t.same(
    ui.wizard_steps.filter((step) => !step.fields).map(({ id }) => id),
    ['intro', 'deploy']
  )
  const config = Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]) => ('default' in field ? [[name, field.default]] : []))
  )
  t.ok(Compile(DeployBodySchema).Check({ app_id: 'secure-gateway', config: { ...config, auth_key: AUTH_KEY } }))
  for (const { value } of fields.access_mode.options!)
    t.ok(Compile(DeployBodySchema).Check({ app_id: 'x', config: { auth_key: AUTH_KEY, access_mode: value } }), value)
})

t.test('the event of a job', async (t) => {
  const job: GatewayJob = {
    id: '000000000001',
    kind: 'deploy',
    state: 'running',
    steps: [],
    error: null,
    vmid: null,
    started_at: '2026-04-24T14:32:11.000Z',
    ended_at: null
  }
  t.same(eventOfJob(job), { event: 'gatewayDeploymentStarted' })
  t.same(eventOfJob({ ...job, state: 'undoing' }), { event: 'gatewayDeploymentStarted' })
  t.same(eventOfJob({ ...job, state: 'failed', vmid: 9000 }), { event: 'gatewayDeploymentFailed', target: '9000' })
  t.same(eventOfJob({ ...job, state: 'done', vmid: 9000 }), { event: 'gatewayDeployed', target: '9000' })
  t.equal(eventOfJob({ ...job, kind: 'restart' }), null)
  t.same(eventOfJob({ ...job, kind: 'restart', state: 'failed', vmid: 9000 }), {
    event: 'gatewayChangeFailed',
    target: 'restart'
  })
})
