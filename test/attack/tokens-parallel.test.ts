import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { tokenHash } from '../../lib/auth/tokens.ts'
import type { AuthFile } from '../../schemas/auth/auth-file.ts'
import { bearer, PASSWORD, temporaryFolder } from '../support/app.ts'
import { comes, passTime } from '../support/waiting.ts'
import { type Daemon, startDaemon } from './harness.ts'

const CLIENTS = 10
const MINTS = 100

// Most of the time is spent hashing passwords, on as few threads as the machine has.
t.setTimeout(300_000)

interface Minted {
  id: string
  token: string
}
/** The acknowledged requests, and the requests without an answer. */
interface Told {
  minted: Minted[]
  revoked: Set<string>
  unanswered: { mints: number; revocations: Set<string> }
  onAnswer?: () => void
}

const newTold = (): Told => ({ minted: [], revoked: new Set(), unanswered: { mints: 0, revocations: new Set() } })
const numbers = (count: number) => Array.from({ length: count }, (_, i) => i)
const storedIn = async (folder: string): Promise<AuthFile> =>
  JSON.parse(await readFile(join(folder, 'config/auth.json'), 'utf8'))

async function setUpOver(daemon: Daemon): Promise<string> {
  const reply = await fetch(`${daemon.url}/api/auth/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'admin', password: PASSWORD })
  })
  return ((await reply.json()) as { token: string }).token
}

/** A client of its own address, as behind a proxy: the attempts of one address are checked one after the other. */
function createClient(daemon: Daemon, session: string, address: string, told: Told) {
  const headers = { ...bearer(session), 'x-forwarded-for': address, 'content-type': 'application/json' }
  /** Asks until the daemon is not busy; null when it is gone. */
  const ask = async (method: string, path: string, body?: unknown): Promise<Minted | null> => {
    for (;;) {
      let reply: Response
      let answer: Minted
      try {
        reply = await fetch(`${daemon.url}${path}`, { method, headers, body: body ? JSON.stringify(body) : null })
        answer = (await reply.json()) as Minted
      } catch {
        return null
      }
      if (reply.status === 200) return answer
      if (reply.status !== 503) throw new Error(`${method} ${path}: ${reply.status} ${JSON.stringify(answer)}`)
      // As long as the daemon asks for.
      await passTime(Number(reply.headers.get('retry-after')) * 1000)
    }
  }

  return {
    async mint(name: string): Promise<Minted | null> {
      told.unanswered.mints++
      const minted = await ask('POST', '/api/auth/generate-api-token', { password: PASSWORD, token_name: name })
      if (minted === null) return null
      told.unanswered.mints--
      told.minted.push(minted)
      told.onAnswer?.()
      return minted
    },
    async revoke({ id }: Minted): Promise<boolean> {
      told.unanswered.revocations.add(id)
      if ((await ask('DELETE', `/api/auth/api-tokens/${id}`)) === null) return false
      told.unanswered.revocations.delete(id)
      told.revoked.add(id)
      told.onAnswer?.()
      return true
    }
  }
}

/** Compares auth.json with the acknowledged requests. */
function compare(t: Test, file: AuthFile, told: Told): void {
  const entries = file.api_tokens ?? []
  const hashes = entries.map((entry) => entry.token_hash)
  const revoked = file.revoked_tokens ?? []
  const known = new Set(hashes)
  t.equal(known.size, entries.length, 'no entry is there twice')
  t.equal(new Set(revoked).size, revoked.length, 'and no revocation')
  t.same(
    told.minted.filter(({ token }) => !known.has(tokenHash(token))),
    [],
    'every token that was given out is there'
  )
  const extra = entries.length - told.minted.length
  t.ok(extra >= 0 && extra <= told.unanswered.mints, `${extra} beyond these, of ${told.unanswered.mints} unanswered`)
  const revokedIds = new Set(revoked.map((hash) => hash.slice(0, 16)))
  t.same(
    [...told.revoked].filter((id) => !revokedIds.has(id)),
    [],
    'every revocation that was confirmed is there'
  )
  const surplus = [...revokedIds].filter((id) => !told.revoked.has(id) && !told.unanswered.revocations.has(id))
  t.same(surplus, [], 'and no token that no client asked for')
}

/** The tokens themselves: revoked tokens are refused, and all others are valid. */
async function tryAll(t: Test, daemon: Daemon, told: Told): Promise<void> {
  const statuses = await Promise.all(
    told.minted.map(async ({ id, token }) => {
      const { status } = await fetch(`${daemon.url}/api/system`, { headers: bearer(token) })
      if (told.unanswered.revocations.has(id)) return true
      return status === (told.revoked.has(id) ? 401 : 200)
    })
  )
  t.notOk(statuses.includes(false), 'each token is as good as was said')
}

t.test('100 mints and 50 revocations by 10 concurrent clients: no token is lost or duplicated', async (t) => {
  const folder = await temporaryFolder(t)
  const daemon = await startDaemon(t, folder)
  const session = await setUpOver(daemon)
  const told = newTold()
  const started = performance.now()
  await Promise.all(
    numbers(CLIENTS).map(async (i) => {
      const client = createClient(daemon, session, `203.0.113.${i}`, told)
      for (const n of numbers(MINTS / CLIENTS)) {
        const minted = await client.mint(`client ${i}`)
        if (n % 2 === 0) await client.revoke(minted!)
      }
    })
  )
  t.comment(`${Math.round(performance.now() - started)} ms`)
  t.same([told.minted.length, told.revoked.size], [MINTS, MINTS / 2])
  t.equal(new Set(told.minted.map(({ token }) => token)).size, MINTS, 'each is another')
  compare(t, await storedIn(folder), told)
  await tryAll(t, daemon, told)
})

t.test('mints and revocations confirmed before repeated kills are neither lost nor duplicated', async (t) => {
  const folder = await temporaryFolder(t)
  const told = newTold()
  let daemon = await startDaemon(t, folder)
  const session = await setUpOver(daemon)
  const started = performance.now()
  let kills = 0
  while ((told.minted.length < MINTS || kills < 5) && performance.now() - started < 40_000) {
    const clients = numbers(CLIENTS).map(async (i) => {
      // Another address each time: an attempt that was killed counts as failed.
      const client = createClient(daemon, session, `10.0.${kills}.${i}`, told)
      for (;;) {
        const minted = await client.mint(`client ${i}`)
        if (minted === null || (Math.random() < 0.5 && !(await client.revoke(minted)))) return
      }
    })
    // Long enough for some hashes, on a busy machine too; then at any moment, or with the very next answer.
    const before = told.minted.length
    await comes(() => told.minted.length >= before + CLIENTS, { withinMs: 6000 })
    const kill = () => daemon.signal('SIGKILL')
    if (kills % 2 === 0) told.onAnswer = kill
    else void passTime(Math.random() * 300).then(kill)
    kills++
    await daemon.exited
    await Promise.all(clients)
    delete told.onAnswer
    compare(t, await storedIn(folder), told)
    daemon = await startDaemon(t, folder)
  }
  t.comment(`${told.minted.length} tokens, ${told.revoked.size} revocations, ${kills} kills`)
  t.ok(told.minted.length >= 30 && told.revoked.size >= 10 && kills >= 3, 'enough happened')
  await tryAll(t, daemon, told)
  const listed = await fetch(`${daemon.url}/api/auth/api-tokens?revoked=1`, { headers: bearer(session) })
  const { tokens } = (await listed.json()) as { tokens: { id: string; revoked: boolean }[] }
  const ids = new Set(tokens.map(({ id }) => id))
  t.ok(
    told.minted.every(({ id }) => ids.has(id)),
    'and the list shows them'
  )
})
