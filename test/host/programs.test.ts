import { spawn } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { createProgram, outputOf } from '../../lib/programs/program.ts'
import { openPty } from '../../lib/terminal/pty.ts'
import { createStandIn } from '../fail2ban/stand-in.ts'
import { temporaryFolder } from '../support/app.ts'
import { buildOnStandIns, comes } from './stand-ins.ts'

t.setTimeout(300_000)

/** Later than any of the four is due again, and earlier than nobody looks. */
const LATER_MS = 250_000

t.test('each source returns its program’s values', async (t) => {
  const { app, get, pass } = await buildOnStandIns(t)
  t.ok(await comes(() => app.sources.timeSync.latest().value !== null && app.sources.units.latest().value !== null))
  t.same(app.sources.timeSync.latest().value, { synchronized: true })
  t.same(app.sources.units.latest().value, [{ unit: 'smartd.service', description: 'SMART' }])
  t.ok(await comes(() => app.sources.proxmox.latest().value !== null))
  const all = await get('/api/guests')
  t.match(all, { success: true, guests: [{ vmid: 100 }, { vmid: 200 }], reason: null, stale: false })
  t.same(await get('/api/vms'), all.guests, 'the bare array of the Monitor’s clients')
  t.match(await get('/api/proxmox-storage'), { storage: [{ name: 'local-zfs', node: 'pve1' }], reason: null })
  t.match(await get('/api/proxmox'), { node: 'pve1', nodes: [{ node: 'pve1', status: 'online' }] })
  t.match(await get('/api/system'), { available_updates: null, reasons: { available_updates: /not counted yet/ } })
  pass(30_000)
  t.ok(await comes(() => app.sources.updates.latest().value !== null))
  t.match(await get('/api/updates'), { available_updates: 1, updates: [{ name: 'sed', from: '4.9-1' }] })
  t.ok(await comes(async () => (await get('/api/system')).available_updates === 1))
})

const faults = {
  'ends with 1': { script: 'echo "ipcc_send_rec failed: refused" >&2; exit 1', reason: /ended with 1: ipcc_send_rec/ },
  'prints garbage': { script: 'head -c 4096 /dev/urandom', reason: /unexpected output/ },
  'prints 100 MB': { script: 'exec head -c 100000000 /dev/zero', reason: /printed too much/ },
  hangs: {
    script: 'sleep 1000 & echo $! >> pids; sleep 1000',
    reason: /took too long|does not answer/,
    timeoutMs: 2000
  }
}

for (const [name, { script, reason, ...options }] of Object.entries(faults)) {
  t.test(`if each program ${name}, values stay and are stale, and nothing else changes`, async (t) => {
    const { app, standIns, hostDir, get, comesSoon, running } = await buildOnStandIns(t, options)
    const samples = [app.sources.proxmox, app.sources.units, app.sources.timeSync, app.sources.updates].map((source) =>
      source.latest()
    )
    t.ok(await comesSoon(() => samples.every(({ value, stale }) => value !== null && !stale)))
    for (const standIn of Object.values(standIns)) await standIn.behave(script)
    await writeFile(join(hostDir, 'var/lib/dpkg/status'), 'changed')
    const { revision } = app.vitals.latest()
    const memory = process.memoryUsage.rss()

    t.ok(await comesSoon(() => samples.every(({ stale }) => stale)))
    for (const sample of samples) t.match(sample, { value: Object, reason })
    t.match(await get('/api/guests'), {
      guests: [{ vmid: 100 }, { vmid: 200 }],
      stale: true,
      timestamp: String,
      reason
    })
    t.match(await get('/api/vms'), [{ vmid: 100 }, { vmid: 200 }])
    t.match(await get('/api/updates'), { available_updates: 1, stale: true, reason })
    t.ok(await comes(() => app.vitals.latest().revision > revision), 'the vital signs are read on')
    t.ok(process.memoryUsage.rss() - memory < 90 * 1024 ** 2, 'the output is not kept')

    await app.close()
    t.same(await running(), [], 'nothing is left running')
  })
}

t.test('closing ends programs that hang and starts no more', async (t) => {
  const { app, standIns, comesSoon, pass, running } = await buildOnStandIns(t, { timeoutMs: 60_000 })
  const samples = [app.sources.proxmox, app.sources.units, app.sources.timeSync, app.sources.updates].map((source) =>
    source.latest()
  )
  // A program that still answers its first question would be due again later than the others.
  t.ok(await comesSoon(() => samples.every(({ value }) => value !== null)))
  for (const standIn of Object.values(standIns)) await standIn.behave('sleep 1000 & echo $! >> pids; wait')
  pass(LATER_MS)
  t.ok(await comes(async () => (await running()).length >= 6), 'three hang with their children')
  const begun = performance.now()
  await app.close()
  t.ok(performance.now() - begun < 30_000, 'closing does not wait for their timeout')
  t.same(await running(), [])
})

t.test('a host without Proxmox VE runs no pvesh and says why', async (t) => {
  const { app, standIns, get } = await buildOnStandIns(t, { host: 'vm' })
  t.ok(await comes(() => app.sources.proxmox.latest().reason !== 'not measured yet'))
  const reason = 'this host does not run Proxmox VE'
  const none = { success: true, reason, timestamp: null, stale: false, age_seconds: null }
  t.same(await get('/api/guests'), { ...none, guests: [] })
  t.same(await get('/api/vms'), [])
  t.match(
    (await app.inject('/api/vms')).json(),
    { success: false, code: 'TOKEN_MISSING' },
    'a failure has its envelope'
  )
  t.same(await get('/api/proxmox-storage'), { ...none, storage: [] })
  t.same(await get('/api/proxmox'), { ...none, nodes: [], node: null })
  t.same(await readFile(standIns.pvesh.file.replace('stand-in', 'pids'), 'utf8'), '')
})

t.test('a program inherits no file descriptor, no terminal’s PTY, and runs at the configured niceness', async (t) => {
  const standIn = await createStandIn(await temporaryFolder(t))
  // The niceness is set once the program runs.
  const begun = 'until [ "$(nice)" = 7 ]; do sleep 0.05; done'
  await standIn.behave(`${begun}; for f in /proc/$$/fd/*; do readlink $f; done; nice`)
  const noEvents = { output() {}, exited() {}, closed() {}, inputFull() {} }
  const pty = openPty({ file: '/bin/sleep', args: ['1000'], env: {}, cwd: '/', cols: 80, rows: 24 }, noEvents)
  t.teardown(() => {
    process.kill(pty.pid, 'SIGKILL')
    pty.close()
  })
  // Without the wrapper it is there: else this test would show nothing.
  const plain = spawn('/bin/sh', ['-c', 'for f in /proc/$$/fd/*; do readlink $f; done'])
  t.match(await plain.stdout.toArray().then((chunks) => chunks.join('')), /ptmx/)

  const { run } = createProgram({ file: standIn.file, timeoutMs: 20_000, maxBytes: 4096, niceness: 7 })
  const printed = outputOf(await run([]), 'it')
  t.notMatch(printed, /ptmx/)
  t.match(printed, /\n7\n$/)
  t.same(
    printed.split('\n').filter((line) => line.startsWith('/') && !line.startsWith(standIn.file)),
    ['/dev/null'].concat(printed.includes('behaviour') ? [standIn.file.replace('stand-in', 'behaviour')] : [])
  )
})
