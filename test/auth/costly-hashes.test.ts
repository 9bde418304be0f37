import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { findBackupCode } from '../../lib/auth/backup-codes.ts'
import { costFaultOf, costFaultsOf, MAX_ITERATIONS } from '../../lib/auth/passwords/cost.ts'
import { hashCodes, ITERATIONS } from '../../lib/auth/passwords/derive.ts'
import { createHasher } from '../../lib/auth/passwords/hasher.ts'
import { resetPassword } from '../../lib/command-line/reset-password.ts'
import { build, PASSWORD, setUp, TRUE_HASHES, temporaryFolder } from '../support/app.ts'
import { ADA, login } from '../support/users.ts'

const base64 = (bytes: number) => Buffer.alloc(bytes, 7).toString('base64')
const hashOf = (iterations: number | string, salt = 16, hash = 32) =>
  `pbkdf2_sha256$${iterations}$${base64(salt)}$${base64(hash)}`

/** Written by hand: each would hold every login up for minutes, or use the memory up. */
const costly: Record<string, [string, RegExp]> = {
  'iterations of the old bound': [hashOf(99_999_999), /more than 10000000 iterations/],
  'one iteration too many': [hashOf(MAX_ITERATIONS + 1), /iterations/],
  'iterations beyond any number': [hashOf('9'.repeat(400)), /iterations/],
  'a long salt': [hashOf(ITERATIONS, 1_000_000), /salt of more than 128 bytes/],
  'a long hash': [hashOf(ITERATIONS, 16, 1_000_000), /hash of more than 32 bytes/],
  'a hash of two blocks': [hashOf(ITERATIONS, 16, 33), /hash of more than 32 bytes/]
}

t.test('the bounds accept the hashes of every known version', async (t) => {
  for (const hash of [hashOf(1), hashOf(ITERATIONS), hashOf(MAX_ITERATIONS), hashOf(600_000, 128), 'ab'.repeat(32)])
    t.equal(costFaultOf(hash), null)
  for (const [name, [hash, why]] of Object.entries(costly)) t.match(costFaultOf(hash), why, name)
})

/** A daemon with an owner and ada, whose file is then edited by hand. */
async function startWith(
  t: Test,
  edit: (file: Record<string, unknown> & { users: Record<string, unknown>[] }) => void
) {
  const folder = await temporaryFolder(t)
  const lines: string[] = []
  const stream = { write: (line: string) => void lines.push(line) }
  const app = await build(t, {}, { folder, hasher: TRUE_HASHES, fastify: { logger: { level: 'error', stream } } })
  await setUp(app)
  const path = join(folder, 'auth.json')
  const file = JSON.parse(await readFile(path, 'utf8'))
  file.users = [{ ...ADA, id: 2, is_active: true, password_hash: file.password_hash, password: undefined }]
  edit(file)
  await writeFile(path, JSON.stringify(file))
  await app.authStore.refresh()
  return { app, folder, path, log: () => lines.join('') }
}

t.test('a user’s costly hash is a fault of that user only, and is logged', async (t) => {
  for (const [name, [hash, why]] of Object.entries(costly)) {
    const { app, log } = await startWith(t, (file) => {
      file.users[0]!.password_hash = hash
    })
    const { mode, iterations } = app.authStore.snapshot()
    t.same([mode, iterations], ['enabled', ITERATIONS], `${name}: logins keep their cost`)
    t.match(log(), /\/users\/0\/password_hash /, name)
    t.match(log(), why, name)
    t.notMatch(log(), hash.slice(-40), `${name}: the hash is not logged`)
  }
})

t.test('other users log in at the usual cost, and that user cannot log in', async (t) => {
  const { app } = await startWith(t, (file) => {
    file.users[0]!.password_hash = costly['iterations of the old bound']![0]
  })
  // With the old bound each of these takes a minute.
  t.equal((await login(app, 'ada', PASSWORD)).json().code, 'CREDENTIALS')
  t.equal((await login(app, 'nobody', PASSWORD)).json().code, 'CREDENTIALS')
  t.equal((await login(app, 'admin', PASSWORD)).statusCode, 200)
})

t.test('with a costly hash the owner cannot log in, and the daemon stays protected', async (t) => {
  const { app, folder, path, log } = await startWith(t, (file) => {
    file.password_hash = costly['iterations of the old bound']![0]
    file.users[0]!.password_hash = createHash('sha256').update(ADA.password).digest('hex')
  })
  t.equal(app.authStore.snapshot().mode, 'enabled')
  t.match(log(), /"fault":"\/password_hash asks for more than/)
  t.equal((await login(app, 'admin', PASSWORD)).json().code, 'CREDENTIALS')
  for (const url of ['/api/auth/setup', '/api/auth/skip', '/api/auth/decline']) {
    const reply = await app.inject({ method: 'POST', url, payload: { username: 'x', password: PASSWORD } })
    t.equal(reply.json().code, 'ALREADY_CONFIGURED', url)
  }
  t.equal((await app.inject('/api/system')).json().code, 'TOKEN_MISSING')
  t.equal((await login(app, ADA.username, ADA.password)).statusCode, 200, 'others are not affected')
  t.match(await resetPassword(path, join(folder, '.auth.lock')), { code: 0 }, 'the way back is open')
})

t.test('a repaired hash is used at once', async (t) => {
  let good = ''
  const { app, path } = await startWith(t, (file) => {
    good = file.password_hash as string
    file.password_hash = costly['a long salt']![0]
  })
  t.equal(app.authStore.snapshot().owner?.passwordHash, null)
  await writeFile(path, (await readFile(path, 'utf8')).replace(/"password_hash":"[^"]*"/, `"password_hash":"${good}"`))
  await app.authStore.refresh()
  t.same(app.authStore.snapshot().entryFaults, [])
  t.equal((await login(app, 'admin', PASSWORD)).statusCode, 200)
})

t.test('all backup codes together cost no more than one password, and costly codes are not accepted', async (t) => {
  const salted = Array.from({ length: 30 }, (_, i) => `pbkdf2_sha256$600000$${base64(16 + i)}$${base64(32)}`)
  t.equal(costFaultsOf(salted).filter((fault) => fault === null).length, Math.floor(MAX_ITERATIONS / ITERATIONS))
  t.same(costFaultsOf(Array(5000).fill(hashOf(ITERATIONS))), Array(5000).fill(null), 'one salt is one derivation')

  const hasher = createHasher({ threads: 1 })
  t.teardown(() => hasher.close())
  const [good] = hashCodes(['7KQM-X2WD'])
  const codes = [hashOf(99_999_999), hashOf(ITERATIONS, 16, 1_000_000), good!].map((code) => ({ code, used: false }))
  t.equal((await findBackupCode(codes, '7KQM-X2WD', hasher))?.code, good)
  t.equal(await findBackupCode(codes, 'XXXX-XXXX', hasher), null)

  const { app, log } = await startWith(t, (file) => {
    file.users[0]!.backup_codes = codes
    file.backup_codes = [{ ...codes[0]!, used: true }]
  })
  t.same(
    app.authStore.snapshot().entryFaults.map((fault) => fault.split(' ')[0]),
    ['/users/0/backup_codes/0/code', '/users/0/backup_codes/1/code'],
    'a used one costs nothing'
  )
  t.match(log(), /this backup code is not accepted/)
})
