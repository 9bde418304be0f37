import { readFileSync } from 'node:fs'
import { chmod, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Test } from 'tap'
import type { Fail2banOptions } from '../../plugins/security/fail2ban.ts'
import { build, setUp, temporaryFolder } from '../support/app.ts'
import { openSession } from '../support/sessions.ts'

/** What fail2ban-client prints of a jail with these entries. */
export const statusOf = (banned: readonly string[]) => `Status for the jail: proxmenux
|- Filter
|  |- Currently failed:\t0
|  |- Total failed:\t0
|  \`- File list:\t/var/log/proxmenux-auth.log
\`- Actions
   |- Currently banned:\t${banned.length}
   |- Total banned:\t${banned.length}
   \`- Banned IP list:\t${banned.join(' ')}
`

/** A client program with scripted behaviour, which records the process ids of all it starts. */
export async function createStandIn(folder: string) {
  const at = (name: string) => join(folder, name)
  const file = at('stand-in')
  const pids = async () => (await readFile(at('pids'), 'utf8')).trim().split('\n').map(Number)
  await writeFile(at('pids'), '')
  await writeFile(file, `#!/bin/sh\necho $$ >> ${at('pids')}\n. ${at('behaviour')}\n`)
  await chmod(file, 0o755)
  // Renamed into place: a shell that reads it just then sees the one or the other.
  const behave = async (script: string) => {
    await writeFile(at('behaviour.new'), `cd ${folder}\n${script}\n`)
    await rename(at('behaviour.new'), at('behaviour'))
  }
  return {
    file,
    behave,
    answer: async (banned: readonly string[]) => {
      await writeFile(at('status.new'), statusOf(banned))
      await rename(at('status.new'), at('status'))
      await writeFile(at('socket'), '')
      await behave('case $1 in status) cat status ;; get) echo 600 ;; *) echo 1 ;; esac')
    },
    pids,
    running: async () => (await pids()).filter(isRunning)
  }
}

/** A zombie does not count: an orphan is left to init, which may take its time. */
function isRunning(pid: number): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

/** The daemon over a stand-in that has banned 192.0.2.1, asked every 50 ms. */
export async function buildWithStandIn(t: Test, options: Fail2banOptions = {}) {
  const folder = await temporaryFolder(t)
  const standIn = await createStandIn(folder)
  await standIn.answer(['192.0.2.1'])
  // Not this machine's own.
  const databaseFile = join(folder, 'no-database')
  const times = { intervalMs: 50, timeoutMs: 20_000, databaseFile, ...options }
  const app = await build(t, { fail2banClient: standIn.file }, { folder, fail2ban: times })
  await app.ready()
  await setUp(app)
  const { headers } = await openSession(app, 1, { confirmed: true })
  const details = async () => (await app.inject({ url: '/api/security/fail2ban/details', headers })).json()
  return {
    app,
    standIn,
    details,
    state: async () => (await details()).state,
    unban: (ip: unknown, jail?: string) =>
      app.inject({
        method: 'POST',
        url: '/api/security/fail2ban/unban',
        headers,
        payload: { ip, ...(jail !== undefined && { jail }) } as object
      }),
    from: async (address: string) =>
      (await app.inject({ url: '/api/auth/status', headers: { 'x-forwarded-for': address } })).statusCode,
    health: async () => (await app.inject('/api/system-info')).json().health,
    log: () => readFile(join(folder, 'auth.log'), 'utf8')
  }
}
