import { type ChildProcess, fork } from 'node:child_process'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { createDocumentReader } from '../../lib/storage/json-document.ts'
import { type AuthFile, AuthFileSchema } from '../../schemas/auth/auth-file.ts'
import { PASSWORD, temporaryFolder } from '../support/app.ts'
import { comes, passTime } from '../support/waiting.ts'
import { type Daemon, startDaemon } from './harness.ts'

const LANES = 2
const ROUNDS = 100

// Beyond the runner's own limit: most of the time is spent starting the daemon 200 times.
t.setTimeout(600_000)

/** One change of the display name, with the times between which it happened; `end` is null without an answer. */
interface Change {
  name: string
  start: number
  end: number
  acknowledged: boolean
}

// From a new place each time: a login that was killed half-way counts as failed, and two hundred of them would lock.
let requests = 0
const send = (daemon: Daemon, method: string, path: string, token: string, body?: unknown) =>
  fetch(`${daemon.url}${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      'x-forwarded-for': `10.${(requests >> 16) & 255}.${(requests >> 8) & 255}.${requests++ & 255}`,
      ...(token ? { authorization: `Bearer ${token}` } : {})
    },
    body: body === undefined ? null : JSON.stringify(body)
  })

/** Changes the name on and on, until the daemon is gone. */
async function rename(daemon: Daemon, token: string, client: string, changes: Change[]): Promise<void> {
  for (;;) {
    const change = { name: `${client} ${changes.length}`, start: performance.now(), end: 0, acknowledged: false }
    changes.push(change)
    try {
      const reply = await send(daemon, 'PUT', '/api/auth/profile', token, { display_name: change.name })
      const body = (await reply.json()) as { display_name?: string }
      change.acknowledged = reply.status === 200 && body.display_name === change.name
      if (!change.acknowledged) throw new Error(`the name was refused: ${reply.status} ${JSON.stringify(body)}`)
    } catch (error) {
      change.end = performance.now()
      if ((error as Error).message.startsWith('the name')) throw error
      return
    }
    change.end = performance.now()
  }
}

async function logIn(daemon: Daemon, tokens: string[]): Promise<void> {
  for (;;) {
    try {
      const reply = await send(daemon, 'POST', '/api/auth/login', '', { username: 'admin', password: PASSWORD })
      const body = (await reply.json()) as { token?: string }
      if (reply.status === 200) tokens.push(body.token!)
    } catch {
      return
    }
  }
}

/** The second program. Everything it says has been stored by then. */
function startWriter(t: Test, folder: string, stored: { token: Set<string>; revoked: Set<string> }) {
  const child: ChildProcess = fork(join(import.meta.dirname, 'writer.ts'), [
    join(folder, 'config/auth.json'),
    join(folder, 'config/.auth.lock')
  ])
  let paused: (() => void) | undefined
  child.on(
    'message',
    (message: { kind: 'token' | 'revoked' | 'paused' | 'failed'; hash: string; message?: string }) => {
      if (message.kind === 'paused') paused?.()
      else if (message.kind === 'failed') t.fail(`the second program could not write: ${message.message}`)
      else stored[message.kind].add(message.hash)
    }
  )
  const gone = new Promise<void>((done) => child.once('exit', () => done()))
  t.teardown(() => child.kill('SIGKILL'))
  return {
    pause: () =>
      Promise.race([
        new Promise<void>((done) => {
          paused = done
          child.send('pause')
        }),
        gone
      ]),
    resume: () => child.send('resume'),
    async kill() {
      child.kill('SIGKILL')
      await gone
    }
  }
}

/** A change acknowledged before another acknowledged change began can no longer be in the file. */
function isPossible(name: string | null | undefined, changes: readonly Change[]): boolean {
  const found = changes.find((change) => change.name === name)
  if (!found) return !changes.some((change) => change.acknowledged)
  return !changes.some((change) => change.acknowledged && change.start > found.end)
}

/** One daemon and its clients, killed and started again `ROUNDS` times. */
async function killOnAndOn(t: Test): Promise<void> {
  const folder = await temporaryFolder(t)
  const authFile = join(folder, 'config/auth.json')
  const read = createDocumentReader(AuthFileSchema)
  const stored = { token: new Set<string>(), revoked: new Set<string>() }
  const sessions: string[] = []
  const changes: Change[] = []
  const counted = { leftovers: 0, sessions: 0 }

  let daemon = await startDaemon(t, folder)
  const setup = await send(daemon, 'POST', '/api/auth/setup', '', { username: 'admin', password: PASSWORD })
  const owner = ((await setup.json()) as { token: string }).token
  sessions.push(owner)
  let writer = startWriter(t, folder, stored)

  for (let round = 1; round <= ROUNDS; round++) {
    const clients = [
      rename(daemon, owner, 'first', changes),
      rename(daemon, owner, 'second', changes),
      logIn(daemon, sessions)
    ]
    // A login costs a hash, and on a busy machine a second: every tenth round waits for one to be answered.
    const before = sessions.length
    if (round % 10 === 0) await comes(() => sessions.length > before, { withinMs: 5000 })
    // And is killed at a random moment.
    await passTime(20 + Math.random() * 100)
    daemon.signal('SIGKILL')
    await daemon.exited
    await Promise.all(clients)
    if (round % 7 === 0) {
      await writer.kill()
      writer = startWriter(t, folder, stored)
    }

    const confirmed = { token: [...stored.token], revoked: [...stored.revoked] }
    const document = await read(await readFile(authFile))
    if (!document.ok) throw new Error(`round ${round}: auth.json is broken: ${document.fault}`)
    const file: AuthFile = document.data
    if (!isPossible(file.display_name, changes)) {
      t.fail(`round ${round}: a confirmed name is missing`, { found: file.display_name, last: changes.slice(-6) })
    }
    const tokens = new Set(file.api_tokens?.map((entry) => entry.token_hash))
    const revoked = new Set(file.revoked_tokens)
    const lost = [
      ...confirmed.token.filter((hash) => !tokens.has(hash)),
      ...confirmed.revoked.filter((hash) => !revoked.has(hash))
    ]
    if (lost.length > 0) t.fail(`round ${round}: ${lost.length} confirmed entries are missing`)
    if (((await stat(authFile)).mode & 0o777) !== 0o600) t.fail(`round ${round}: auth.json is open to others`)
    counted.leftovers +=
      (await readdir(join(folder, 'config'))).filter((name) => name.endsWith('.tmp')).length > 0 ? 1 : 0

    daemon = await startDaemon(t, folder)
    await writer.pause()
    const left = (await readdir(join(folder, 'config'))).filter((name) => name.endsWith('.tmp'))
    if (left.length > 0) t.fail(`round ${round}: left behind after a start: ${left}`)
    writer.resume()
    for (const token of sessions.slice(counted.sessions)) {
      const status = (await (await send(daemon, 'GET', '/api/auth/status', token)).json()) as { authenticated: boolean }
      if (!status.authenticated) t.fail(`round ${round}: a session that was confirmed is over`)
    }
    counted.sessions = sessions.length
  }

  const replies = await Promise.all(sessions.map((token) => send(daemon, 'GET', '/api/auth/profile', token)))
  t.ok(
    replies.every((reply) => reply.status === 200),
    'every session of all rounds is still good'
  )
  const confirmed = changes.filter((change) => change.acknowledged).length
  t.ok(
    confirmed > ROUNDS && sessions.length > 5 && stored.token.size > 50 && stored.revoked.size > 50,
    'enough happened'
  )
  t.comment(`${confirmed} names, ${sessions.length} sessions, ${stored.token.size} + ${stored.revoked.size} entries`)
  t.comment(`a temporary file was left behind by ${counted.leftovers} kills`)
}

t.test(`after ${LANES * ROUNDS} kills in the middle of a write the daemon has lost nothing it confirmed`, (t) => {
  t.setTimeout(600_000)
  return Promise.all(Array.from({ length: LANES }, () => killOnAndOn(t)))
})
