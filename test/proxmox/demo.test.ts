import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import t from 'tap'
import '../support/executable.ts'
import { bearer } from '../support/app.ts'
import { until } from '../support/waiting.ts'

t.setTimeout(120_000)

const user = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user']
const skip =
  spawnSync('unshare', [...user, '--mount', '--uts', 'true']).status === 0
    ? false
    : 'mount namespaces are not allowed here'

t.test(
  'the demo shows a cluster of three on a loopback address, and removes all of it at Ctrl-C',
  { skip },
  async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'monitor-demo-test-'))
    t.teardown(() => rmSync(folder, { recursive: true, force: true }))
    const script = resolve(import.meta.dirname, '../../scripts/demo.ts')
    const env = { PATH: process.env.PATH, TMPDIR: folder }
    const demo = spawn(process.execPath, [script, '8.4'], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    t.teardown(() => demo.kill('SIGTERM'))
    let output = ''
    for (const stream of [demo.stdout, demo.stderr])
      stream.on('data', (chunk: Buffer) => {
        output += chunk
      })
    const ended = new Promise<number | null>((done) => demo.once('close', done))
    await until(() => demo.exitCode !== null || output.includes('Ctrl-C'))
    const base = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0] ?? t.fail(output)
    const password = /Demo-\w+/.exec(output)?.[0]
    const place = /\S+\/state\.json/.exec(output)?.[0] ?? ''
    t.ok(existsSync(place))

    const headers = { 'content-type': 'application/json' }
    const body = JSON.stringify({ username: 'admin', password })
    const login = await fetch(`${base}/api/auth/login`, { method: 'POST', headers, body })
    const { token } = (await login.json()) as { token: string }
    const get = async (path: string) => (await fetch(`${base}${path}`, { headers: bearer(token) })).json()
    await until(async () => ((await get('/api/proxmox')) as { nodes: unknown[] }).nodes.length > 0, { everyMs: 100 })
    t.match(await get('/api/proxmox'), { node: 'pve1', nodes: [{ node: 'pve1' }, { node: 'pve2' }, { node: 'pve3' }] })
    t.match(await get('/api/system'), { hostname: 'pve1', proxmox_version: '8.4.1' })
    t.equal(((await get('/api/vms')) as { vms: unknown[] }).vms.length, 12)

    demo.kill('SIGINT')
    t.equal(await ended, 0)
    t.notOk(existsSync(place))
  }
)
