import { ChildProcess } from 'node:child_process'
import t from 'tap'
import { bearer, build, setUp } from '../support/app.ts'
import { until } from '../support/waiting.ts'

const VIEWS = ['system.view']

t.test('no request for what the host does starts a process; logs alone do', async (t) => {
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
  const started = t.capture(ChildProcess.prototype as unknown as { spawn: () => number }, 'spawn')
  for (const path of paths) {
    const { statusCode } = await app.inject({ url: path.replace(':pid', String(process.pid)), headers })
    t.equal(statusCode, 200, path)
  }
  t.ok(paths.length >= 15, paths.join(' '))
  t.same(started(), [])
})
