import { execFile, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import type { Test } from 'tap'
import { comes } from '../support/waiting.ts'

export const deployed = resolve(import.meta.dirname, '../../deploy/fail2ban')
export const run = promisify(execFile)

/** Debian's fail2ban; on a user's machine without it the test says what would run it, on CI it fails. */
export const missing =
  existsSync('/usr/bin/fail2ban-server') || process.env.CI ? false : 'needs fail2ban: apt-get install fail2ban'

export interface Fail2ban {
  /** Stands for fail2ban-client: asks this server. */
  client: string
  ask: (...args: string[]) => Promise<string>
  banned: () => Promise<string[]>
  /** What its action did, such as `ban 192.0.2.1`. */
  actions: () => Promise<string[]>
  stop: () => Promise<void>
}

/**
 * The real server with the shipped filter and jail, in a folder of its own: nothing of this machine's is read, written or
 * blocked. Beside the places only the action is another, and that loopback addresses count.
 */
export async function startFail2ban(t: Test, folder: string, authLog: string): Promise<Fail2ban> {
  const etc = join(folder, 'fail2ban')
  const actions = join(folder, 'actions')
  const at = (name: string) => join(folder, name)
  await mkdir(join(etc, 'action.d'), { recursive: true })
  await cp(deployed, etc, { recursive: true })
  const definition = { logtarget: at('fail2ban.log'), socket: at('socket'), pidfile: at('pid'), dbfile: at('db') }
  const section = (name: string, values: Record<string, string>) =>
    [`[${name}]`, ...Object.entries(values).map((pair) => pair.join(' = ')), ''].join('\n')
  await writeFile(join(etc, 'fail2ban.conf'), section('Definition', { loglevel: 'INFO', ...definition }))
  await writeFile(join(etc, 'jail.conf'), section('DEFAULT', {}))
  const changes = { logpath: authLog, backend: 'polling', ignoreself: 'false', ignoreip: '', action: 'to-file' }
  await writeFile(join(etc, 'jail.d/proxmenux.local'), section('proxmenux', changes))
  const action = { actionban: `echo ban <ip> >> ${actions}`, actionunban: `echo unban <ip> >> ${actions}` }
  await writeFile(join(etc, 'action.d/to-file.conf'), section('Definition', action))
  for (const file of [authLog, actions]) await writeFile(file, '', { flag: 'a' })
  const client = at('fail2ban-client')
  await writeFile(client, `#!/bin/sh\nexec fail2ban-client -c ${etc} -s ${at('socket')} -p ${at('pid')} "$@"\n`)
  await chmod(client, 0o755)

  const server = spawn('fail2ban-server', ['-c', etc, '-s', at('socket'), '-p', at('pid'), '-f', 'start'], {
    stdio: 'ignore'
  })
  const exited = new Promise((done) => server.once('exit', done))
  const stop = async () => {
    if (server.exitCode === null && server.signalCode === null) server.kill('SIGTERM')
    await exited
  }
  t.teardown(stop)
  const ask = async (...args: string[]) => (await run(client, args)).stdout.trim()
  const isUp = () =>
    ask('status', 'proxmenux').then(
      () => true,
      () => false
    )
  if (!(await comes(isUp))) throw new Error(`fail2ban did not start: ${await readFile(at('fail2ban.log'), 'utf8')}`)
  return {
    client,
    ask,
    banned: async () => (await ask('get', 'proxmenux', 'banip')).split(/\s+/).filter((word) => word !== ''),
    actions: async () => (await readFile(actions, 'utf8')).trim().split('\n'),
    stop
  }
}
