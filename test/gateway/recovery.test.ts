import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import t from 'tap'
import { until } from '../support/waiting.ts'
import { createRig, deployed, done, KEYS, REQUEST, type Rig, type TestGateway, traces } from './rig.ts'

t.setTimeout(300_000)

const steps = ['template', 'create', 'configure', 'start', 'install', 'join']

/** Starts a deployment, and waits until this step runs and one of its programs was started. */
async function deployUpTo({ proxmox }: Rig, gateway: TestGateway, step: string) {
  const begun = await gateway.deploy(REQUEST, 'admin')
  if (!begun.ok) throw new Error(begun.reason)
  await until(() => gateway.job(begun.value.id)?.steps.find(({ name }) => name === step)?.state !== 'pending')
  const calls = proxmox.calls().length
  await until(() => proxmox.calls().length > calls || gateway.job(begun.value.id)?.ended_at !== null)
  return begun.value.id
}

/** A new daemon on the same record, when it has finished what it found. */
async function restarted(rig: Rig) {
  const gateway = await rig.open()
  await gateway.start()
  return gateway
}

for (const step of steps)
  t.test(`the daemon is stopped during "${step}": the next start undoes the deployment`, async (t) => {
    const rig = createRig(t)
    const before = traces(rig.proxmox)
    const first = await rig.open()
    const id = await deployUpTo(rig, first, step)
    first.close()
    const job = await first.ended(id)
    t.match(job?.error, /daemon was stopped/)
    const next = await restarted(rig)
    t.same(traces(rig.proxmox), before)
    t.match(next.status(), {
      state: 'not_installed',
      job: { state: 'failed', error: /interrupted. Everything was undone/ }
    })
    t.equal((await deployed(next, { ...REQUEST, auth_key: KEYS.valid })).state, 'done')
  })

t.test('the daemon is killed during "pct create", which goes on: its task is ended and undone', async (t) => {
  const rig = createRig(t)
  const before = traces(rig.proxmox)
  rig.proxmox.breaks({ step: 'pct create', kind: 'hang', at: 'half' })
  const script = `
    import { createGateway } from ${JSON.stringify(resolve('lib/gateway/gateway.ts'))}
    import { openRecord } from ${JSON.stringify(resolve('lib/gateway/record.ts'))}
    const gateway = createGateway({
      record: await openRecord(${JSON.stringify(rig.state)}), node: 'pve1',
      programs: ${JSON.stringify(rig.proxmox.programs)}, now: Date.now, onEnd() {}, onFault: console.error
    })
    await gateway.deploy(${JSON.stringify(REQUEST)}, 'admin')
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'inherit' })
  t.teardown(() => child.kill('SIGKILL'))
  await until(() => rig.proxmox.read().volumes.some(({ vmid }) => vmid === 9000))
  child.kill('SIGKILL')
  await until(() => child.signalCode !== null)
  t.notSame(traces(rig.proxmox), before)
  const next = await restarted(rig)
  t.same(traces(rig.proxmox), before)
  t.match(next.status(), { state: 'not_installed', job: { error: /Everything was undone/ } })
})

t.test('an interrupted removal is completed', async (t) => {
  const rig = createRig(t)
  const before = traces(rig.proxmox)
  const first = await rig.open()
  await deployed(first)
  const begun = first.begin('remove')
  if (!begun.ok) throw new Error(begun.reason)
  await until(() => first.job(begun.value.id)?.steps[1]?.state === 'running')
  first.close()
  const next = await restarted(rig)
  t.same(traces(rig.proxmox), before)
  t.equal(next.status().state, 'not_installed')
})

t.test('a failed undo is reported, is retried by hand, and then leaves nothing', async (t) => {
  const rig = createRig(t)
  const before = traces(rig.proxmox)
  rig.proxmox.breaks({ step: 'pct start', kind: 'fail', text: 'no such bridge' })
  rig.proxmox.breaks({ step: 'pct destroy', kind: 'fail', text: 'dataset is busy' })
  const gateway = await rig.open()
  const job = await deployed(gateway)
  t.match(
    job.error,
    /^Step "start" failed: .*no such bridge.* The undo failed: .*dataset is busy.*retried every minute/
  )
  t.match(gateway.status(), { state: 'error', detail: /undo of a deployment is not finished.*dataset is busy/ })
  t.match(await gateway.deploy(REQUEST, 'admin'), { ok: false, code: 'CONFLICT' })
  t.match(gateway.begin('start'), { ok: false, code: 'CONFLICT', reason: /not finished/ })
  rig.proxmox.mends()
  t.equal((await done(gateway, 'remove')).state, 'done')
  t.same(traces(rig.proxmox), before)
  t.equal(gateway.status().state, 'not_installed')
})

t.test('a key file left in the container by a killed daemon is removed', async (t) => {
  const rig = createRig(t)
  await deployed(await rig.open())
  const path = join(rig.state, 'gateway.json')
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), key_file: true }))
  const file = '/run/proxmenux-auth-key'
  rig.proxmox.change(({ guests }) => {
    guests[9000]!.inside!.files[file] = { content: KEYS.reusable, mode: 0o600 }
  })
  await restarted(rig)
  t.equal(rig.proxmox.read().guests[9000]!.inside!.files[file], undefined)
  t.match(JSON.parse(readFileSync(path, 'utf8')), { key_file: false })
})

t.test('another container with the same id is left alone', async (t) => {
  const rig = createRig(t)
  const gateway = await rig.open()
  await deployed(gateway)
  rig.proxmox.change(({ guests }) => {
    guests[9000]!.config.net0 = 'name=eth0,bridge=vmbr0,hwaddr=BC:24:11:FF:FF:FF,ip=dhcp,type=veth'
  })
  await gateway.refresh()
  t.match(gateway.status(), { state: 'error', detail: /no longer the gateway's/ })
  const job = await done(gateway, 'remove')
  t.match(job.steps[1]?.message, /left alone/)
  t.ok(rig.proxmox.read().guests[9000])
  t.equal(gateway.status().state, 'not_installed')
})

t.test('an unreadable record refuses every change and is named', async (t) => {
  const rig = createRig(t)
  writeFileSync(join(rig.state, 'gateway.json'), '{"phase": "installed"')
  const gateway = await restarted(rig)
  t.match(gateway.status(), { state: 'error', detail: /gateway\.json: not valid JSON at line 1/ })
  t.match(await gateway.deploy(REQUEST, 'admin'), { ok: false, code: 'CONFLICT', reason: /gateway\.json/ })
  t.match(gateway.begin('remove'), { ok: false, code: 'CONFLICT' })
})
