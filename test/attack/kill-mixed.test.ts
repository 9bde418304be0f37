import { execFile } from 'node:child_process'
import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import t, { type Test } from 'tap'
import { PASSWORD, temporaryFolder } from '../support/app.ts'
import { missing, selfSigned } from '../support/certificates.ts'
import { executable } from '../support/executable.ts'
import { passTime } from '../support/waiting.ts'
import { writeShell } from '../terminal/plain-shell.ts'
import { type Daemon, environmentIn, startDaemon } from './harness.ts'
import { type Facts, logIn, newAddress, noFacts, OWNER_ADDRESS, runTraffic, send } from './mixed-traffic.ts'

/** `KILLS=200 npx tap test/attack/kill-mixed.test.ts` is the whole of it; `SEED` repeats a run's choices. */
const KILLS = Number(process.env.KILLS ?? 10)
const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000)
const TIMEOUT_MS = 120_000 + KILLS * 30_000

t.setTimeout(TIMEOUT_MS)

/** mulberry32: the same choices for the same seed, though not at the same moments. */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let z = Math.imul(state ^ (state >>> 15), 1 | state)
    z = (z + Math.imul(z ^ (z >>> 7), 61 | z)) ^ z
    return ((z ^ (z >>> 14)) >>> 0) / 2 ** 32
  }
}

const isLive = async (daemon: Daemon, token: string) =>
  (await send(daemon, 'GET', '/api/auth/me', { token })).status === 200

/** What is no longer true of the acknowledged, in words. */
async function brokenPromises(daemon: Daemon, facts: Facts, owner: string): Promise<string[]> {
  const broken: string[] = []
  const expect = (isKept: boolean, what: string) => void (isKept || broken.push(what))
  for (const token of facts.live) expect(await isLive(daemon, token), 'a session that was opened is over')
  for (const token of facts.ended) expect(!(await isLive(daemon, token)), 'a session that was ended is open')
  for (const token of facts.minted.values()) {
    if (token !== '') expect(await isLive(daemon, token), 'an API token that was minted is not known')
  }
  for (const token of facts.revoked) expect(!(await isLive(daemon, token)), 'a revoked API token is good')

  const present: string[] = []
  for (const password of facts.passwords) {
    if ((await logIn(daemon, 'ada', password)).status === 200) present.push(password)
  }
  expect(present.length === 1, `${present.length} of ${facts.passwords.size} passwords are good`)
  for (const password of [...facts.formerPasswords].slice(-1))
    expect((await logIn(daemon, 'ada', password)).status === 401, 'a changed password is good again')
  facts.passwords = new Set(present)

  const { users } = (await send(daemon, 'GET', '/api/users', { token: owner })).body as {
    users: { username: string; display_name: string }[]
  }
  const name = users.find(({ username }) => username === 'ada')!.display_name
  expect(facts.displayName === null || name === facts.displayName, 'a changed user is as before')
  const speaksHttps = /Server listening at https:/.test(daemon.output())
  expect(facts.https === null || speaksHttps === facts.https, `HTTPS is ${speaksHttps ? 'on' : 'off'}`)
  Object.assign(facts, { displayName: name, https: speaksHttps })

  const own = await logIn(daemon, 'admin', PASSWORD, OWNER_ADDRESS)
  expect(own.status === 200, `the owner, who never mistyped, is answered ${own.status} ${own.body.message}`)
  return broken
}

const temporaryFiles = async (folder: string): Promise<string[]> =>
  (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.tmp'))

async function verifyAudit(folder: string): Promise<string | null> {
  const run = promisify(execFile)(executable, ['audit', 'verify'], { env: environmentIn(folder) })
  return run.then(
    () => null,
    (error: { code: number; stdout: string; stderr: string }) => `${error.code} ${error.stdout}${error.stderr}`
  )
}

t.test(
  `after ${KILLS} kills under mixed traffic the daemon has lost nothing it confirmed`,
  { skip: missing },
  async (t: Test) => {
    t.comment(`SEED=${SEED}`)
    const random = createRandom(SEED)
    const folder = await temporaryFolder(t)
    await mkdir(join(folder, 'certificates'))
    const pairs = [1, 2].map((n) => selfSigned(join(folder, 'certificates'), `server-${n}`))
    const more = { MONITOR_SHELL: await writeShell(folder), MONITOR_RATE_LIMIT_REFRESH: '1000000000' }
    const facts = noFacts()

    let daemon = await startDaemon(t, folder, more)
    const setup = await send(daemon, 'POST', '/api/auth/setup', { body: { username: 'admin', password: PASSWORD } })
    const owner = setup.body.token as string
    const giveAgain = async () => {
      const { status } = await send(daemon, 'POST', '/api/auth/confirm', { token: owner, body: { password: PASSWORD } })
      if (status !== 200) throw new Error(`the confirmation answered ${status}`)
    }
    await giveAgain()
    const ada = { username: 'ada', password: PASSWORD, user_type: 'support', permissions: ['system.view'] }
    const created = await send(daemon, 'POST', '/api/users', { token: owner, body: ada, from: newAddress() })
    const adaId = (created.body.user as { id: number }).id

    for (let round = 1; round <= KILLS; round++) {
      const traffic = runTraffic({ daemon, facts, owner, adaId, pairs, random })
      // At any moment.
      await Promise.race([traffic, passTime(300 + random() * 3000)])
      daemon.signal('SIGKILL')
      await daemon.exited
      await traffic

      daemon = await startDaemon(t, folder, more)
      const left = await temporaryFiles(folder)
      if (left.length > 0) t.fail(`round ${round}: left behind: ${left}`)
      for (const what of await brokenPromises(daemon, facts, owner)) t.fail(`round ${round}: ${what}`)
      const audit = await verifyAudit(folder)
      if (audit !== null) t.fail(`round ${round}: audit verify: ${audit}`)
      await giveAgain()
      // Of what held once, a sample is enough.
      facts.ended = new Set([...facts.ended].slice(-20))
      facts.live = new Set([...facts.live].slice(-20))
    }
    t.ok(facts.acknowledged > KILLS, `${facts.acknowledged} changes were acknowledged`)
  }
)
