import t from 'tap'
import { demoSkip as skip, startDemo } from '../support/demo.ts'
import { until } from '../support/waiting.ts'
import { KEYS } from './rig.ts'

t.setTimeout(300_000)

t.test('the Monitor’s client deploys, updates and removes the gateway by its own paths', { skip }, async (t) => {
  const { proxmox, call, get } = await startDemo(t, '8.4')
  proxmox.change((state) => {
    state.durations = {}
  })
  const ask = async (method: string, path: string, body?: object) => {
    const { status, text } = await call(method, path, body)
    return { status, ...JSON.parse(text) }
  }
  await until(async () => (await get('/api/system')).proxmox_version !== null)
  t.match(await ask('GET', '/api/oci/installed/secure-gateway'), { status: 404 })
  t.match(await ask('GET', '/api/oci/networks'), {
    success: true,
    networks: [{ interface: 'vmbr0', subnet: '192.168.1.0/24', ip: '192.168.1.11' }, {}]
  })

  const config = {
    auth_key: KEYS.expired,
    hostname: 'edge',
    access_mode: 'proxmox_network',
    advertise_routes: ['192.168.1.0/24'],
    exit_node: false,
    accept_routes: false
  }
  const deploy = (auth_key: string) =>
    ask('POST', '/api/oci/deploy', { app_id: 'secure-gateway', config: { ...config, auth_key } })
  const refused = await deploy(KEYS.expired)
  t.match(refused, { status: 409, success: false, error: /auth key was not accepted.*Everything was undone/ })
  t.notOk(proxmox.read().guests[9000])

  t.match(await deploy(KEYS.reusable), { status: 200, success: true, app_id: 'secure-gateway', vmid: 9000 })
  t.match(await ask('GET', '/api/oci/installed/secure-gateway'), { success: true, instance: { vmid: 9000 } })
  t.match(await ask('GET', '/api/oci/status/secure-gateway'), { status: { state: String } })

  proxmox.change(({ tailnet }) => {
    tailnet.packaged = '1.86.2-r0'
  })
  t.match(await ask('GET', '/api/oci/installed/secure-gateway/update-check?force=1'), {
    available: true,
    current_version: '1.84.0',
    latest_version: '1.86.2'
  })
  t.match(await ask('POST', '/api/oci/installed/secure-gateway/update'), { status: 200, tailscale_restarted: true })
  t.equal(proxmox.read().guests[9000]!.inside!.packages.tailscale, '1.86.2-r0')
  for (const action of ['stop', 'start', 'restart'])
    t.match(await ask('POST', `/api/oci/installed/secure-gateway/${action}`), { status: 200, message: String }, action)
  t.match(await ask('GET', '/api/oci/installed/secure-gateway/logs?lines=5'), { logs: /Program starting/ })

  t.match(await ask('DELETE', '/api/oci/installed/secure-gateway?remove_data=true'), { status: 200, success: true })
  const { guests, volumes } = proxmox.read()
  t.notOk(guests[9000])
  t.notOk(volumes.some(({ volid }) => volid.includes('alpine')))
  t.match(await ask('GET', '/api/oci/installed'), { success: true, instances: [] })
})
