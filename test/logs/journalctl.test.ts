import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { get as request } from 'node:http'
import { dirname, join } from 'node:path'
import t, { type Test } from 'tap'
import type { LogsOptions } from '../../lib/logs/logs.ts'
import { bearer, build, setUp, temporaryFolder } from '../support/app.ts'
import { until } from '../support/waiting.ts'
import { openLogs, systemFile } from './journals.ts'

const HANG = 'sleep 1000 & echo $! >> "$0.pids"; echo $$ >> "$0.pids"; wait'

/** A folder with something that looks like a journal, and a program in the place of journalctl. */
async function createStandIn(t: Test, script: string) {
  const logDir = await temporaryFolder(t)
  mkdirSync(dirname(systemFile(logDir)), { recursive: true })
  writeFileSync(systemFile(logDir), '')
  const journalctl = join(logDir, 'stand-in')
  writeFileSync(journalctl, `#!/bin/bash\n${script}\n`, { mode: 0o755 })
  const written = (suffix: string) => {
    const path = `${journalctl}.${suffix}`
    return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : []
  }
  return {
    logDir,
    journalctl,
    written,
    /** Those of its processes that are alive. */
    running: () =>
      written('pids').filter((pid) => {
        try {
          return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ')
        } catch {
          return false
        }
      })
  }
}

/** The daemon with such a program. */
async function open(t: Test, script: string, more: Partial<LogsOptions> = {}) {
  const standIn = await createStandIn(t, script)
  const { logDir, journalctl } = standIn
  const journal = { logDir, runDir: '/nonexistent', etcDir: '/nonexistent', journalctl, timeoutMs: 600_000, ...more }
  const app = await build(t, {}, { journal })
  return { ...standIn, app, headers: bearer(await setUp(app)) }
}

t.test('a journalctl that hangs is killed with its child processes, and the answer says so', async (t) => {
  const { logDir, journalctl, written, running } = await createStandIn(t, HANG)
  const reply = await openLogs(logDir, { journalctl, timeoutMs: 5000 }).list()
  t.match(reply, { total: 0, complete: false, next: null, reason: /took too long/ })
  t.equal(written('pids').length, 2)
  t.same(running(), [])
})

t.test('a journalctl that prints without end is killed, and the answer says so', async (t) => {
  const { logDir, journalctl } = await createStandIn(t, 'yes "$(printf %01000d 0)"')
  const reply = await openLogs(logDir, { journalctl, maxBytes: 1_000_000 }).list()
  t.match(reply, { total: 0, complete: false, reason: /too much to read/ })
})

t.test('an overlong line is skipped, and the entries after it are returned', async (t) => {
  const cursor = `s=${'a'.repeat(32)};i=1;b=${'b'.repeat(32)};m=1;t=60a241e32a580;x=1`
  const entry = JSON.stringify({ __CURSOR: cursor, __REALTIME_TIMESTAMP: '1700000000000000', MESSAGE: 'after it' })
  const long = 'head -c 20000000 /dev/zero | tr "\\0" x; echo'
  const { logDir, journalctl } = await createStandIn(t, `${long}\necho '${entry}'\necho 'no JSON'`)
  const reply = await openLogs(logDir, { journalctl }).list()
  t.match(reply, { total: 1, complete: true, logs: [{ message: 'after it' }], reason: /more than 1 MiB was skipped/ })
})

t.test('the error message of journalctl is the reason', async (t) => {
  const { logDir, journalctl } = await createStandIn(t, 'echo "No journal files were opened" >&2; exit 1')
  t.match(await openLogs(logDir, { journalctl }).list(), {
    total: 0,
    complete: true,
    source: 'journal',
    reason: 'No journal files were opened; journalctl ended with 1'
  })
})

t.test('a host without journalctl reads syslog’s file, or says what is missing', async (t) => {
  const { logDir } = await createStandIn(t, '')
  const logs = openLogs(logDir, { journalctl: '/nonexistent/journalctl' })
  t.match(await logs.list(), { total: 0, source: null, reason: /journalctl is not installed/ })
  writeFileSync(join(logDir, 'syslog'), '2025-12-01T10:00:00Z pve1 cron[1]: a line\n')
  t.match(await logs.list(), {
    logs: [{ message: 'a line' }],
    source: join(logDir, 'syslog'),
    reason: /journalctl is not installed/
  })
})

t.test('no text from the client becomes an option, a pattern or a path', async (t) => {
  const { app, headers, written } = await open(t, 'printf "%s\\n" "$@" > "$0.args"')
  const ours = /^--(system|directory=\/.*|reverse|quiet|no-pager|output=json|output-fields=[A-Z_,]+)$/
  const sent = ['-x', '--file=/etc/shadow', '/etc/passwd', '*', '+', '$(reboot)', 'a b;c']
  for (const value of sent) {
    const name = encodeURIComponent(value)
    const { statusCode } = await app.inject({
      url: `/api/logs?unit=${name}&identifier=${name}&search=${name}`,
      headers
    })
    t.equal(statusCode, 200, value)
    const args = written('args')
    const end = args.indexOf('--')
    t.ok(end > 0)
    t.same(
      args.slice(0, end).filter((arg) => !ours.test(arg)),
      [`--identifier=${value}`]
    )
    t.same(args.slice(end + 1), [`_SYSTEMD_UNIT=${value}.service`, '+', `UNIT=${value}.service`, '_PID=1'])
  }
})

for (const path of ['/api/logs', '/api/logs/download']) {
  t.test(`a disconnect of the client of ${path}, and a shutdown, end the programs it started`, async (t) => {
    const { app, headers, written, running } = await open(t, HANG)
    const base = await app.listen({ host: '127.0.0.1', port: 0 })
    const ask = () => {
      const asked = request(`${base}${path}`, { headers, agent: false })
      asked.on('error', () => {})
      return asked
    }
    const first = ask()
    await until(() => written('pids').length === 2)
    t.equal(running().length, 2)
    first.destroy()
    await until(() => running().length === 0)
    const second = ask()
    await until(() => written('pids').length === 4)
    t.equal(running().length, 2)
    const closed = once(second, 'close')
    await app.close()
    await closed
    t.same(running(), [])
  })
}
