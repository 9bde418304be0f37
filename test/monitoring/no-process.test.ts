import { ChildProcess } from 'node:child_process'
import t from 'tap'
import { bearer, build, setUp } from '../support/app.ts'
import { until } from '../support/waiting.ts'

const VIEWS = ['system.view']

// Guests are read on demand, bounded (docs/decisions/0031-guests.md); this machine does not run Proxmox VE.
t.test('no monitoring request starts a process, except logs', async (t) => {
  const paths: string[] = []
  const app = await build(
    t,
    {},
    {
      onRoute({ method, url, config }) {
        const access = config?.access
        if (method !== 'GET' || typeof access !== 'object' || 'ticket' in access || !('permission' in access)) return
        if (VIEWS.includes(String(access.permission))) paths.push(url)
      }
    }
  )
  const headers = bearer(await setUp(app))
  // fail2ban's client is asked once, soon after the start.
  await until(() => app.fail2ban.latest().state === 'absent')
  await app.sources.storage.ready()
  // A container may have none.
  const disk = app.sources.storage.latest().disks.value!.disks[0]?.name ?? 'none'
  const started = t.capture(ChildProcess.prototype as unknown as { spawn: () => number }, 'spawn')
  for (const path of paths) {
    const { statusCode } = await app.inject({
      url: path.replace(':pid', String(process.pid)).replace(':name', 'lo').replace(':disk', disk),
      headers
    })
    const isOfProxmox = /^\/api\/(?:guests\/|tasks)/.test(path)
    t.equal(statusCode, isOfProxmox ? 409 : path.includes(':disk') && disk === 'none' ? 404 : 200, path)
  }
  t.ok(paths.length >= 15, paths.join(' '))
  t.same(started(), [])
})
