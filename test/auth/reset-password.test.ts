import { spawn, spawnSync } from 'node:child_process'
import { chownSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { startDaemon } from '../attack/harness.ts'
import { bearer, PASSWORD, temporaryFolder } from '../support/app.ts'
import { executable } from '../support/executable.ts'
import { until } from '../support/waiting.ts'

/** The real command. */
function reset(folder: string) {
  const env = { PATH: process.env.PATH, HOME: folder, MONITOR_CONFIG_DIR: folder }
  const { status, stdout, stderr } = spawnSync(executable, ['reset-password', '--yes'], { encoding: 'utf8', env })
  return { code: status, text: stdout + stderr }
}
const copiesIn = (folder: string) => readdirSync(folder).filter((name) => name.startsWith('auth.json.bak-'))
const read = (path: string) => JSON.parse(readFileSync(path, 'utf8'))

t.test('a running daemon returns to its first launch, and API tokens stay valid', async (t) => {
  const place = await temporaryFolder(t)
  const folder = join(place, 'config')
  const daemon = await startDaemon(t, place)
  const ask = async (path: string, token = '', body?: object) => {
    const headers = { 'content-type': 'application/json', ...(token ? bearer(token) : {}) }
    const reply = await fetch(
      daemon.url + path,
      body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers }
    )
    return { status: reply.status, json: (await reply.json()) as Record<string, unknown> }
  }
  const owner = { username: 'admin', password: PASSWORD }
  const session = String((await ask('/api/auth/setup', '', owner)).json.token)
  const minted = await ask('/api/auth/generate-api-token', session, {
    password: PASSWORD,
    token_name: 'Home Assistant'
  })
  const token = String(minted.json.token)
  t.equal((await ask('/api/system', token)).status, 200)
  const before = readFileSync(join(folder, 'auth.json'))

  const { code, text } = reset(folder)
  t.equal(code, 0, text)
  const [copy = '', ...others] = copiesIn(folder)
  t.same(others, [])
  t.match(copy, /^auth\.json\.bak-\d{8}T\d{6}Z$/)
  t.match(text, copy)
  t.ok(readFileSync(join(folder, copy)).equals(before), 'the copy is the file as it was')
  t.equal(statSync(join(folder, copy)).mode & 0o777, 0o600)
  const after = read(join(folder, 'auth.json'))
  t.match(after, { username: null, password_hash: null, totp_secret: null, backup_codes: [], configured: false })
  for (const kept of ['jwt_secret', 'api_tokens']) t.same(after[kept], JSON.parse(String(before))[kept], kept)

  await until(async () => (await ask('/api/auth/status')).json.auth_configured === false)
  t.equal((await ask('/api/system', session)).status, 403, 'nothing is open before the decision')
  t.match(reset(folder), { code: 1, text: /there is no login to reset/ })
  t.equal((await ask('/api/auth/setup', '', { ...owner, password: 'Another-Horse-7' })).status, 200)
  t.equal((await ask('/api/system', token)).status, 200, 'the API token is good still')
  t.equal((await ask('/api/system', session)).status, 401, 'also for an owner of the same name')
})

t.test('a file that cannot be reset is not changed', async (t) => {
  const folder = await temporaryFolder(t)
  t.match(reset(folder), { code: 1, text: /^reset-password: there is no .*auth\.json; set MONITOR_CONFIG_DIR/ })
  t.same(readdirSync(folder), [], 'no file is created')
  const path = join(folder, 'auth.json')
  writeFileSync(path, '{"username": "admin", ')
  t.match(reset(folder), { code: 1, text: /cannot be read: not valid JSON at line 1/ })
  t.equal(readFileSync(path, 'utf8'), '{"username": "admin", ')
  t.same(copiesIn(folder), [])
  if (process.getuid!() !== 0) return
  writeFileSync(path, JSON.stringify({ username: 'admin', password_hash: 'a'.repeat(64), jwt_secret: 's'.repeat(64) }))
  chownSync(path, 65_534, 65_534)
  t.match(reset(folder), { code: 1, text: /belongs to the user with the id 65534/ })
  t.equal(read(path).username, 'admin')
})

t.test('of concurrent resets one succeeds, and the copy has the previous content', async (t) => {
  const folder = await temporaryFolder(t)
  const before = JSON.stringify({ username: 'admin', password_hash: 'a'.repeat(64), jwt_secret: 's'.repeat(64) })
  writeFileSync(join(folder, 'auth.json'), before)
  const env = { PATH: process.env.PATH, HOME: folder, MONITOR_CONFIG_DIR: folder }
  const runs = [1, 2, 3].map(() => spawn(executable, ['reset-password', '--yes'], { env, stdio: 'ignore' }))
  const codes = await Promise.all(runs.map((run) => new Promise((done) => run.once('exit', done))))
  t.same(codes.toSorted(), [0, 1, 1])
  const copies = copiesIn(folder)
  t.equal(copies.length, 1)
  t.equal(readFileSync(join(folder, copies[0]!), 'utf8'), before)
})

t.test('the choice of no password is reset too', async (t) => {
  const folder = await temporaryFolder(t)
  const path = join(folder, 'auth.json')
  writeFileSync(path, JSON.stringify({ enabled: false, configured: true, declined: true, jwt_secret: 's'.repeat(64) }))
  t.match(reset(folder), { code: 0, text: /^The choice of no password is gone/ })
  t.match(read(path), { declined: false, configured: false, jwt_secret: 's'.repeat(64) })
})
