import { existsSync } from 'node:fs'
import t from 'tap'
import { demoSkip as skip, startDemo } from '../support/demo.ts'
import { until } from '../support/waiting.ts'

t.setTimeout(300_000)

t.test(
  'the demo shows a cluster of three nodes on a loopback address, and removes all of it at Ctrl-C',
  { skip },
  async (t) => {
    const { demo, ended, stateFile, get } = await startDemo(t, '8.4')
    t.ok(existsSync(stateFile))
    await until(async () => ((await get('/api/proxmox')) as { nodes: unknown[] }).nodes.length > 0, { everyMs: 100 })
    t.match(await get('/api/proxmox'), { node: 'pve1', nodes: [{ node: 'pve1' }, { node: 'pve2' }, { node: 'pve3' }] })
    t.match(await get('/api/system'), { hostname: 'pve1', proxmox_version: '8.4.1' })
    t.equal(((await get('/api/guests')) as { guests: unknown[] }).guests.length, 12)

    demo.kill('SIGINT')
    t.equal(await ended, 0)
    t.notOk(existsSync(stateFile))
  }
)
