import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { type Daemon, startDaemon } from '../attack/harness.ts'
import { bearer, PASSWORD, temporaryFolder } from '../support/app.ts'
import { until } from '../support/waiting.ts'

const MEMORY = 400 * 1024 ** 2
const QUOTA = '30000'
const isVersion2 = existsSync('/sys/fs/cgroup/cgroup.controllers')
const skip =
  process.getuid!() === 0 && existsSync('/sys/fs/cgroup') ? false : !process.env.CI && 'only root may make a cgroup'

/** Puts a process, with all its threads, where it gets 400 MiB and a third of a processor. */
function limit(t: Test, { pid, signal, exited }: Daemon): void {
  const put = (folder: string, files: Record<string, string>) => {
    mkdirSync(folder)
    t.teardown(async () => {
      // Nothing goes that somebody is in.
      signal('SIGKILL')
      await exited
      rmdirSync(folder)
    })
    for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text)
    writeFileSync(join(folder, 'cgroup.procs'), String(pid))
  }
  const name = `monitor-test-${process.pid}`
  if (isVersion2) {
    put(`/sys/fs/cgroup/${name}`, { 'memory.max': String(MEMORY), 'cpu.max': `${QUOTA} 100000` })
    return
  }
  put(`/sys/fs/cgroup/memory/${name}`, { 'memory.limit_in_bytes': String(MEMORY) })
  put(`/sys/fs/cgroup/cpu/${name}`, { 'cpu.cfs_period_us': '100000', 'cpu.cfs_quota_us': QUOTA })
}

t.test(
  'in a cgroup with little memory and CPU the figures are the host’s, and the answer says so',
  { skip },
  async (t) => {
    const daemon = await startDaemon(t, await temporaryFolder(t))
    limit(t, daemon)
    const since = Date.now()
    const setup = await fetch(`${daemon.url}/api/auth/setup`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'admin', password: PASSWORD })
    })
    const headers = bearer(((await setup.json()) as { token: string }).token)
    let system: { timestamp?: string; memory_total?: number; cpu_threads?: number } = {}
    await until(async () => {
      system = (await (await fetch(`${daemon.url}/api/system`, { headers })).json()) as typeof system
      return Date.parse(system.timestamp!) > since
    })
    const total = Number(/^MemTotal: +(\d+)/m.exec(readFileSync('/proc/meminfo', 'utf8'))![1]) / 1024 ** 2
    t.ok(total * 1024 ** 2 * 1024 > MEMORY, 'this machine has more than the cgroup')
    t.ok(Math.abs(system.memory_total! - total) < 0.01, `${system.memory_total} and ${total} GiB`)
    t.equal(system.cpu_threads, Number(execFileSync('nproc', ['--all'], { encoding: 'utf8' })))

    const description = JSON.parse(readFileSync(join(import.meta.dirname, '../../docs/openapi.json'), 'utf8'))
    t.match(description.paths['/api/system'].get.description, /whole host.*cgroup/i)
  }
)
